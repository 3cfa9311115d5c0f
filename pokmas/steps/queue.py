"""What waits for the same step of the same person: the next one, and the one before."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.http import urlencode

from pokmas.lists.filters import MineFilter
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
    is_narrowed: bool = False

    @property
    def upcoming(self) -> str:
        """Where to go on after this one; from the last back to those skipped."""
        return self.following or self.previous


def narrowing(filters: MineFilter) -> str:
    """What a list is narrowed to, for the addresses that keep to it."""
    asked = filters.data
    return urlencode({name: asked[name] for name in filters.filters if asked.get(name)})


def queue_of(
    record: Lifecycle,
    step: Step,
    user,
    narrowed: type[MineFilter] | None = None,
    asked: Mapping | None = None,
) -> Queue | None:
    """The queue that `record` stands in; None if it stands alone, or in none.

    A list that was `narrowed` leads here with what it was `asked` for: one goes on
    within that.
    """
    rows = type(record).objects.awaiting(user)
    waiting, query = rows.filter(record.STEPS.awaiting(step, user)), ""
    if narrowed and asked:
        filters = narrowed(asked, waiting, user=user)
        waiting, query = filters.qs, narrowing(filters)
    ids = waiting.order_by("status_since", "pk").values_list("pk", flat=True)
    queue = list(ids[:COUNTED])
    if record.pk not in queue or len(queue) == 1:
        return None
    place = queue.index(record.pk)

    def at(there: int) -> str:
        if not 0 <= there < len(queue):
            return ""
        url = address_of(record, step, queue[there])
        return f"{url}?{query}" if query else url

    return Queue(place + 1, len(queue), at(place - 1), at(place + 1), bool(query))
