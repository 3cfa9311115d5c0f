"""What a unit had on a day of the past, before others were merged with it.

Figures of a month that is over are those of the unit as it was: the months of a unit
that is merged stay its own up to its last day, whoever reports on them then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from pokmas.offices.models.changes import OfficeChange
from pokmas.offices.models.offices import Office

Kind = OfficeChange.Kind


@dataclass
class Past:
    """A unit with its posts as they were when a day ended.

    What a merger has handed over since is counted where it was: by model, the keys of
    what came to these offices and of what left them.
    """

    offices: set[int]
    came: dict[str, set[int]] = field(default_factory=dict)
    left: dict[str, set[int]] = field(default_factory=dict)

    def of(self, rows: QuerySet) -> QuerySet:
        """Those of the rows, records of offices, that were here then."""
        label = rows.model._meta.label_lower
        here = Q(office__in=self.offices)
        if came := self.came.get(label):
            here &= ~Q(pk__in=came)
        if left := self.left.get(label):
            here |= Q(pk__in=left)
        return rows.filter(here)

    def moved(self, model: type) -> bool:
        """Whether a merger handed over any of its rows since."""
        label = model._meta.label_lower
        return bool(self.came.get(label) or self.left.get(label))

    def is_other(self, unit: Office) -> bool:
        """Whether the unit has something else now."""
        moved = [*self.came.values(), *self.left.values()]
        return any(moved) or self.offices != set(unit.branch_ids)

    def undo(self, change: OfficeChange, unit: Office) -> None:
        """Go back to the day before a merger or a move took effect."""
        before = change.before
        if change.kind == Kind.MERGE and change.office_id == unit.pk:
            self.offices |= set(before.get("moved", ()))
            self._shift(before, self.left, self.came)
        elif change.kind == Kind.MERGE and change.other_id in self.offices:
            self.offices -= {change.office_id, *before.get("moved", ())}
            self._shift(before, self.came, self.left)
        elif change.kind == Kind.MOVE and change.office_id != unit.pk:
            if before.get("parent") in self.offices:
                self.offices.add(change.office_id)
            elif change.other_id in self.offices:
                self.offices.discard(change.office_id)

    @staticmethod
    def _shift(before: dict, into: dict, out_of: dict) -> None:
        for label, keys in before.get("handed", {}).items():
            into.setdefault(label, set()).update(keys)
            out_of.get(label, set()).difference_update(keys)


def past_of(
    unit: Office, day: date, changes: Iterable[OfficeChange] | None = None
) -> Past:
    """What belonged to the unit when `day` ended.

    Who asks for many units knows all changes since an earlier day.
    """
    past = Past(set(unit.branch_ids))
    for change in changes_since(day) if changes is None else changes:
        if change.effective_on > day:
            past.undo(change, unit)
    return past


def changes_since(day: date) -> QuerySet[OfficeChange]:
    """What took effect after `day` and made a unit another, the last one first."""
    since = OfficeChange.objects.applied().filter(
        kind__in=[Kind.MERGE, Kind.MOVE], effective_on__gt=day
    )
    return since.order_by("-effective_on", "-applied_at")
