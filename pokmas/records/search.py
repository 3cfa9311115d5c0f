"""Finding what was meant: by every word, else with a slip in each of them.

What is looked for is read from the trigram index once, up to `MOST` rows; the list,
its count and its next pages then ask for these rows by number. So no plan depends on
how often a word is thought to occur, and a search for nothing costs one look into the
index. Slips are put right from the words that are on record (`Word`), never by
comparing what is written in a million rows.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import and_, or_

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from pokmas.records.models import LONGEST, Word
from pokmas.records.models import SHORTEST as REMEMBERED

# Shorter words lie one letter apart anyway: only a letter that is missing near the end
# of one is looked for. More words nobody types.
SHORTEST, MOST_WORDS = 5, 6
# Found rows that are named one by one; whoever finds more looks for something common.
MOST = 1000
# Words that one typed word may stand for.
MEANINGS, CANDIDATES = 8, 200

# A word as it was typed, or the words on record that may have been meant.
Meanings = list[list[str]]
# Forms of address and titles, as they are spoken and written; degrees see below.
_TITLES = (
    "BAPAK BPK PAK IBU BU SDR SDRI SAUDARA SAUDARI TUAN NYONYA NY TN NONA NN YTH "
    "DR DRA DRS DRG IR PROF H HJ HAJI HAJJAH KH USTADZ USTAZ USTADZAH PDT PENDETA "
    "ROMO PASTOR SUSTER RM ST SH MH SE MM MSI MPD SPD SSOS SIP SKM AMD MAP MHUM "
    "SAG MKN SPSI MPSI STTH SST BC AMDIP"
)
TITLES = frozenset(_TITLES.split())
# S.H., M.Si, S.Tr.Pas, A.Md.IP.: what follows the name of a degree is its field.
_FIELDS = (
    "H E M T P A SI PD AG SOS KOM IP PSI KEP HUM TR KM AP TH FIL KED SY HI PT KN KES "
    "SC ED FARM ENG STAT AK GZ KG"
)
DEGREE = re.compile(
    rf"(?:[SM]\.(?:{'|'.join(_FIELDS.split())})|A\.M[DA]|BC\.(?:IP|HK))"
    r"(?:\.[A-Z]{1,4})*\.?"
)
# “DR.MARIA”, written without a space.
GLUED = re.compile(r"(?:DR|DRA|DRS|DRG|IR|PROF|H|HJ|KH)\.(?=\w{3})")


def cleaned(text: str) -> str:
    return " ".join(text.upper().replace("\0", " ").split())


def without_titles(text: str) -> str:
    """A cleaned text without forms of address and titles, unless it has nothing else.

    “DR. MARIA BRIA, S.H.” and “IBU MARIA BRIA” are both looked for as “MARIA BRIA”.
    """
    words = [
        GLUED.sub("", word.strip(",;"), count=1)
        for word in text.replace(",", " ").split()
    ]
    names = [
        word
        for word in words
        if word and word.rstrip(".") not in TITLES and not DEGREE.fullmatch(word)
    ]
    return " ".join(names) or text


class SearchQuerySet(QuerySet):
    """Rows that are found by words; to be mixed into the QuerySet of a model."""

    # In capitals, with a trigram index.
    searched = "search_text"
    # Whether the search itself met more than `MOST` of these rows. Whoever narrows them
    # has other rows, of which that is not known.
    are_many = False

    def words(self, text: str) -> list[str]:
        """What is looked for, of what was typed: titles stand beside few names."""
        return without_titles(cleaned(text)).split()

    def matching(self, meanings: Meanings) -> QuerySet:
        """The rows that hold a meaning of every word."""
        return self.filter(holding(self.searched, meanings))

    def search(self, text: str) -> QuerySet:
        """Case does not matter; only if nothing is found are slips put right, so that
        who types well is not shown what he does not look for."""
        words = self.words(text)
        if not words:
            return self
        for meanings in readings(words):
            matching = self.matching(meanings)
            if matching.are_many:
                return matching
            found = numbers(matching)
            if len(found) > MOST:
                matching.are_many = True
                return matching
            if found:
                return self.filter(pk__in=found)
        return self.none()


def readings(words: list[str]) -> Iterator[Meanings]:
    """The words as they stand, then as they may have been meant."""
    yield [[word] for word in words]
    if meanings := corrected(words):
        yield meanings


def holding(field: str, meanings: Meanings) -> Q:
    """The condition that `field` holds one meaning of every word."""
    return reduce(
        and_, (reduce(or_, (_holds(field, word) for word in each)) for each in meanings)
    )


def _holds(field: str, word: str) -> Q:
    """A letter or two only begin a word, or a part of a number: within one the index
    does not know them."""
    if len(word) > 2:
        return Q(**{f"{field}__contains": word})
    begins = Q(**{f"{field}__startswith": word})
    for before in " -/.":
        begins |= Q(**{f"{field}__contains": f"{before}{word}"})
    return begins


def numbers(rows: QuerySet) -> list[int]:
    """The keys of the rows, up to one more than `MOST`, in no order."""
    return numbers_of({"": rows})[""]


def numbers_of(kinds: Mapping[str, QuerySet]) -> dict[str, list[int]]:
    """The same of several kinds of rows, in one query.

    Planned as if all were wanted: a limit would tempt the database to read the table
    until it meets one, which for a rare word is the whole of it.
    """
    found = {kind: [] for kind in kinds}
    places, heads, parts, values = {}, [], [], []
    for place, (kind, rows) in enumerate(kinds.items()):
        try:
            sql, its = rows.order_by().values_list("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        places[place] = kind
        heads.append(f"found{place} (pk) AS MATERIALIZED ({sql})")
        few = f"SELECT {place}, pk FROM found{place} LIMIT {MOST + 1}"  # noqa: S608
        parts.append(f"({few})")
        values += its
    if not parts:
        return found
    with connection.cursor() as cursor:
        sql = f"WITH {', '.join(heads)} {' UNION ALL '.join(parts)}"
        cursor.execute(sql, values)
        for place, pk in cursor:
            found[places[place]].append(pk)
    return found


# Slips


def corrected(words: list[str]) -> Meanings:
    """What each word may have been meant for; empty if nothing can be put right."""
    if len(words) > MOST_WORDS:
        return []
    patterns = {word: _pattern(word) for word in words if _can_be_put_right(word)}
    if not patterns:
        return []
    near = reduce(or_, (_near(word) for word in patterns))
    known = Word.objects.filter(near).values_list("word", flat=True)
    known = set(known.distinct()[: CANDIDATES * len(patterns)])
    meanings = [
        _closest(word, patterns[word], known) if word in patterns else [word]
        for word in words
    ]
    return meanings if meanings != [[word] for word in words] else []


def _can_be_put_right(word: str) -> bool:
    return word.isalpha() and REMEMBERED <= len(word) <= LONGEST


def _near(word: str) -> Q:
    """Words on record one slip away have one half of the typed one, or its middle
    turned round; the pattern says of each whether it is so."""
    half = len(word) // 2
    if len(word) < SHORTEST:
        near = Q(word__in=[_swapped(word, place) for place in range(len(word) - 1)])
        near |= Q(word__startswith=word[:half])
    else:
        near = Q(word__startswith=word[:half]) | Q(word__contains=word[half:])
        near |= Q(word__startswith=_swapped(word, half - 1))
    return near & Q(word__regex=_pattern(word).pattern)


def _pattern(word: str) -> re.Pattern:
    return re.compile(f"^({'|'.join(slips(word))})")


def _closest(word: str, pattern: re.Pattern, known: set[str]) -> list[str]:
    meant = [each for each in known if pattern.match(each)]
    closest = difflib.get_close_matches(word, meant, n=MEANINGS, cutoff=0)
    return [word, *(each for each in closest if each != word)]


def _swapped(word: str, place: int) -> str:
    """The word with two neighbouring letters in each other's place."""
    return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"


def slips(word: str) -> list[str]:
    """What may have been meant, as patterns: two letters changed places, one is
    missing, too many, or wrong. A short word has at most one missing near its end."""
    letters = [re.escape(letter) for letter in word]
    places = range(len(letters))
    found = {"".join(letters)}
    for place in places[:-1]:
        found.add(re.escape(_swapped(word, place)))
    for place in places[2:] if len(letters) == SHORTEST - 1 else ():
        before, after = "".join(letters[:place]), "".join(letters[place:])
        found.add(f"{before}.{after}")
    if len(letters) >= SHORTEST:
        for place in places:
            before, after = "".join(letters[:place]), "".join(letters[place + 1 :])
            found.add(before + after)
            found.add(f"{before}.{letters[place]}{after}")
            if after:
                found.add(f"{before}.{after}")
    return sorted(found)
