"""The reports below a longer one, or below that of a Kanwil: read, never retyped."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pokmas.offices.models import Office
from pokmas.records.lifecycle import KNOWN
from reports.duties.expected import Duties, Expected, months_of
from reports.figures.periods import Kind
from reports.monthly.models import NARRATIVE, Report
from reports.monthly.taking import Offer
from reports.targets.reading import year_before


@dataclass(frozen=True)
class Lower:
    """A monthly report that lies below, or whose place is empty."""

    expected: Expected
    report: Report | None

    @property
    def name(self) -> str:
        return f"{self.expected.period.name} · {self.expected.office}"

    @property
    def is_accepted(self) -> bool:
        return self.report is not None and self.report.status == Report.Status.ACCEPTED

    @property
    def state(self) -> str:
        return self.report.status_label if self.report else _("Belum disusun")


def lower_of(report: Report) -> list[Lower]:
    """The monthly reports expected below, by office; asked once, until `lock`."""
    if report.closes:
        return []
    return report.once(f"{KNOWN}lower", lambda: _lower_of(report))


def _lower_of(report: Report) -> list[Lower]:
    offices = [report.office]
    if report.is_recap:
        offices = Office.objects.under(report.office).filter(level=Office.Level.UNIT)
    wanted = list(Duties().of(offices, months_of(report.period)))
    rows = Report.objects.filter(
        kind=Kind.MONTHLY,
        office__in={each.office.pk for each in wanted},
        month__range=(report.period.first, report.period.last),
    ).select_related("office")
    there = {(row.office_id, row.month): row for row in rows}
    return [
        Lower(each, there.get((each.office.pk, each.period.first))) for each in wanted
    ]


def missing(rows: Iterable[Lower]) -> list[Lower]:
    return [each for each in rows if not each.is_accepted]


def refusal(rows: list[Lower]) -> SafeString:
    """What is missing, with the way to each that is there."""
    said = format_html_join(
        ", ",
        "{}",
        (
            (
                format_html(
                    '<a href="{}">{}</a>', each.report.get_absolute_url(), each.name
                )
                if each.report
                else each.name,
            )
            for each in rows
        ),
    )
    return format_html("{} {}.", _("Laporan bulanan berikut belum diterima:"), said)


def before(report: Report, *, a_year: bool = False) -> Report | None:
    """The report of the same kind before this one, or the one a year before."""
    rows = Report.objects.filter(office=report.office_id, kind=report.kind)
    rows = rows.filter(month__lt=report.month).select_related("office")
    if a_year:
        rows = rows.filter(month=year_before(report.period).first)
    return rows.order_by("-month").first()


def offers_for(report: Report, lower: Iterable[Lower]) -> list[Offer]:
    """What the report before it and those below it say, for each chapter."""
    lower, last = list(lower), before(report)
    found = [
        Offer(name, "below", _("laporan bulanannya"), words_of(lower, name))
        for name in NARRATIVE
    ]
    if last is None:
        return found
    return [
        *(Offer(name, "before", last.title, getattr(last, name)) for name in NARRATIVE),
        *found,
    ]


def analyses_before(report: Report) -> list[Offer]:
    """What was said of each indicator a year ago."""
    last = before(report, a_year=True)
    if last is None:
        return []
    return [
        Offer(f"analysis_{code}", "before", last.title, each.get("analysis", ""))
        for code, each in last.explained.items()
    ]


def words_of(rows: Iterable[Lower], name: str) -> str:
    """What the reports below say, each under its name: to be shortened."""
    said = ((each.name, getattr(each.report, name)) for each in rows if each.report)
    return "\n\n".join(f"{head}:\n{text}" for head, text in said if text)
