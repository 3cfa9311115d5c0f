"""The offices below one, and to which unit each row belonged when a day ended."""

from datetime import date

from django.db.models import BigIntegerField, Case, F, Value, When
from django.utils.functional import cached_property

from outreach.models import Activity
from pokmas.offices.models import Office, OfficeChange, Past
from reports.figures.figures import Scope
from reports.figures.periods import Month, Period
from reports.indicators.counted import Part

Level, Kind = Office.Level, OfficeChange.Kind
SHOWN = (
    *("name", "level", "kind", "zone", "is_active", "valid_to"),
    *("parent", "region", "successor"),
)


class Places:
    """The branch of an office, read once: two queries, however many units it has."""

    def __init__(self, office: Office, period: Period):
        self.office, self.period = office, period
        rows = Office.objects.under(office).only(*SHOWN)
        self.known = {each.pk: each for each in rows}
        self.known[office.pk] = office
        self._pasts: dict[date, dict[int, Past]] = {}

    @cached_property
    def changes(self) -> list[OfficeChange]:
        """Mergers and moves since the period began, the newest first."""
        rows = OfficeChange.objects.applied().filter(
            kind__in=[Kind.MERGE, Kind.MOVE], effective_on__gte=self.period.first
        )
        rows = rows.order_by("-effective_on", "-applied_at")
        return list(rows.select_related("office", "other"))

    @cached_property
    def moved(self) -> list[OfficeChange]:
        """Those of units here, inside the period."""
        return [
            each
            for each in self.changes
            if each.effective_on <= self.period.last
            and not {each.office_id, each.other_id}.isdisjoint(self.known)
        ]

    # Which units

    @cached_property
    def _branches(self) -> dict[int, set[int]]:
        """Of each unit the offices that belong to it now."""
        found = {pk: {pk} for pk in self.known}
        for pk, office in self.known.items():
            above = self.known.get(office.parent_id)
            while above is not None and not above.is_wide:
                found[above.pk].add(pk)
                above = self.known.get(above.parent_id)
        return found

    def pasts(self, day: date) -> dict[int, Past]:
        """Of each unit there was what it had when that day ended."""
        if day not in self._pasts:
            self._pasts[day] = self._undone(day)
        return self._pasts[day]

    def _undone(self, day: date) -> dict[int, Past]:
        since = []
        if day < self.office.today:
            since = [each for each in self.changes if each.effective_on > day]
        later = {each.office_id for each in since if each.kind == Kind.MERGE}
        found = {}
        for pk, office in self.known.items():
            is_unit = office.level == Level.UNIT or pk == self.office.pk
            was_there = office.successor_id is None or pk in later
            if is_unit and was_there and not office.is_wide:
                found[pk] = Past(set(self._branches[pk]))
                for change in since:
                    found[pk].undo(change, office)
        return found

    def unit_of(self, day: date) -> dict[int, int]:
        """Of each office the unit for which its rows count."""
        return {
            office: unit
            for unit, past in self.pasts(day).items()
            for office in past.offices
        }

    @cached_property
    def units(self) -> list[Office]:
        """By name, as people sort; not those that were closed before it began."""
        found = [self.known[pk] for pk in self.pasts(self.period.last)]
        return sorted(
            [
                each
                for each in found
                if each.is_active
                or (each.valid_to and each.valid_to >= self.period.first)
            ],
            key=lambda each: (each.name.upper(), each.pk),
        )

    @cached_property
    def regions(self) -> list[Office]:
        found = [each for each in self.known.values() if each.level == Level.REGIONAL]
        return sorted(
            [each for each in found if each.is_active],
            key=lambda each: (each.name.upper(), each.pk),
        )

    def below(self, office: Office) -> list[int]:
        """The units that count for an office, and what it does itself."""
        if office.pk == self.office.pk:
            return list(self.known)
        if office.level == Level.REGIONAL:
            return [pk for pk, at in self.known.items() if at.region_id == office.pk]
        return [office.pk]

    # Which rows

    def scope(self, office: Office, period: Period | Month) -> Scope:
        """What a figure counts there, without asking again what is known."""
        found = Scope(office, period)
        if not office.is_wide:
            office.branch_ids = list(self._branches[office.pk])
            now = Past(set(office.branch_ids))
            then = self.pasts(period.last).get(office.pk, now)
            vars(found)["past"] = then if period.last < office.today else None
        return found

    def handed_over(self, day: date) -> bool:
        """Whether a unit has got activities that were another's on that day."""
        return any(past.moved(Activity) for past in self.pasts(day).values())

    def owner(self, part: Part, label: str, day: date):
        """Whose a row is: its office, unless a merger has handed it over since."""
        handed = [
            When(**{f"{part.through}pk__in": keys}, then=Value(unit))
            for unit, past in self.pasts(day).items()
            if (keys := past.left.get(part.label or label))
        ]
        office = F(f"{part.through}office_id")
        if not handed:
            return office
        return Case(*handed, default=office, output_field=BigIntegerField())
