"""The reports below a longer one, or below that of a Kanwil: read, never retyped."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pokmas.offices.models import Office
from reports.duties.expected import Duties, Expected, months_of
from reports.figures.periods import Kind
from reports.monthly.models import Report


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
    """The monthly reports expected below, office by office."""
    if report.closes:
        return []
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


def words_of(rows: Iterable[Lower], name: str) -> str:
    """What the reports below say, each under its name: to be shortened."""
    said = ((each.name, getattr(each.report, name)) for each in rows if each.report)
    return "\n\n".join(f"{head}:\n{text}" for head, text in said if text)
