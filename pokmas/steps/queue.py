"""What waits for the same step of the same person: the next one, and the one before."""

from dataclasses import dataclass

from pokmas.records.lifecycle import Lifecycle
from pokmas.records.steps import Step
from pokmas.steps.actions import address_of

# Of a longer queue only so many are counted: nobody goes through more in a day.
COUNTED = 200


@dataclass(frozen=True)
class Queue:
    """Where one record stands among those that wait, longest first."""

    place: int
    count: int
    previous: str
    following: str

    @property
    def upcoming(self) -> str:
        """Where to go on after this one; from the last back to those skipped."""
        return self.following or self.previous


def queue_of(record: Lifecycle, step: Step, user) -> Queue | None:
    """The queue that `record` stands in; None if it stands alone, or in none."""
    asked = record.STEPS.awaiting(step, user)
    waiting = type(record).objects.awaiting(user).filter(asked)
    ids = waiting.order_by("status_since", "pk").values_list("pk", flat=True)
    queue = list(ids[:COUNTED])
    if record.pk not in queue or len(queue) == 1:
        return None
    place = queue.index(record.pk)
    return Queue(
        place + 1,
        len(queue),
        address_of(record, step, queue[place - 1]) if place else "",
        address_of(record, step, queue[place + 1]) if place + 1 < len(queue) else "",
    )
