"""The plan of an agreement against what was done of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agreements.plans.activities import ACTIVITIES, Done
from agreements.plans.models import PlanItem
from agreements.register.models import Agreement


@dataclass(frozen=True)
class Row:
    item: PlanItem
    done: Done

    @property
    def fulfilled(self) -> int:
        """More than was planned makes up for nothing else."""
        return min(self.done.verified, self.item.times)


@dataclass(frozen=True)
class Progress:
    rows: list[Row]
    # What was done in this agreement beside its plan.
    beside: Done

    @property
    def times(self) -> int:
        return sum(row.item.times for row in self.rows)

    @property
    def fulfilled(self) -> int:
        return sum(row.fulfilled for row in self.rows)

    @property
    def target(self) -> int:
        return sum(row.item.target for row in self.rows)

    @property
    def sums(self) -> Done:
        """Of the items together."""
        done = [row.done for row in self.rows]
        return Done(
            **{
                name: sum(getattr(each, name) for each in done)
                for name in ("planned", "reported", "verified", "served")
            }
        )

    def begun_by(self, day: date) -> "Progress":
        """The part of the plan whose first month had come by then."""
        rows = [row for row in self.rows if row.item.first_month <= day]
        return Progress(rows, self.beside)


def progress_of(
    agreement: Agreement, items: Iterable[PlanItem] | None = None
) -> Progress:
    items = list(agreement.plan_items.all() if items is None else items)
    done = ACTIVITIES.done(agreement)
    rows = [Row(item, done.get(item.pk, Done())) for item in items]
    return Progress(rows, done.get(None, Done()))
