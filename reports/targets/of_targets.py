"""How a row of a sheet becomes a target, and what stands against it."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pokmas.imports import parsers, staging
from pokmas.imports.models import Import
from pokmas.imports.parsers import Reader, key
from pokmas.imports.staging import Staged
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.figures.periods import Kind, Period
from reports.indicators.models import OVER_WHOLE, WHOLE, Indicator
from reports.targets.models import Target

MOST = 10**12
YEAR = re.compile(r"(?:TAHUN |TA )?(20\d\d)")
PART = re.compile(
    r"(TRIWULAN|TW|SEMESTER|SMT|SEM) ?(IV|I{1,3}|[1-4])(?: TAHUN)? (20\d\d)"
)
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
FIRST = "split_part(s.period, ':', 2)::date"
LENGTH = (
    "CASE {kind} WHEN 'monthly' THEN 1 WHEN 'quarterly' THEN 3 "
    "WHEN 'semester' THEN 6 ELSE 12 END * interval '1 month'"
)
MISSING = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = r.remarks || jsonb_build_object(%(name)s::text, %(words)s::text)
    WHERE r.of_id = %(import)s AND r.result IN ('new', 'wrong')
        AND NOT r.answers ? %(name)s AND NOT r.problems ? %(name)s
"""
HALF_DECREE = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = r.remarks || jsonb_build_object('decree_on', %(words)s::text)
    WHERE r.of_id = %(import)s AND r.result = 'new'
        AND (r.answers ? 'decree_on') <> (r.answers ? 'decree_number')
"""
OVER = """
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = jsonb_build_object('value', %(words)s::text)
    FROM {sheet} AS s WHERE r.id = s.id AND s.result = 'new'
        AND s.indicator = ANY(%(codes)s) AND s.value > %(most)s
"""
ACCEPTED = f"""
    UPDATE imports_importrow r SET result = 'wrong',
        remarks = jsonb_build_object('period', %(words)s::text)
    FROM {{sheet}} AS s WHERE r.id = s.id AND s.result = 'new' AND EXISTS (
        SELECT FROM reports_acceptedvalue a
        WHERE a.office_id = s.unit AND a.starts_on <= {FIRST}
            AND a.starts_on + {LENGTH.format(kind="a.kind")}
                >= {FIRST} + {LENGTH.format(kind="split_part(s.period, ':', 1)")}
    )
"""  # noqa: S608 - pieces of our own
KNOWN = f"""
    UPDATE imports_importrow r SET found_id = t.id,
        result = CASE WHEN t.value = s.value THEN 'same' ELSE 'conflict' END,
        remarks = CASE WHEN t.value = s.value THEN '{{}}'::jsonb
            ELSE jsonb_build_object('value', %(there)s || trim_scale(t.value)) END
    FROM {{sheet}} AS s JOIN reports_target t
        ON t.office_id = s.unit AND t.code = s.indicator
        AND t.kind = split_part(s.period, ':', 1) AND t.starts_on = {FIRST}
    WHERE r.id = s.id AND s.result = 'new'
"""  # noqa: S608 - pieces of our own
TWICE = """
    UPDATE imports_importrow r SET result = 'conflict',
        remarks = jsonb_build_object('', %(words)s || twice.first)
    FROM (
        SELECT id, number, first_value(number) OVER (
            PARTITION BY unit, indicator, period ORDER BY number
        ) AS first FROM {sheet} AS s WHERE s.result = 'new'
    ) AS twice WHERE r.id = twice.id AND twice.number > twice.first
"""


def below(record: Import) -> QuerySet:
    """The offices whose targets this one sets, also those that are gone."""
    level = Office.Level.REGIONAL if record.office.is_top else Office.Level.UNIT
    rows = Office.objects.under(record.office).filter(level=level)
    return rows.select_related("successor")


def units(record: Import) -> Reader:
    """By name or code; of a merged one it is said where it went."""
    known = {}
    for office in below(record):
        known.setdefault(key(office.code), office)
        if office.successor_id is None or key(office.name) not in known:
            known[key(office.name)] = office

    def read(cell):
        name = parsers.words_of(cell)
        if not name:
            return None
        office = known.get(key(name))
        if office is None:
            raise ValidationError(
                _("“%(name)s” bukan kantor di bawah Anda."), params={"name": name[:60]}
            )
        if office.successor_id:
            raise ValidationError(
                _("%(name)s sudah digabung ke %(successor)s. Tulis %(successor)s."),
                params={"name": office.name, "successor": office.successor.name},
            )
        if not office.is_active:
            raise ValidationError(
                _("%(name)s sudah ditutup."), params={"name": office.name}
            )
        return office.pk

    return read


def names_of_units(record: Import) -> list[str]:
    return [office.name for office in below(record).filter(is_active=True)]


def _indicators() -> list[Indicator]:
    return Indicator.objects.holding(timezone.localdate())


def indicators(record: Import) -> Reader:
    words = {}
    for each in _indicators():
        names = (each.code, each.code.replace("-", ""), each.name, str(each))
        words |= dict.fromkeys(map(key, names), each.code)
    return parsers.listed(words, _("indikator"))


def names_of_indicators(record: Import) -> list[str]:
    return [str(each) for each in _indicators()]


def periods(record: Import) -> Reader:
    return near_period


def near_period(cell) -> str | None:
    """As the page offers them, so that a slip of the hand sets nothing for 2062."""
    found = period(cell)
    if found and Period.read(found).first.year > timezone.localdate().year + 1:
        raise ValidationError(_("Target ditetapkan paling jauh untuk tahun depan."))
    return found


def period(cell) -> str | None:
    """2026, “Triwulan I 2026”, “Semester 2 2026”, “Januari 2026”."""
    if isinstance(cell, dict) and "day" in cell:
        day = date.fromisoformat(cell["day"])
        return Period.of(Kind.MONTHLY, day).code
    words = key(parsers.words_of(cell))
    if not words:
        return None
    if found := YEAR.fullmatch(words):
        return Period(Kind.YEARLY, date(int(found[1]), 1, 1)).code
    if found := PART.fullmatch(words):
        number = ROMAN.get(found[2]) or int(found[2])
        kind = Kind.QUARTERLY if found[1].startswith("T") else Kind.SEMESTER
        if number * kind.length <= 12:
            first = date(int(found[3]), (number - 1) * kind.length + 1, 1)
            return Period(kind, first).code
    try:
        day = dates.parse_date(f"1 {words.title()}")
    except ValidationError:
        raise ValidationError(
            _("“%(text)s” bukan masa. Tulis 2026, Triwulan I 2026, atau Januari 2026."),
            params={"text": words[:40]},
        ) from None
    return Period.of(Kind.MONTHLY, day).code


def amounts(record: Import) -> Reader:
    return amount


def amount(cell) -> str | None:
    found = parsers.number(cell)
    if found is None:
        return None
    if not re.fullmatch(r"\d+(\.\d{1,2})?", found) or float(found) >= MOST:
        raise ValidationError(
            _("Isi dengan 0 atau lebih, paling banyak dua angka di belakang koma.")
        )
    return found


def judge(work: Staged) -> None:
    """Which targets are new; one that is set is never changed by a sheet."""
    for name in ("indicator", "period", "value"):
        work.run(MISSING, name=name, words=_("wajib diisi."))
    words = _("isi nomor dan tanggal keputusan, atau kosongkan keduanya.")
    work.run(HALF_DECREE, words=words)
    parts = [each.code for each in _indicators() if each.is_part]
    work.run(OVER, words=str(OVER_WHOLE), codes=parts, most=WHOLE)
    work.run(ACCEPTED, words=_("laporannya sudah diterima; targetnya tetap."))
    work.run(KNOWN, there=_("di portal: "))
    work.run(TWICE, words=_("Target yang sama ada di baris "))


def insert(work: Staged, *, by) -> None:
    staging.insert(
        work,
        Target,
        {
            "office": "s.unit",
            "code": "s.indicator",
            "kind": "split_part(s.period, ':', 1)",
            "starts_on": FIRST,
            "value": "s.value",
            "baseline": "s.baseline",
            "decree_number": "coalesce(s.decree_number, '')",
            "decree_on": "s.decree_on",
            "set_by": "%(office)s",
            **staging.AS_NEW,
        },
        **staging.told_of(work.record),
    )
