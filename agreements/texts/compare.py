"""What is different between two versions of a text, Pasal by Pasal."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from django.db.models import Q, Subquery
from django.utils.translation import gettext as _

from agreements.register.models import Agreement
from agreements.texts.articles import MARK, Article, Text
from agreements.texts.models import TextVersion
from pokmas.papers.srikandi import BLANK
from pokmas.steps.since import Piece, pieces

# Two Pasal are one and the same that share so much of their words; where their
# headings are equal less is enough.
ALIKE, ALIKE_UNDER_ONE_HEADING = 0.6, 0.3
# A paragraph of more words is shown whole, as it was and as it is.
MOST_WORDS = 500
# So alike are two lines that are shown as one; so many pairs of lines are weighed.
ALIKE_LINES, MOST_LINES = 0.5, 2_500
WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Change:
    """What became of one Pasal, or of what stands before or after all of them."""

    old: Article | None
    new: Article | None

    @property
    def is_new(self) -> bool:
        return self.old is None

    @property
    def is_gone(self) -> bool:
        return self.new is None

    @property
    def is_moved(self) -> bool:
        """Whether it is the same Pasal under another number."""
        both = self.old is not None and self.new is not None
        return both and self.old.number != self.new.number

    @property
    def is_changed(self) -> bool:
        both = self.old is not None and self.new is not None
        return both and self.old.said != self.new.said

    @property
    def is_same(self) -> bool:
        return self.old == self.new

    @property
    def name(self) -> str:
        return (self.new or self.old).name

    @property
    def number(self) -> str:
        """None of what stands before or after the Pasal."""
        return (self.new or self.old).number

    @property
    def heading(self) -> str:
        return (self.new or self.old).heading

    @property
    def what(self) -> str:
        """In a word or two what happened to it."""
        if self.is_new:
            return _("baru")
        if self.is_gone:
            return _("dihapus")
        words = []
        if self.is_moved:
            words.append(_("dahulu %(name)s") % {"name": self.old.name})
        if self.is_changed:
            words.append(_("diubah"))
        return ", ".join(words) or _("tetap")

    @property
    def tone(self) -> str:
        if self.is_new:
            return "good"
        if self.is_gone:
            return "bad"
        return "info" if self.is_changed else "neutral"

    @property
    def heading_pieces(self) -> list[Piece]:
        """Its heading, with what was taken out and put in."""
        if self.old is None or self.new is None:
            return [Piece(self.heading)]
        return _line(self.old.heading, self.new.heading)

    @property
    def lines(self) -> list[list[Piece]]:
        """Its paragraphs, with what was taken out and put in."""
        old = self.old.lines if self.old else ()
        new = self.new.lines if self.new else ()
        return [list(line) for line in _compared(old, new) if line]

    def __str__(self):
        return f"{self.name} ({self.what})"


class Frame(Article):
    """What stands before the first Pasal, or after the last one."""

    @property
    def name(self) -> str:
        return self.heading

    @property
    def said(self) -> tuple[str, ...]:
        return self.lines


def changes_between(before: TextVersion, after: TextVersion) -> list[Change]:
    """What became of each part, in the order of the newer version; all are named, also
    what stayed (`is_same`)."""
    return compared(before.content, after.content)


def latest_text(agreement: Agreement) -> TextVersion | None:
    """Its newest version, if there is one yet."""
    return agreement.texts.select_related("created_by").order_by("-number").first()


def latest_and(agreement: Agreement, judged: int | None) -> list[TextVersion | None]:
    """Its newest version, the one with this key, and without a key the newest that the
    portal made, in one query."""
    newest = agreement.texts.order_by("-number").values("pk")
    made = newest.filter(origin=TextVersion.Origin.MADE)
    other = Q(pk=judged) if judged else Q(pk=Subquery(made[:1]))
    rows = agreement.texts.filter(Q(pk=Subquery(newest[:1])) | other)
    found = list(rows.select_related("created_by").order_by("-number"))
    latest = found[0] if found else None
    others = [row for row in found if row.pk == judged] if judged else found[1:]
    return [latest, others[0] if others else None]


def compared(before: Text, after: Text) -> list[Change]:
    """As they read: with blanks where SRIKANDI fills in."""
    before, after = (text.said_as(BLANK.placed) for text in (before, after))
    opening, closing = _("Pembukaan"), _("Tanda tangan")
    annex = Change(before.as_annex, after.as_annex)
    return [
        Change(_lead(before, opening), _lead(after, opening)),
        *_articles(before.articles, after.articles),
        Change(_tail(before, closing), _tail(after, closing)),
        *([annex] if annex.old or annex.new else []),
    ]


def differing(changes: Sequence[Change]) -> list[Change]:
    return [each for each in changes if not each.is_same]


def kinship(before: Text, after: Text) -> float:
    """How much of the older text's Pasal the newer one still has, from 0 to 1."""
    if not before.articles:
        return 1.0
    pairs = _pairs(before.articles, after.articles)
    return len(pairs) / len(before.articles)


def _lead(text: Text, name: str) -> Frame:
    return Frame("", name, tuple(line.text for line in text.lead))


def _tail(text: Text, name: str) -> Frame:
    return Frame("", name, tuple(line for cell in text.tail for line in cell))


def _articles(before: Sequence[Article], after: Sequence[Article]) -> Iterator[Change]:
    """In the newer order; what is gone stands after what it followed."""
    pairs = _pairs(before, after)
    gone_after = _gone_after(before, set(pairs.values()))
    yield from (Change(before[place], None) for place in gone_after.get(-1, ()))
    for place, article in enumerate(after):
        old = pairs.get(place)
        yield Change(None if old is None else before[old], article)
        if old is not None:
            for gone in gone_after.get(old, ()):
                yield Change(before[gone], None)


def _gone_after(before: Sequence[Article], kept: set[int]) -> dict[int, list[int]]:
    found, last = {}, -1
    for place in range(len(before)):
        if place in kept:
            last = place
        else:
            found.setdefault(last, []).append(place)
    return found


def _pairs(before: Sequence[Article], after: Sequence[Article]) -> dict[int, int]:
    """Place in the newer → place in the older text of what is one Pasal: what says the
    same, then what has the same heading, then what is alike."""
    pairs: dict[int, int] = {}
    for likeness in (_is_equal, _under_one_heading, _alike):
        _pair(pairs, before, after, likeness)
    return pairs


def _pair(pairs, before, after, likeness) -> None:
    taken = set(pairs.values())
    found = []
    for new, article in enumerate(after):
        if new in pairs:
            continue
        for old, other in enumerate(before):
            if old not in taken and (score := likeness(other, article)):
                is_moved = other.number != article.number
                found.append((-score, is_moved, abs(new - old), new, old))
    for _score, _is_moved, _distance, new, old in sorted(found):
        if new not in pairs and old not in taken:
            pairs[new] = old
            taken.add(old)


def _is_equal(old: Article, new: Article) -> float:
    return float(old.said == new.said)


def _under_one_heading(old: Article, new: Article) -> float:
    if not old.heading or old.heading.casefold() != new.heading.casefold():
        return 0
    score = _likeness(old.lines, new.lines)
    return score if score >= ALIKE_UNDER_ONE_HEADING else 0


def _alike(old: Article, new: Article) -> float:
    score = _likeness(old.said, new.said)
    return score if score >= ALIKE else 0


def _likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """The share of words that both have."""
    first, second = _words(old), _words(new)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def _words(lines: Sequence[str]) -> Counter:
    return Counter(WORDS.findall(" ".join(lines).casefold()))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    """Line by line first, then the words of those that differ."""
    matcher = SequenceMatcher(None, _unmarked(old), _unmarked(new), autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        before, after = old[start:end], new[begin:stop]
        aligned = zip_longest if kind == "equal" else _aligned
        yield from (_line(first, second) for first, second in aligned(before, after))


def _unmarked(lines: Sequence[str]) -> list[str]:
    """An ayat that only has another number is the same one."""
    return [MARK.sub(r"\2", line) for line in lines]


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple]:
    """Lines that are alike, side by side and in their order."""
    if len(old) * len(new) > MOST_LINES:
        yield from zip_longest(old, new)
        return
    place = 0
    for line in new:
        alike = (
            number
            for number in range(place, len(old))
            if _likeness([old[number]], [line]) >= ALIKE_LINES
        )
        if (found := next(alike, None)) is None:
            yield None, line
            continue
        yield from ((gone, None) for gone in old[place:found])
        yield old[found], line
        place = found + 1
    yield from ((gone, None) for gone in old[place:])


def _line(before: str | None, after: str | None) -> list[Piece]:
    if before == after:
        return [Piece(after)]
    if before is None:
        return [Piece(after, is_new=True)]
    if after is None:
        return [Piece(before, is_old=True)]
    if max(before.count(" "), after.count(" ")) > MOST_WORDS:
        return [Piece(before, is_old=True), Piece(after, is_new=True)]
    return pieces(before, after)
