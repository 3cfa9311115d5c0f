"""One text, all kinds of records: found in a few queries, however many kinds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, JSONArray
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pokmas.records.lifecycle import Lifecycle
from pokmas.records.search import MOST, Meanings, numbers_of, readings
from pokmas.search.kinds import Kind, kinds_for
from pokmas.words import dates

SHOWN = 5


@dataclass(frozen=True)
class Line:
    title: str
    about: str
    url: str
    # What else of it fits: “Nama pimpinan: Yohanis”.
    fits: str = ""
    # Whether none of what it shows is what was looked for.
    is_deeper: bool = False
    key: int = 0
    # How much of its title is what was looked for.
    closeness: float = 0


@dataclass(frozen=True)
class Found:
    """The records of one kind: the first few, and where all of them are."""

    kind: Kind
    lines: list[Line]
    count: int
    url: str

    @property
    def more_text(self) -> str:
        """How many there are in all; empty if all of them are shown."""
        if self.count <= SHOWN:
            return ""
        if self.count > MOST:
            return _("Lebih dari %(count)s") % {"count": dates.number(MOST)}
        return _("Semua %(count)s") % {"count": dates.number(self.count)}


def everything(user, text: str) -> list[Found]:
    """What this person may see of all that the words fit, kind by kind: first the kind
    with the title that fits best.

    Slips are put right only if nothing at all is found.
    """
    kinds = {kind.name: kind for kind in kinds_for(user)}
    rows = {name: kind.model.objects.visible_to(user) for name, kind in kinds.items()}
    for read, matching, numbers in _readings(kinds, rows, text):
        if any(numbers.values()):
            found = _shown(kinds, rows, read, matching, numbers, text)
            return sorted(found, key=_closeness, reverse=True)
    return []


def _readings(kinds, rows, text) -> Iterator[tuple[dict, dict, dict]]:
    """The rows that fit, and their numbers: the words as they stand, then put right."""
    words = {name: rows[name].words(text) for name in kinds}
    by_words = {tuple(each): readings(each) for each in words.values() if each}
    while by_words:
        meanings = {words_: next(turn, None) for words_, turn in by_words.items()}
        read = {name: meanings.get(tuple(words[name])) for name in kinds}
        if not any(read.values()):
            return
        yield read, *_found(kinds, rows, read)


def _found(kinds, rows, read: dict[str, Meanings | None]) -> tuple[dict, dict]:
    """Those found through another kind wait for what is found of that."""
    matching: dict[str, QuerySet] = {}
    numbers: dict[str, list[int]] = {}
    for later in (False, True):
        turn = {}
        for name, kind in kinds.items():
            if bool(kind.through) is later and read[name]:
                known = numbers.get(kind.through, [])
                turn[name] = _fitting(kind, rows[name], read[name], known)
        matching |= turn
        numbers |= numbers_of(turn)
    return matching, numbers


def _fitting(kind: Kind, rows: QuerySet, meanings: Meanings, known: list[int]):
    if not kind.through:
        return rows.matching(meanings)
    return rows.matching_or_with(known[:MOST], meanings)


def _shown(kinds, rows, read, matching, numbers, text) -> list[Found]:
    parts = []
    for name, kind in kinds.items():
        if found := numbers.get(name):
            few = rows[name].filter(pk__in=found) if len(found) <= MOST else None
            parts.append(_lines(kind, matching[name] if few is None else few))
    first, *others = parts
    lines: dict[str, list[Line]] = {}
    for name, *row in first.union(*others, all=True):
        lines.setdefault(name, []).append(_line(kinds[name], read[name], *row))
    lines = {name: _told(kinds[name], read[name], its) for name, its in lines.items()}
    return [
        Found(
            kind=kind,
            lines=lines[name],
            count=len(numbers[name]),
            url=f"{reverse(kind.listing)}?{urlencode({'q': text})}",
        )
        for name, kind in kinds.items()
        if name in lines
    ]


def _lines(kind: Kind, rows: QuerySet) -> QuerySet:
    return rows.order_by(*kind.order).values_list(
        Value(kind.name, output_field=CharField()),
        Cast("pk", IntegerField()),
        Cast(kind.named, CharField()),
        Cast(F(kind.about), CharField()),
        JSONArray(*kind.also),
    )[:SHOWN]


def _line(kind: Kind, meanings: Meanings, pk, title, about, also) -> Line:
    model = kind.model
    if issubclass(model, Lifecycle):
        title = model.named(title)
    elsewhere = _not_in(f"{title} {about or ''}", meanings)
    fits = [
        f"{capfirst(model._meta.get_field(name).verbose_name)}: {value}"
        for name, value in zip(kind.also, also, strict=True)
        if value and len(_not_in(value, elsewhere)) < len(elsewhere)
    ]
    shown = " ".join(filter(None, [title, about, *also]))
    return Line(
        title or str(kind.unnamed),
        about or "",
        model(pk=pk).get_absolute_url(),
        fits=" · ".join(fits),
        is_deeper=bool(_not_in(shown, meanings)),
        key=pk,
        closeness=(len(meanings) - len(_not_in(title, meanings)))
        / (len(title.split()) or 1),
    )


def _told(kind: Kind, meanings: Meanings, lines: list[Line]) -> list[Line]:
    """With where the words stand, of those that show none of them."""
    keys = [line.key for line in lines if line.is_deeper]
    if kind.deeper is None or not keys:
        return lines
    said = kind.deeper(keys, meanings)
    return [
        replace(line, fits=" · ".join(filter(None, [line.fits, said.get(line.key)])))
        for line in lines
    ]


def _not_in(text: str, meanings: Meanings) -> Meanings:
    """Those words of which no meaning stands in the text."""
    text = text.upper()
    return [each for each in meanings if not any(word in text for word in each)]


def _closeness(found: Found) -> float:
    return max(line.closeness for line in found.lines)
