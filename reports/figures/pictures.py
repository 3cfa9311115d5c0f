"""The figures as cards and charts: the same on pages and in the PDF."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from outreach.models import BeneficiaryCount
from pokmas import charts
from pokmas.words import dates
from pokmas.words.language import in_readers_words
from reports.figures.figures import CHANGES, FIGURES, Scope
from reports.figures.periods import Month

Category = BeneficiaryCount.Category


@dataclass(frozen=True)
class Card:
    """A figure for `components/_figure.html`."""

    code: str
    label: str
    value: int
    url: str
    hint: str = ""


def cards(scope: Scope, values: dict[str, int]) -> list[Card]:
    """Each figure with the list that makes it."""
    return [
        Card(code, figure.label, values[code], figure.url(scope))
        for code, figure in (FIGURES | CHANGES).items()
        if code in values
    ]


def trend(rows: list[dict], scope: Scope | None = None) -> charts.Chart:
    """Persons served month by month; with a scope each number opens its list."""
    name, served = _("Penerima manfaat"), FIGURES["served"]
    days = [date.fromisoformat(row["month"]) for row in rows]
    lists = [served.url(scope, Month.of(day)) for day in days] if scope else None
    return charts.line(
        _("Penerima manfaat per bulan"),
        [_short(day) for day in days],
        {name: [row["served"] for row in rows]},
        columns=(_("Bulan"), name),
        urls=lists and {name: lists},
    )


def by_type(rows: list[dict]) -> charts.Chart:
    """Activities by type."""
    return charts.bar(
        _("Kegiatan menurut jenis"),
        [(in_readers_words(row["label"]), row["activities"]) for row in rows],
        columns=(_("Jenis kegiatan"), _("Kegiatan")),
    )


def by_category(rows: list[dict]) -> charts.Chart:
    """Persons served by category and sex."""
    return charts.stacked(
        _("Penerima manfaat menurut kelompok dan jenis kelamin"),
        [_("Laki-laki"), _("Perempuan")],
        [
            (Category(row["category"]).label, [row["male"], row["female"]])
            for row in rows
        ],
        columns=(_("Kelompok"), _("Laki-laki"), _("Perempuan"), _("Jumlah")),
    )


def agreements_at_work(rows: list[dict]) -> charts.Chart:
    """How many of the agreements in force were put to work in the period."""
    at_work = sum(row["activities"] > 0 for row in rows)
    return charts.stacked(
        _("Kerja sama yang dilaksanakan periode ini"),
        [_("Dilaksanakan"), _("Tanpa kegiatan")],
        [(_("Kerja sama yang berlaku"), [at_work, len(rows) - at_work])],
    )


def _short(day: date) -> str:
    return f"{dates.month_short(day.month)} {day:%y}"
