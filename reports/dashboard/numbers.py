"""Activities and whom they served, by month, type and office, narrowed as asked.

Read from tallies; what is narrowed to a field of groups, which they do not know, is
counted among the activities of its groups.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.db.models.functions import Lower, TruncMonth
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from outreach.models import Activity
from pokmas import charts
from pokmas.offices.branches import by_branch
from pokmas.words import dates
from pokmas.words.language import in_readers_words
from reports.dashboard.forms import DashboardForm
from reports.figures.figures import COUNTED, FIGURES, TALLIED, Scope, Stand
from reports.figures.periods import Month, Period
from reports.tallies.models import ActivityTally, TypeTally

MONTHS = 12


@dataclass(frozen=True)
class Row:
    """Two numbers of a month, a type or an office, with the list behind them."""

    label: str
    activities: int
    served: int
    url: str
    inside: str = ""


class Dashboard:
    def __init__(self, form: DashboardForm):
        self.form, self.office, self.period = form, form.office, form.period
        self.type = form.cleaned_data.get("type")
        self.field = form.cleaned_data.get("field")
        self.scope = Scope(
            self.office, self.period, is_named=self.office.pk != form.own.pk
        )

    # Which rows

    @property
    def _is_tallied(self) -> bool:
        return self.field is None and self.scope.is_tallied

    def _rows(self, first: Month, last: Month) -> QuerySet:
        """With the month of each; of tallies, where they say the same."""
        days = (first.first, last.last)
        if not self._is_tallied:
            rows = self.scope.of(Activity).counted().filter(held_on__range=days)
            if self.field:
                rows = rows.filter(group__field=self.field)
            if self.type:
                rows = rows.filter(type=self.type)
            return rows.annotate(month=TruncMonth("held_on")).order_by()
        model = TypeTally if self.type else ActivityTally
        rows = self.scope.of(model).filter(month__range=days).order_by()
        if self.type:
            return rows.filter(type=self.type)
        return rows.filter(stand=Stand.COUNTED)

    @property
    def _sums(self) -> dict:
        return TALLIED if self._is_tallied else COUNTED

    # What is shown

    @property
    def months(self) -> list[Month]:
        """Twelve up to the end of the period, or to now."""
        last = min(self.period.months[-1], Month.of(self.form.now.first))
        return last.up_to_here(MONTHS)

    @cached_property
    def _found(self) -> dict[Month, dict]:
        """Of these months, those a year before, and all of the period."""
        wanted = [*self.months, *self.period.months]
        rows = self._rows(min(wanted).back(12), max(wanted))
        rows = rows.values("month").annotate(**self._sums)
        return {Month.of(row["month"]): row for row in rows}

    def _of(self, months: Iterable[Month], name: str) -> int:
        return sum(self._found.get(each, {}).get(name, 0) for each in months)

    @property
    def total(self) -> list[tuple[str, int, str]]:
        months = self.period.months
        return [
            (
                str(FIGURES[name].label),
                self._of(months, name),
                self._url(self.period),
            )
            for name in ("activities", "served")
        ]

    @property
    def chart(self) -> charts.Chart:
        names = [
            f"{dates.month_short(each.number)} {each.year % 100:02}"
            for each in self.months
        ]
        months = {
            _("Penerima manfaat"): self.months,
            _("Setahun sebelumnya"): [each.back(12) for each in self.months],
        }
        return charts.line(
            _finding(self._of(self.period.months, "served"), self._before),
            names,
            {
                name: [self._of([each], "served") for each in of]
                for name, of in months.items()
            },
            columns=(_("Bulan"), *months),
            urls={name: list(map(self._url, of)) for name, of in months.items()},
        )

    @property
    def _before(self) -> int:
        """Of the same period a year before."""
        return self._of([each.back(12) for each in self.period.months], "served")

    @property
    def by_month(self) -> list[Row]:
        return [
            Row(
                dates.month_year(each.first),
                self._of([each], "activities"),
                self._of([each], "served"),
                self._url(each),
            )
            for each in reversed(self.months)
        ]

    @property
    def by_type(self) -> list[Row]:
        if self.type:
            return []
        if self._is_tallied:
            rows = self.scope.tally(TypeTally)
        else:
            rows = self._rows(*self._ends)
        rows = rows.values("type", label=F("type__name")).annotate(**self._sums)
        return [
            Row(
                in_readers_words(row["label"]),
                row["activities"],
                row["served"],
                self._url(self.period, type=row["type"]),
                self.address(type=row["type"]),
            )
            for row in rows.filter(activities__gt=0).order_by(Lower("label"))
        ]

    @property
    def by_office(self) -> list[Row]:
        """The regions of the nation, or the units of a region; by name."""
        if not self.office.is_wide:
            return []
        rows = self._rows(*self._ends).annotate(**by_branch(self.office))
        rows = rows.values("branch", "named").annotate(**self._sums)
        rows = rows.filter(activities__gt=0).order_by(Lower("named"))
        return [
            Row(
                row["named"],
                row["activities"],
                row["served"],
                self._url(self.period, office=row["branch"]),
                self.address(office=row["branch"]),
            )
            for row in rows
            # What a Kanwil or headquarters did itself has no branch of its own.
            if row["branch"] and row["branch"] != self.office.pk
        ]

    @property
    def _ends(self) -> tuple[Month, Month]:
        months = self.period.months
        return months[0], months[-1]

    # Where it leads

    def _url(self, period: Month | Period, **more) -> str:
        """The list of just these activities."""
        figure, scope = FIGURES["activities"], self.scope
        asked = figure.params(replace(scope, period=period))
        if scope.is_named or not self.office.is_wide:
            asked["office"] = self.office.pk
        if scope.past and scope.past.is_other(self.office):
            asked["then"] = self.period.last
        chosen = {"type": self.type, "field": self.field}
        asked |= {name: each.pk for name, each in chosen.items() if each} | more
        return f"{reverse(figure.list_url)}?{urlencode(asked)}"

    def address(self, **changes) -> str:
        """This page, narrowed further."""
        asked = {
            "period": self.period.code,
            "type": self.type and self.type.pk,
            "field": self.field and self.field.pk,
            "office": self.office.pk if self.scope.is_named else None,
        } | changes
        kept = {name: value for name, value in asked.items() if value}
        return f"{reverse('reports:dashboard')}?{urlencode(kept)}"


def _finding(now: int, before: int) -> str:
    """What the chart shows, said in its title."""
    numbers = {"now": dates.number(now), "before": dates.number(before)}
    if not before:
        return _("Penerima manfaat %(now)s; setahun sebelumnya belum ada") % numbers
    if now == before:
        return _("Penerima manfaat %(now)s, sama dengan setahun sebelumnya") % numbers
    share = dates.number(round(abs(now - before) * 100 / before))
    numbers["share"] = share
    if now > before:
        return _("Penerima manfaat naik %(share)s%% dari setahun sebelumnya") % numbers
    return _("Penerima manfaat turun %(share)s%% dari setahun sebelumnya") % numbers
