"""The archive codes, as they come in from a sheet of headquarters."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.imports import parsers, staging
from pokmas.imports.kinds import Column, Kind, register
from pokmas.imports.models import Import
from pokmas.imports.parsers import Reader
from pokmas.imports.staging import Staged
from pokmas.numbering.models import Classification

CODE = re.compile(r"[A-Z][\w.\-]{0,19}", re.ASCII)
IN_USE = {
    **dict.fromkeys(("YA", "Y", "AKTIF", "DIPAKAI", "BERLAKU", "1", "TRUE"), True),
    **dict.fromkeys(("TIDAK", "TIDAK AKTIF", "NONAKTIF", "DIARSIPKAN"), False),
    **dict.fromkeys(("TIDAK DIPAKAI", "TIDAK BERLAKU", "DICABUT", "0"), False),
    **dict.fromkeys(("FALSE", "T"), False),
}
# What a code stands under is its beginning.
ASTRAY = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = jsonb_build_object('parent', %(words)s::text)
    FROM {sheet} AS s WHERE r.id = s.id AND s.result = 'new' AND s.parent IS NOT NULL
        AND NOT starts_with(s.code, s.parent || '.')
"""
STRANGE = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = jsonb_build_object('parent', %(words)s::text)
    FROM {sheet} AS s WHERE r.id = s.id AND s.result = 'new' AND s.parent IS NOT NULL
        AND NOT EXISTS (SELECT FROM numbering_classification c
                        WHERE upper(c.code) = s.parent)
        AND NOT EXISTS (SELECT FROM imports_importrow other
                        WHERE other.of_id = %(import)s
                        AND other.answers ->> 'code' = s.parent)
"""
KNOWN = """
    UPDATE imports_importrow r SET found_id = said.found, remarks = said.remarks,
        result = CASE WHEN said.remarks = '{}' THEN 'same' ELSE 'conflict' END
    FROM (
        SELECT s.id, c.id AS found, jsonb_strip_nulls(jsonb_build_object(
            'name', CASE WHEN s.name <> c.name THEN %(there)s || c.name END,
            'active', CASE WHEN s.active <> c.is_active THEN %(there)s
                || CASE WHEN c.is_active THEN %(used)s ELSE %(archived)s END END
        )) AS remarks
        FROM numbering_classification c JOIN {sheet} AS s ON upper(c.code) = s.code
        WHERE s.result = 'new'
    ) AS said WHERE said.id = r.id
"""
TWICE = """
    UPDATE imports_importrow r SET result = 'conflict',
        remarks = jsonb_build_object('', %(words)s || twice.first)
    FROM (
        SELECT id, number, first_value(number) OVER (
            PARTITION BY code ORDER BY number
        ) AS first FROM {sheet} AS s WHERE s.result = 'new' AND s.code IS NOT NULL
    ) AS twice WHERE r.id = twice.id AND twice.number > twice.first
"""
NAMELESS = """
    UPDATE imports_importrow SET result = 'wrong',
        remarks = jsonb_build_object('name', %(words)s::text)
    WHERE of_id = %(import)s AND result = 'new' AND NOT answers ? 'name'
"""


def code(record: Import) -> Reader:
    """Letters, digits and dots, in capitals."""

    def read(cell):
        found = parsers.words_of(cell).upper()
        if found and not CODE.fullmatch(found):
            raise ValidationError(
                _("“%(text)s” bukan kode; tulis misalnya HK.01.05."),
                params={"text": found[:60]},
            )
        return found or None

    return read


def judge(work: Staged) -> None:
    """Which codes are new; a known one is never changed by a sheet."""
    work.run(ASTRAY, words=_("bukan awal dari kode ini."))
    work.run(STRANGE, words=_("tidak ada di portal maupun di daftar ini."))
    work.run(
        KNOWN,
        there=_("di portal: "),
        used=_("Dipakai"),
        archived=_("Diarsipkan"),
    )
    work.run(TWICE, words=_("Kode yang sama ada di baris "))
    work.run(NAMELESS, words=_("wajib diisi."))


def insert(work: Staged, *, by) -> None:
    staging.insert(
        work,
        Classification,
        {
            "code": "s.code",
            "name": "s.name",
            "is_active": "coalesce(s.active, true)",
            "submission_key": "gen_random_uuid()",
            "created_by": "%(creator)s::bigint",
        },
        creator=work.record.created_by_id,
    )


register(
    Kind(
        name="classifications",
        title=gettext_lazy("Klasifikasi arsip"),
        lead=gettext_lazy(
            "Kode arsip yang berdiri di dalam nomor naskah. Kode yang sudah ada tidak "
            "diubah; bila uraiannya lain, barisnya ditunjukkan."
        ),
        list_page="numbering:settings",
        unused=("Tingkat", "Keterangan", "Level", "Jenjang", "Ket.", "Retensi"),
        makes=(Classification,),
        judge=judge,
        insert=insert,
        permissions=("partners.manage_field",),
        columns=(
            Column(
                "code",
                gettext_lazy("Kode"),
                ("Kode klasifikasi", "Kode arsip", "Kode klasifikasi arsip"),
                code,
                is_needed=True,
            ),
            Column(
                "name",
                gettext_lazy("Uraian"),
                ("Nama", "Klasifikasi", "Jenis arsip", "Uraian klasifikasi", "Hal"),
                lambda record: parsers.text(150),
            ),
            Column(
                "parent",
                gettext_lazy("Kode induk"),
                ("Induk", "Di bawah", "Parent"),
                code,
            ),
            Column(
                "active",
                gettext_lazy("Masih dipakai"),
                ("Aktif", "Dipakai", "Keadaan", "Status", "Status aktif"),
                lambda record: parsers.listed(IN_USE, _("ya atau tidak")),
                "boolean",
                words=lambda record: [str(_("Ya")), str(_("Tidak"))],
            ),
        ),
    )
)
