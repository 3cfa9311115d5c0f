"""What the records answer by themselves; each room says its own in its proofs.py.

# outreach/evidence/proofs.py
@tells(last=_last)
def activities(agreement, found) -> dict[str, Fact]:
    return {"activity": Fact(State.MET, _("Terakhir %(day)s") % found["last"], url)}

What a teller needs of other rows it names as expressions over the agreement, each made
by a function of it: they are read for all tellers at once.
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


# teller(agreement, found), with what it found of other rows by name
TELLERS: list[Callable[[Agreement, dict], dict[str, Fact]]] = []
# Name → the expression that reads it, made for one agreement.
READ: dict[str, Callable[[Agreement], object]] = {}


def tells(**read: Callable) -> Callable:
    if twice := READ.keys() & read.keys():
        raise ValueError(f"Two tellers read {sorted(twice)}")

    def add(teller: Callable) -> Callable:
        READ.update(read)
        TELLERS.append(teller)
        return teller

    return add


def facts_of(agreement: Agreement) -> dict[str, Fact]:
    """By the code of the element."""
    read = {name: made(agreement) for name, made in READ.items()}
    found = Agreement.objects.filter(pk=agreement.pk).values(**read).get()
    facts = {}
    for teller in TELLERS:
        facts |= teller(agreement, found)
    return facts
