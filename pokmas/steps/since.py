"""What changed since a record was sent back, for who judges it again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.text import capfirst

from pokmas.audit.models import Entry
from pokmas.records.guarded import said
from pokmas.records.lifecycle import Lifecycle

ATTACHED, DISCARDED = "document.attached", "document.discarded"
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


def judged_before(record: Lifecycle, *, judged: str, returned: str, **more):
    """`record` as it went back after its last judgement, or None if it never did.

    `judged` is the status at which it lies before who judges, `returned` the one that
    follows when it goes back; nothing else of it changes then. `more` is asked of that
    state in the same breath.
    """
    states = record.events.order_by("-pgh_id")
    back = states.filter(status=returned).values("pgh_id")[:1]
    last = states.filter(status=judged, pgh_id__lt=Subquery(back)).values("pgh_id")[:1]
    went = states.filter(status=returned, pgh_id__gt=Subquery(last))
    return went.annotate(**more).order_by("pgh_id").first()


def standing(events: QuerySet, moment: datetime, *key: str) -> list:
    """Of the history of many rows each one, told apart by `key`, as it was then."""
    newest = _newest(events, moment, key)
    return [row for row in newest if row.pgh_label != "delete"]


def stood(events: QuerySet, *key: str, **shown: str) -> ArraySubquery:
    """The same for `judged_before` to ask along: dicts, `gone` if deleted by then."""
    newest = _newest(events, OuterRef("pgh_created_at"), key)
    gone = Q(pgh_label="delete")
    return ArraySubquery(newest.values(row=JSONObject(gone=gone, **shown)))


def _newest(events, moment, key):
    newest = events.filter(pgh_created_at__lte=moment).order_by(*key, "-pgh_id")
    return newest.distinct(*key)


def papers(owner: Model, before) -> dict:
    """For a review: the files of `owner`, and which it had `before` and has no more."""
    moment = before and before.pgh_created_at
    gone = _gone(owner, moment) if moment else []
    return {"papers": owner.papers, "gone": gone, "returned_at": moment}


def _gone(owner, moment) -> list[str]:
    files = Entry.objects.about(owner).filter(at__gt=moment).order_by("pk")
    came, gone = set(), []
    for entry in files.filter(action__in=[ATTACHED, DISCARDED]):
        if entry.action == ATTACHED:
            came.add(entry.details["sha256"])
        elif entry.details["sha256"] not in came:
            gone.append(entry.details["file"])
    return gone


def field(record: Model, name: str, before, say: Callable = said) -> Row:
    """The row of one of its fields; `before` is the record as it was, or None.

    `say` gives the words for the value.
    """
    asked = record._meta.get_field(name)
    label, value = capfirst(asked.verbose_name), say(record, name)
    now, then = (getattr(each, asked.attname, None) for each in (record, before))
    # What another record is called is not asked for again where it is the same.
    if before is None or now == then:
        return Row(label, value)
    return row(label, value, say(before, name))


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


def listed(label: str, now: list[str], before: list[str] | None) -> Row:
    """Several things at once, as they are ticked; `before` as in `row`."""
    if before is None or set(before) == set(now):
        return Row(label, ", ".join(now))
    kept = [Piece(each) for each in now if each in before]
    new = [Piece(each, is_new=True) for each in now if each not in before]
    old = [Piece(each, is_old=True) for each in before if each not in now]
    found = []
    for piece in [*kept, *new, *old]:
        found += [Piece(", "), piece] if found else [piece]
    return Row(label, ", ".join(now), found)
