"""How far a record has come: the statuses behind it, its own, and those ahead."""

from dataclasses import dataclass

from pokmas.records.lifecycle import Lifecycle


@dataclass(frozen=True)
class Milestone:
    label: str
    is_behind: bool = False
    is_here: bool = False
    help: str = ""


def way_of(record: Lifecycle) -> list[Milestone]:
    """The usual way; a record beside it stands after the status it came from.

    If it goes back from there, it stands before what it has to pass again.
    """
    statuses, here = list(record.WAY), record.status
    if here not in statuses:
        before = [at for at in statuses if here in record.TRANSITIONS.get(at, ())]
        if not before:
            return []
        place = statuses.index(_came_from(record, before)) + 1
        again = [statuses.index(at) for at in statuses if at in record.next_statuses]
        if again and again[0] < place - 1:
            place = again[0]
        goes_on = record.next_statuses and here not in record.OVER
        ahead = statuses[place:] if goes_on else []
        statuses = [*statuses[:place], here, *ahead]
    labels = dict(record._meta.get_field("status").flatchoices)
    labels[here] = record.get_status_display()
    place = statuses.index(here)
    return [
        Milestone(
            labels[status],
            number < place,
            number == place,
            record.WAY_HELP.get(status, ""),
        )
        for number, status in enumerate(statuses)
    ]


def _came_from(record: Lifecycle, before: list[str]) -> str:
    """At which of these it stood last; where nobody remembers, the farthest."""
    if len(before) == 1 or record.pk is None:
        return before[-1]
    states = record.events.filter(status__in=before).order_by("-pgh_id")
    return states.values_list("status", flat=True).first() or before[-1]
