"""What changed since a record was sent back, for who judges it again."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from pokmas.records.lifecycle import Lifecycle

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Some words of a text: kept, taken out or put in."""

    text: str
    is_old: bool = False
    is_new: bool = False


@dataclass(frozen=True)
class Row:
    """One answer as it is now; `pieces` if it was another when it was judged."""

    label: str
    value: str
    pieces: list[Piece] | None = None

    @property
    def is_changed(self) -> bool:
        return self.pieces is not None


def judged_before(record: Lifecycle, *, judged: str, returned: str):
    """The state of `record` at its last judgement that sent it back, or None.

    `judged` is the status at which it lies before who judges, `returned` the one that
    follows when it goes back.
    """
    states = record.events.order_by("-pgh_id")
    back = states.filter(status=returned).first()
    if back is None:
        return None
    return states.filter(status=judged, pgh_id__lt=back.pgh_id).first()


def row(label: str, value: str, before: str | None) -> Row:
    """`before` is None if there is nothing to compare with."""
    if before is None or before == value:
        return Row(label, value)
    return Row(label, value, pieces(before, value))


def pieces(before: str, after: str) -> list[Piece]:
    """The newer text with what was taken out and put in, word by word."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    found = []
    for kind, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        start, end, begin, stop = places
        if kind == "equal":
            found.append(Piece("".join(new[begin:stop])))
            continue
        if end > start:
            found.append(Piece("".join(old[start:end]), is_old=True))
        if stop > begin:
            found.append(Piece("".join(new[begin:stop]), is_new=True))
    return found
