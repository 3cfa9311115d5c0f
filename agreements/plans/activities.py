"""What the floor above says of activities: this floor knows none.

# outreach/planned/proofs.py
ACTIVITIES.know(types=…, done=…)
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Done:
    """What was done of one item of a plan, in activities and in people."""

    planned: int = 0
    reported: int = 0
    verified: int = 0
    served: int = 0


class Activities:
    """`types` gives code and name of those in use; `done` what was done by item, None
    for whatever belongs to no item."""

    types: Callable[[], list[tuple[str, str]]]
    done: Callable[..., dict[int | None, Done]]

    def know(self, *, types: Callable, done: Callable) -> None:
        self.types, self.done = types, done


# Filled by the room above that links activities to items.
ACTIVITIES = Activities()
