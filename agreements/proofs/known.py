"""What the records answer by themselves; each room says its own in its proofs.py.

# outreach/evidence/proofs.py
@tells
def activities(agreement) -> dict[str, Fact]:
    return {"activity": Fact(State.MET, _("Terakhir %(day)s") % …, url)}
"""

from collections.abc import Callable
from dataclasses import dataclass

from agreements.proofs.models import State
from agreements.register.models import Agreement


@dataclass(frozen=True)
class Fact:
    """How it stands, in words, and where one sees it."""

    state: State
    text: str
    url: str = ""


TELLERS: list[Callable[[Agreement], dict[str, Fact]]] = []


def tells(teller: Callable) -> Callable:
    TELLERS.append(teller)
    return teller


def facts_of(agreement: Agreement) -> dict[str, Fact]:
    """By the code of the element."""
    found = {}
    for teller in TELLERS:
        found |= teller(agreement)
    return found
