"""Partners of an old list: which are known to the unit, and how the others come in."""

from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query
from django.utils.translation import gettext as _

from partners.fields.models import Field
from partners.kinds.first import PERSON
from partners.kinds.models import PartnerKind
from partners.registry.keys import PlainName, number_key, phone_key, tax_key
from partners.registry.models import Partner, Partnership
from pokmas.documents.models import new_code
from pokmas.imports import parsers, staging
from pokmas.imports.models import Import
from pokmas.imports.parsers import Reader, key, words_of
from pokmas.imports.staging import Staged
from pokmas.lists.columns import quoted
from pokmas.offices.models import Office, Regency

Status = Partnership.Status
# As names are compared: capitals, without what stands between the words.
KEY = "btrim(regexp_replace(upper({}), '[^[:alnum:]]+', ' ', 'g'))"
# How much alike two names with one telephone number are, to be one partner.
ALIKE = 0.45

# How people shorten the kinds of partner that the portal begins with, by their code. A
# name that begins so tells its kind too.
SHORT = {
    "foundation": "YAYASAN, YYS",
    "company": "PT, CV, PERUSAHAAN, SWASTA, FIRMA, KOPERASI",
    "small_business": "UMKM, UKM, UD, USAHA KECIL, TOKO, BENGKEL",
    "civil_society": "LSM, ORMAS, LSM ORMAS, ORGANISASI MASYARAKAT, NGO, KOMUNITAS, "
    "ORGANISASI KEMASYARAKATAN, PERKUMPULAN",
    "university": "UNIVERSITAS, KAMPUS, POLITEKNIK, INSTITUT, STIKES, AKADEMI, "
    "SEKOLAH TINGGI",
    "school": "SEKOLAH, PKBM, SMK, SMA, SMP, SKB",
    "training": "LPK, BLK, LKP, LEMBAGA PELATIHAN KERJA",
    "legal_aid": "LBH, POSBAKUM, BANTUAN HUKUM",
    "religious": "GEREJA, MASJID, PESANTREN, PONDOK PESANTREN, KEAGAMAAN, MAJELIS, "
    "PAROKI, VIHARA, PURA",
    "rehabilitation": "REHABILITASI, IPWL, PANTI REHABILITASI",
    "health": "PUSKESMAS, RS, RSUD, RUMAH SAKIT, KLINIK, KESEHATAN",
    "local_government": "PEMDA, OPD, DINAS, PEMKAB, PEMKOT, PEMPROV, KECAMATAN, "
    "KELURAHAN, DESA, PEMERINTAH DESA",
    "government": "INSTANSI, PEMERINTAH, KEMENTERIAN, BNN, BNNP, BNNK, POLRES, POLDA, "
    "KEJAKSAAN, PENGADILAN, BADAN",
    "media": "MEDIA MASSA, PERS, RADIO",
    PERSON: "PERORANGAN, PERSEORANGAN, INDIVIDU, PRIBADI, KELUARGA, TOKOH MASYARAKAT, "
    "TOKOH AGAMA",
    "other": "LAIN LAIN, LAIN",
}
ENDED = {"BERAKHIR", "TIDAK AKTIF", "NON AKTIF", "NONAKTIF", "MATI", "SELESAI"}
ENDED |= {"DITOLAK", "TIDAK BERLAKU", "PUTUS"}

# What stands in the cells


def kinds(record: Import) -> Reader:
    """A kind of partner by its name, or by what people shorten it to.

    One that is used no more is known too: partners of before have it.
    """
    words = {}
    for kind in PartnerKind.objects.order_by("is_active"):
        known = (*_names(kind), *_short(kind.code))
        words |= {key(name): kind.code for name in known}
    return parsers.listed(words, _("jenis mitra"))


def names_of_kinds(record: Import) -> list[str]:
    kinds = PartnerKind.objects.filter(is_active=True)
    return list(kinds.values_list("name", flat=True))


def _names(kind: PartnerKind) -> tuple[str, ...]:
    return (kind.name, *kind.name.split(" atau "))


def _short(code: str) -> list[str]:
    return SHORT[code].split(", ") if code in SHORT else []


def fields(record: Import) -> Reader:
    """Fields by name, by one half of a name, or by its first letters."""
    words = {}
    for field in Field.objects.filter(is_active=True):
        first = "".join(word[0] for word in key(field.name).split() if word != "DAN")
        halves = field.name.split(" dan ") if " dan " in field.name else []
        for name in (first, *halves):
            words.setdefault(key(name), field.pk)
        words[key(field.name)] = field.pk
    return parsers.several(words, _("bidang"))


def names_of_fields(record: Import) -> list[str]:
    return list(Field.objects.filter(is_active=True).values_list("name", flat=True))


def regencies(record: Import) -> Reader:
    """A regency by its name; where two share one, that of the unit's own province."""
    own = record.office.regency and record.office.regency.province_id
    places = list(Regency.objects.all())
    words, towns = {}, {}
    for place in places:
        name = key(place.name)
        short = name.replace("KABUPATEN ", "KAB ").replace("ADMINISTRASI ", "ADM ")
        words[name] = words[short] = place.pk
        towns.setdefault(key(place.town), []).append(place)
    for town, named in towns.items():
        near = [place for place in named if place.province_id == own] or named
        words.setdefault(town, near[0].pk if len(near) == 1 else None)
    find = parsers.listed(words, _("kabupaten/kota"))

    def read(cell):
        name = key(words_of(cell))
        if name in words and words[name] is None:
            raise ValidationError(
                _("Ada kabupaten dan kota “%(name)s”; tulis yang mana."),
                params={"name": words_of(cell)[:40]},
            )
        return find(cell)

    return read


def own_unit(record: Import) -> Reader:
    """Nothing is kept of it: a row of another unit is refused."""
    own = Office.objects.filter(pk__in=record.office.branch_ids)
    names = {key(office.name) for office in own}

    def read(cell):
        name = words_of(cell)
        if name and key(name) not in names:
            raise ValidationError(
                _("“%(name)s” bukan unit Anda."), params={"name": name[:60]}
            )

    return read


def statuses(record: Import) -> Reader:
    """A draft stays one, what has ended is not taken in; others come in as is said."""

    def read(cell):
        word = key(words_of(cell))
        if word in ENDED or word == key(str(Status.SUSPENDED.label)):
            return Status.ENDED.value
        return Status.DRAFT.value if word == key(str(Status.DRAFT.label)) else None

    return read


def fresh() -> dict:
    """What a new partner has and no sheet says."""
    return {"code": new_code()}


# What is known


KNOWN = f"""
    SELECT ps.id, ps.status <> ALL(%(closed)s) AS is_open, p.reference, p.name,
        p.plain_name, p.kind, p.leader_name,
        {KEY.format("p.leader_name")} AS leader_key, p.address,
        {KEY.format("p.address")} AS address_key, ps.phone, ps.phone_key,
        lower(ps.email) AS email, p.regency_id, p.registration_number, p.number_key,
        p.tax_number, p.tax_key
    FROM partners_partnership ps JOIN partners_partner p ON p.id = ps.partner_id
    WHERE ps.office_id = ANY(%(branch)s)
        AND NOT (ps.is_self_registered AND ps.status = %(draft)s)
"""  # noqa: S608 - the names are ours
# What is compared of a row, in the forms that the database keeps of what it knows.
FORMS = {
    "name": ("plain_name", PlainName),
    "phone": ("phone_key", phone_key),
    "registration_number": ("number_key", number_key),
    "tax_number": ("tax_key", tax_key),
}
COMPARED = ("name", "reference", "kind", "leader_name", "address", "phone", "email")
COMPARED += ("regency", "registration_number", "tax_number")
# Surest first. One that was refused or has ended is found by its own number alone.
MATCH = f"""
    WITH s AS MATERIALIZED ({{rows}}), k AS MATERIALIZED ({KNOWN}), pairs AS (
        SELECT s.id, k.id AS known, 1 AS way FROM s JOIN k ON k.reference = s.reference
        UNION ALL SELECT s.id, k.id, 2 FROM s JOIN k ON k.number_key = s.number_key
            WHERE k.is_open
        UNION ALL SELECT s.id, k.id, 3 FROM s JOIN k ON k.tax_key = s.tax_key
            WHERE k.is_open
        UNION ALL SELECT s.id, k.id, 4 FROM s JOIN k ON k.plain_name = s.plain_name
            WHERE k.is_open
        UNION ALL SELECT s.id, k.id, 5 FROM s JOIN k ON k.phone_key = s.phone_key
            WHERE k.is_open AND similarity(k.plain_name, s.plain_name) >= %(alike)s
    ), best AS (
        SELECT DISTINCT ON (id) id, known FROM pairs ORDER BY id, way, known
    )
    UPDATE imports_importrow r SET found_id = m.known, remarks = m.remarks, result =
        CASE WHEN r.result = 'wrong' THEN r.result
             WHEN m.remarks = '{{}}' THEN 'same' ELSE 'conflict' END
    FROM (
        SELECT best.id, best.known, jsonb_strip_nulls(jsonb_build_object(
            'name', CASE WHEN s.plain_name <> k.plain_name
                THEN %(there)s || k.name END,
            'kind', CASE WHEN s.kind <> k.kind THEN %(there)s || kinds.name END,
            'leader_name', CASE WHEN s.leader_key <> k.leader_key
                THEN %(there)s || nullif(k.leader_name, '') END,
            'address', CASE WHEN s.address_key <> k.address_key
                THEN %(there)s || nullif(k.address, '') END,
            'phone', CASE WHEN s.phone_key <> k.phone_key
                THEN %(there)s || nullif(k.phone, '') END,
            'email', CASE WHEN s.email <> k.email
                THEN %(there)s || nullif(k.email, '') END,
            'regency', CASE WHEN s.regency <> k.regency_id
                THEN %(there)s || regencies.name END,
            'registration_number', CASE WHEN s.number_key <> k.number_key
                THEN %(there)s || nullif(k.registration_number, '') END,
            'tax_number', CASE WHEN s.tax_key <> k.tax_key
                THEN %(there)s || nullif(k.tax_number, '') END
        )) AS remarks
        FROM best JOIN s ON s.id = best.id JOIN k ON k.id = best.known
        JOIN partners_partnerkind kinds ON kinds.code = k.kind
        JOIN offices_regency regencies ON regencies.code = k.regency_id
    ) m WHERE r.id = m.id
"""  # noqa: S608 - the names are ours
# A row that names a partner of the portal by a number of its own, which is not here.
STRANGE = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = jsonb_build_object('reference', %(words)s::text)
    FROM {sheet} AS s
    WHERE r.id = s.id AND s.result = 'new' AND s.reference IS NOT NULL
"""
RETIRED = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = jsonb_build_object('kind', %(words)s::text)
    FROM {sheet} AS s JOIN partners_partnerkind k ON k.code = s.kind
    WHERE r.id = s.id AND s.result = 'new' AND NOT k.is_active
"""
OVER = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = jsonb_build_object('status', %(words)s::text)
    FROM {sheet} AS s WHERE r.id = s.id AND s.result = 'new' AND s.status = %(ended)s
"""
TWICE = f"""
    UPDATE imports_importrow r SET result = 'conflict',
        remarks = jsonb_build_object('', %(words)s || twice.first)
    FROM (
        SELECT id, number, first_value(number) OVER (
            PARTITION BY name_key ORDER BY number
        ) AS first FROM (
            SELECT id, number, {KEY.format("name")} AS name_key FROM {{sheet}} AS read
            WHERE result = 'new'
        ) AS s WHERE name_key <> ''
    ) AS twice WHERE r.id = twice.id AND twice.number > twice.first
"""  # noqa: S608 - the names are ours
# What stands in the registers of the unit has a leader, an address and a telephone.
INCOMPLETE = """
    UPDATE imports_importrow r SET result = 'wrong', remarks = r.remarks || gaps.said
    FROM (
        SELECT id, jsonb_strip_nulls(jsonb_build_object(
            'leader_name', CASE WHEN coalesce(leader_name, contact_name) IS NULL
                AND coalesce(kind, '') <> ALL(%(persons)s) THEN %(words)s::text END,
            'address', CASE WHEN address IS NULL THEN %(words)s::text END,
            'phone', CASE WHEN phone IS NULL THEN %(words)s::text END
        )) AS said
        FROM {sheet} AS s
        WHERE result = 'new' AND status IS DISTINCT FROM %(draft)s
    ) AS gaps WHERE r.id = gaps.id AND gaps.said <> '{}'
"""
NOWHERE = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = r.remarks || jsonb_build_object('regency', %(words)s::text)
    FROM {sheet} AS s WHERE r.id = s.id AND s.result = 'new' AND s.regency IS NULL
"""

# What comes in that the row does not say in these words.
GUESSED = f"""
    UPDATE imports_importrow r SET remarks = jsonb_strip_nulls(jsonb_build_object(
        'kind', CASE WHEN s.kind IS NULL THEN %(untold)s || k.name
            WHEN {KEY.format("r.cells ->> 'kind'")} <> ALL(%(names)s)
                THEN %(taken)s || k.name END,
        'regency', CASE WHEN s.regency IS NULL THEN %(place)s::text END
    ))
    FROM {{sheet}} AS s JOIN partners_partnerkind k ON k.code = {{kind}}
    WHERE r.id = s.id AND s.result = 'new'
"""  # noqa: S608 - the names are ours


def judge(work: Staged) -> None:
    """Which rows are partners of the unit already, and which cannot come in."""
    office = work.record.office
    work.run(
        MATCH.replace("{rows}", compared(*COMPARED)),
        closed=[str(status) for status in Partnership.CLOSED],
        draft=Status.DRAFT.value,
        branch=list(office.branch_ids),
        alike=ALIKE,
        there=_("di portal: "),
    )
    work.run(STRANGE, words=_("tidak dikenal di unit Anda."))
    work.run(RETIRED, words=_("tidak dipakai lagi; pilih jenis lain."))
    work.run(
        OVER, words=_("sudah berakhir, maka tidak masuk."), ended=Status.ENDED.value
    )
    if office.regency_id is None:
        work.run(NOWHERE, words=_("wajib diisi."))
    if work.record.way != Status.DRAFT:
        work.run(
            INCOMPLETE,
            words=_("wajib diisi, kecuali bagi draf."),
            draft=Status.DRAFT.value,
            persons=list(_persons()),
        )
    work.run(TWICE, words=_("Nama yang sama ada di baris "))


def guess(work: Staged) -> None:
    """Say which kind and which regency the portal takes for what is not said."""
    place = work.record.office.regency
    work.run(
        GUESSED.replace("{kind}", _kind_of_name()),
        untold=_("tidak tertulis; diterka dari nama mitra: "),
        taken=_("dibaca sebagai: "),
        names=[
            key(name) for kind in PartnerKind.objects.all() for name in _names(kind)
        ],
        place=place
        and _("tidak tertulis; diambil dari unit Anda: %(place)s")
        % {"place": place.name},
    )


def compared(*names: str) -> str:
    """A query for these columns of the rows, with the forms by which each is known."""
    forms = [
        f"nullif({_spelled(make(_cell(name)))}, '') AS {form}"
        for name, (form, make) in FORMS.items()
        if name in names
    ]
    keys = [
        f"{KEY.format(name)} AS {name.partition('_')[0]}_key"
        for name in ("leader_name", "address")
        if name in names
    ]
    columns = ", ".join(["id", *names, *forms, *keys])
    return f"SELECT {columns} FROM {{sheet}} AS read"  # noqa: S608 - ours


def _cell(name: str) -> RawSQL:
    return RawSQL(f"read.{name}", [], output_field=TextField())  # noqa: S611 - ours


def _spelled(expression) -> str:
    """The SQL of an expression, with its values in it."""
    query = Query(None)
    sql, values = query.get_compiler("default").compile(
        expression.resolve_expression(query)
    )
    return (sql % tuple(map(quoted, values))).replace("%", "%%")


def _persons():
    return PartnerKind.objects.filter(is_person=True).values_list("code", flat=True)


# What comes in


def _kind_of_name() -> str:
    """The kind that a row says, or else its name."""
    return f"coalesce(s.kind, {told_by_name()})"


def told_by_name() -> str:
    """The kind that the first word of a name tells, in SQL; the codes are ours."""
    known = set(PartnerKind.objects.values_list("code", flat=True))
    cases = " ".join(
        f"WHEN {KEY.format('s.name')} LIKE '{start} %%' THEN '{code}'"
        for code, starts in SHORT.items()
        if code in known
        for start in starts.split(", ")
    )
    return f"CASE {cases} ELSE 'other' END"


def insert_drafts(work: Staged, *, only: str) -> None:
    """Of a list of something else: the partners that its rows name, as drafts of the
    unit with no more than their name, to be completed and submitted one by one."""
    record = work.record
    common = staging.AS_NEW
    staging.insert(
        work,
        Partner,
        common
        | {
            "reference": "s.answers ->> 'code'",
            "kind": told_by_name(),
            "name": "s.name",
            "regency": "%(place)s",
        },
        only,
        **staging.told_of(record),
        place=record.office.regency_id,
    )
    staging.insert(
        work,
        Partnership,
        common
        | {
            "partner": staging.made(Partner),
            "office": "%(office)s",
            "status": "%(draft)s",
            "status_since": "%(moment)s::timestamptz",
        },
        only,
        **staging.told_of(record),
        draft=Status.DRAFT.value,
    )


def insert(work: Staged, *, by) -> None:
    """Each new row makes a partner and its partnership with the unit."""
    record = work.record
    head = by if record.decided_by_id else None
    common, params = staging.AS_NEW, staging.told_of(record)
    staging.insert(
        work,
        Partner,
        common
        | {
            "reference": "s.answers ->> 'code'",
            "kind": _kind_of_name(),
            "name": "s.name",
            "leader_name": "coalesce(s.leader_name, s.contact_name, CASE WHEN s.kind"
            " = ANY(%(persons)s) THEN s.name END, '')",
            "leader_position": "coalesce(s.leader_position, '')",
            "address": "coalesce(s.address, '')",
            "village": "coalesce(s.village, '')",
            "registration_number": "coalesce(s.registration_number, '')",
            "tax_number": "coalesce(s.tax_number, '')",
            "regency": "coalesce(s.regency, %(place)s)",
        },
        **params,
        persons=list(_persons()),
        place=record.office.regency_id,
    )
    staging.insert(
        work,
        Partnership,
        common
        | {
            "partner": staging.made(Partner),
            "office": "%(office)s",
            "contact_name": "coalesce(s.contact_name, s.leader_name, s.name)",
            "phone": "coalesce(s.phone, '')",
            "email": "coalesce(s.email, '')",
            "services": "coalesce(s.services, %(unsaid)s)",
            "capacity": "s.capacity",
            "status": "coalesce(s.status, %(way)s)",
            "status_since": "%(moment)s::timestamptz",
            "submitted_by": "CASE WHEN coalesce(s.status, %(way)s) <> %(draft)s"
            " THEN %(creator)s::bigint END",
            "decided_by": "CASE WHEN coalesce(s.status, %(way)s) = %(approved)s"
            " THEN %(head)s::bigint END",
            "decided_at": "CASE WHEN coalesce(s.status, %(way)s) = %(approved)s"
            " THEN %(moment)s::timestamptz END",
        },
        **params,
        way=record.way,
        draft=Status.DRAFT.value,
        approved=Status.APPROVED.value,
        head=head and head.pk,
        unsaid=_("Belum dirinci; dari daftar lama."),
    )
    links = Partnership.fields.through._meta.db_table
    work.run(
        f"INSERT INTO {links} (partnership_id, field_id) "  # noqa: S608
        f"SELECT {staging.made(Partnership)}, field::bigint FROM {{sheet}} AS s, "
        "jsonb_array_elements_text(s.fields) AS field WHERE s.result = 'new'"
    )
