"""The account of each indicator, as an LKjIP gives it: read as of the period, printed.

What is read is plain JSON, kept with the version of the report that prints it, by codes
and numbers and not by words: it is the same in every language.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from pokmas.papers.blocks import Cell, Column, Facts, Heading, Paragraph, Table
from pokmas.words import dates
from pokmas.words.language import in_readers_words
from reports.figures.periods import Period
from reports.indicators.models import HIGHEST, Indicator
from reports.monthly.models import Report
from reports.monthly.said import Said, analysis_of
from reports.targets import reading
from reports.targets.reading import Reading, year_before


def accounts_of(report: Report) -> list[dict]:
    """Of each indicator target and realisation, those of a year ago, and its months."""
    office, period = report.office, report.period
    now = Reading(office, period, with_months=True)
    before = Reading(office, year_before(period))
    past = {each.code: before.cell(each, office) for each in before.indicators}
    return [
        {
            "indicator": cell.indicator.pk,
            "code": cell.indicator.code,
            **_numbers(cell),
            "before": _numbers(past[indicator.code] if has_past else None),
            "months": [
                [month.first.isoformat(), _exact(version.value(share))]
                for month, version, share in now.months(indicator)
            ],
        }
        for indicator in now.indicators
        for cell in [now.cell(indicator, office)]
        for has_past in [indicator.code in past]
    ]


def _numbers(cell: reading.Cell | None) -> dict:
    if cell is None:
        return dict.fromkeys(
            ["numerator", "denominator", "target", "value", "achieved"]
        )
    return {
        "numerator": _kept(cell.share.numerator),
        "denominator": _kept(cell.share.denominator),
        "target": _kept(cell.target),
        "value": _kept(cell.value),
        "achieved": _kept(cell.achieved),
    }


def _kept(number) -> str | None:
    return None if number is None else str(round(Decimal(number), 2))


def _exact(number: Decimal | None) -> str | None:
    """Of what is averaged later: only what is printed is rounded."""
    return None if number is None else str(number)


def _read(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def named(rows: Iterable[dict]) -> list[tuple[dict, Indicator]]:
    """Each account with the version of the indicator that it speaks of."""
    rows = list(rows)
    known = Indicator.objects.in_bulk([row["indicator"] for row in rows])
    return [(row, known[row["indicator"]]) for row in rows]


def said(indicator: Indicator, numbers: dict, name: str) -> str:
    """One of its numbers, in words; what was achieved is never cut at 100%."""
    number = _read(numbers[name])
    if name != "achieved":
        return indicator.said(number)
    if number is not None:
        return dates.percent(number, 2)
    return "n/a" if _read(numbers["target"]) == 0 else "–"


# On paper


def blocks(report: Report, rows: list[dict], words: Said) -> list:
    pairs = named(rows)
    if not pairs:
        return [Paragraph(_("Tidak ada indikator yang diukur pada periode ini."))]
    found = [
        Paragraph(
            _(
                "Capaian adalah realisasi dibagi target kali 100%; untuk indikator "
                "yang turun lebih baik, (2 × target − realisasi) dibagi target. Angka "
                "di atas 100% tidak dipotong, dan target 0 tidak menghasilkan capaian "
                "(n/a)."
            )
        ),
        _two_years(report.period, pairs),
    ]
    for row, indicator in pairs:
        found += _account(report, row, indicator, words)
    return [*found, *_efficiency(report, pairs)]


def _two_years(period: Period, pairs) -> Table:
    """Two rows of each: a year before, and now; side by side they fit no page."""
    numbers = (_("Target"), _("Realisasi"), _("Capaian"))
    times = [(year_before(period), "before"), (period, "")]
    return Table(
        [
            Column(_("Indikator")),
            Column(_("Masa"), "date"),
            *(Column(label, "number") for label in numbers),
        ],
        [
            [
                Cell(_name(indicator), in_readers_words(indicator.goal)),
                each.name,
                *(
                    said(indicator, row[place] if place else row, name)
                    for name in ("target", "value", "achieved")
                ),
            ]
            for row, indicator in pairs
            for each, place in times
        ],
        caption=_("Target, realisasi, dan capaian menurut indikator"),
        rows_are=_("indikator"),
    )


def _name(indicator: Indicator) -> str:
    return f"{indicator.code} {in_readers_words(indicator.name)}"


def _account(report: Report, row: dict, indicator: Indicator, words: Said) -> list:
    rows = [
        (_("Formulasi perhitungan"), [indicator.formula, _worked(row, indicator)]),
        (_("Target"), [said(indicator, row, "target")]),
        (_("Realisasi"), [said(indicator, row, "value")]),
        (_("Capaian"), [said(indicator, row, "achieved"), *_doubt(row)]),
        (_("Dibanding setahun sebelumnya"), [_compared(row, indicator)]),
        (_("Dasar"), [in_readers_words(indicator.legal_note)]),
    ]
    rows = [(label, [line for line in lines if line]) for label, lines in rows]
    return [
        Heading(_name(indicator), 3),
        Facts(rows),
        *words.of(report, analysis_of(row["code"])),
        *_months(row, indicator),
    ]


def _worked(row: dict, indicator: Indicator) -> str:
    """The formula with its numbers."""
    if not indicator.denominator or row["value"] is None:
        return ""
    times = " × 100%" if indicator.unit == "%" else ""
    above, below = dates.number(row["numerator"]), dates.number(row["denominator"])
    return f"{above} ÷ {below}{times} = {said(indicator, row, 'value')}"


def _doubt(row: dict) -> list[str]:
    achieved = _read(row["achieved"])
    if achieved is None or achieved <= HIGHEST:
        return []
    return [_("Di atas %(highest)s%%: periksa kembali.") % {"highest": HIGHEST}]


def _compared(row: dict, indicator: Indicator) -> str:
    now, then = _read(row["value"]), _read(row["before"]["value"])
    if now is None or then is None:
        return _("tidak ada angka untuk dibandingkan")
    if now == then:
        return _("tetap %(value)s") % {"value": indicator.said(now)}
    words = (
        _("naik dari %(then)s menjadi %(now)s")
        if now > then
        else _("turun dari %(then)s menjadi %(now)s")
    )
    return words % {"then": indicator.said(then), "now": indicator.said(now)}


def _months(row: dict, indicator: Indicator) -> list:
    """Each month, with total where months add up, and average."""
    values = [_read(value) for _month, value in row["months"]]
    known = [value for value in values if value is not None]
    if not known:
        return []
    cells = [
        [dates.month_year(Period.read(f"monthly:{month}").first), indicator.said(value)]
        for (month, _value), value in zip(row["months"], values, strict=True)
    ]
    if indicator.over_time == Indicator.Rule.SUM and not indicator.denominator:
        cells.append([_("Jumlah"), indicator.said(sum(known))])
    average = sum(known) / len(known)
    cells.append([_("Rata-rata per bulan"), indicator.said(average)])
    columns = [Column(_("Bulan")), Column(_("Realisasi"), "number")]
    return [Table(columns, cells)]


def _efficiency(report: Report, pairs) -> list:
    """What was spent of what was planned, paired with what was achieved."""
    spent = [
        (row, indicator, money)
        for row, indicator in pairs
        if (money := report.explained.get(row["code"], {})).get("budget")
    ]
    heading = Heading(_("Efisiensi penggunaan sumber daya"), 3)
    if not spent:
        return [heading, Paragraph(_("Tidak ada anggaran yang dicatat."))]
    rows = [
        [
            dates.number(place),
            _name(indicator),
            *_money(money["budget"], money["spent"]),
            said(indicator, row, "achieved"),
        ]
        for place, (row, indicator, money) in enumerate(spent, start=1)
    ]
    sums = [
        sum(Decimal(money[name]) for *_others, money in spent)
        for name in ("budget", "spent")
    ]
    rows.append(["", _("Jumlah"), *_money(*sums), ""])
    columns = [
        Column(_("No."), "order"),
        Column(_("Indikator")),
        *(
            Column(label, "number")
            for label in (
                _("Anggaran"),
                _("Realisasi"),
                _("Realisasi (%)"),
                _("Capaian"),
            )
        ),
    ]
    return [
        heading,
        Table(columns, rows, head=1, rows_are=_("anggaran")),
        *(
            Paragraph(
                _(
                    "%(indicator)s: capaian %(achieved)s dengan realisasi anggaran "
                    "%(spent)s."
                )
                % {
                    "indicator": in_readers_words(indicator.name),
                    "achieved": said(indicator, row, "achieved"),
                    "spent": _part(money["budget"], money["spent"]),
                }
            )
            for row, indicator, money in spent
            if row["achieved"] is not None
        ),
    ]


def _money(budget, spent) -> list[str]:
    return [dates.rupiah(budget), dates.rupiah(spent), _part(budget, spent)]


def _part(budget, spent) -> str:
    budget = Decimal(budget)
    return dates.percent(Decimal(spent) * 100 / budget, 2) if budget else "n/a"
