"""The page of targets: what stands on it, in the words and links of its reader."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.accounts.models import User
from pokmas.offices.models import Office
from pokmas.words import dates
from pokmas.words.language import in_readers_words
from reports.figures.periods import Kind, Period
from reports.indicators.counted import Breakdown
from reports.indicators.models import Indicator, newest
from reports.targets.asked import Asked
from reports.targets.models import AcceptedValue, EnteredValue
from reports.targets.reading import Cell, Line, Reading
from reports.targets.services import SET, may_set

OWN = gettext_lazy("%(office)s sendiri")


@dataclass(frozen=True)
class Row:
    """A cell with what its reader may do there."""

    cell: Cell
    label: str
    url: str = ""
    set_url: str = ""


@dataclass(frozen=True)
class Piece:
    """The parts of a number, and what they come to."""

    label: str
    rows: list[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(number for _label, number in self.rows)


class Page(Asked):
    route = "reports:targets"

    def __init__(self, reading: Reading, user: User, opened: str):
        super().__init__(reading.office, reading.period, user)
        self.reading, self.opened = reading, opened

    @property
    def bundles_url(self) -> str:
        """The evidence of the same office and time."""
        return self.address("reports:bundles")

    @property
    def bundle_url(self) -> str:
        """That of the indicator whose row is open."""
        return self.address("reports:bundle", code=self.opened)

    @property
    def may_spread(self) -> bool:
        is_own = self.office.pk == self.user.acting.office_id
        return is_own and self.office.is_wide and self.user.has_perm(SET)

    @property
    def may_enter(self) -> bool:
        own = self.user.acting.office.unit
        return self.office.pk == own.pk and self.user.has_perm("reports.enter_value")

    # What stands there

    @property
    def lines(self) -> list[Line]:
        return self.reading.lines

    def address_of(self, line: Line) -> str:
        """Opens its row, or closes it."""
        code = line.indicator.code
        is_open = code == self.opened
        return self.address(open="" if is_open else code) + f"#{code}"

    @property
    def rows(self) -> list[tuple[Row, Line]]:
        return [
            (
                Row(
                    line.cell,
                    in_readers_words(line.indicator.name),
                    self.address_of(line),
                    self._set_url(line.indicator, self.office),
                ),
                line,
            )
            for line in self.lines
        ]

    @cached_property
    def line(self) -> Line | None:
        """The one whose row is open."""
        found = (each for each in self.lines if each.indicator.code == self.opened)
        return next(found, None)

    @cached_property
    def below(self) -> list[Row]:
        indicator = self.line.indicator
        return [
            Row(
                cell,
                OWN % {"office": cell.office}
                if cell.office.pk == self.office.pk
                else cell.office.name,
                ""
                if cell.office.pk == self.office.pk
                else self.address(office=cell.office.pk, open=indicator.code),
                self._set_url(indicator, cell.office),
            )
            for cell in self.reading.cells(indicator)
        ]

    def _set_url(self, indicator: Indicator, office: Office) -> str:
        if not may_set(self.user, office):
            return ""
        asked = {
            "office": office.pk,
            "period": self.period.code,
            "code": indicator.code,
        }
        return f"{reverse('reports:target_set')}?{urlencode(asked)}"

    @cached_property
    def pieces(self) -> list[Piece]:
        """What the records know of its parts."""
        indicator = self.line.indicator
        if not indicator.is_counted or not self.reading.has_begun:
            return []
        scope = self.reading.places.scope(self.office, self.period)
        known, read = indicator.measure.breakdowns, {}
        for each in map(known.get, indicator.breakdowns):
            if each and each.read not in read:
                read[each.read] = each.read(scope)
        return [
            Piece(
                Breakdown(code).label,
                [
                    (in_readers_words(str(label)), number)
                    for label, number in known[code].told(read[known[code].read])
                ],
            )
            for code in indicator.breakdowns
            if code in known
        ]

    @cached_property
    def _months(self) -> list[tuple]:
        return self.reading.months(self.line.indicator)

    @cached_property
    def months(self) -> list[tuple[str, str, str, str]]:
        """Name, value, version and page of each month so far."""
        return [
            (
                dates.month_year(month.first),
                version.said(version.value(share)),
                version.formula if version.pk != self.line.indicator.pk else "",
                self._page_of(month, version),
            )
            for month, version, share in self._months
        ]

    def _page_of(self, month: Period, indicator: Indicator) -> str:
        """Where its number opens the list that makes it."""
        if not indicator.fits(month):
            return ""
        code = indicator.code
        return self.address(period=month.code, open=code) + f"#{code}"

    @cached_property
    def average(self) -> str:
        """Of months that are told and over, where they add up to the year."""
        indicator, today = self.line.indicator, self.office.today
        if indicator.over_time != Indicator.Rule.SUM:
            return ""
        values = [
            version.value(share)
            for month, version, share in self._months
            if month.last < today
        ]
        known = [each for each in values if each is not None]
        return indicator.said(sum(known) / len(known)) if known else ""

    @property
    def set_by(self) -> str:
        """By which office and decree the target that is shown was set."""
        row = self.line.cell.row
        name = row.set_by.name
        if not row.decree_number:
            return name
        words = _("%(office)s, %(number)s tanggal %(day)s")
        day = dates.date_long(row.decree_on)
        return words % {"office": name, "number": row.decree_number, "day": day}

    @property
    def changes(self) -> list[Indicator]:
        return self.reading.changes.get(self.line.indicator.code, [])

    @property
    def moved(self) -> list[str]:
        """Mergers and moves inside the period, in words."""
        return [
            _("%(day)s: %(what)s.")
            % {"day": dates.date_long(each.effective_on), "what": self._told(each)}
            for each in self.reading.places.moved
        ]

    @staticmethod
    def _told(change) -> str:
        words = (
            _("%(office)s digabung ke %(other)s; angkanya sejak itu masuk ke sana")
            if change.kind == change.Kind.MERGE
            else _("%(office)s pindah ke %(other)s; angkanya setahun penuh ikut pindah")
        )
        return words % {"office": change.name_before, "other": change.other}


def unsaid(office: Office) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the unit may still say, by indicator: the period and where to say it."""
    today = office.today
    said = set(
        EnteredValue.objects.filter(office=office).values_list(
            "code", "kind", "starts_on"
        )
    )
    reported = AcceptedValue.objects.filter(office=office).order_by()
    accepted = [
        set(Period(Kind(kind), first).months)
        for kind, first in reported.values_list("kind", "starts_on").distinct()
    ]
    versions = list(Indicator.objects.all())
    found = []
    for indicator in newest(versions, today):
        if not indicator.is_entered or not indicator.concerns(office):
            continue
        kind = Kind(indicator.rhythm)
        periods = Period.of(kind, today).up_to_here(kind.recent)
        left = [
            (each.name, f"{indicator.code}|{each.code}")
            for each in reversed(periods)
            if (indicator.code, kind.value, each.first) not in said
            and not any(one.issuperset(each.months) for one in accepted)
        ]
        if left:
            found.append((str(indicator), left))
    return found
