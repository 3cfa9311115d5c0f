"""Finding what was meant: by every word, else with a wrong letter in each of them."""

import re
from functools import reduce
from operator import and_

from django.db.models import Q, QuerySet

# Shorter words lie one letter apart anyway; more and longer ones nobody types.
SHORTEST, LONGEST, MOST = 5, 20, 6


def cleaned(text: str) -> str:
    return " ".join(text.upper().replace("\0", " ").split())


def forgiving(rows: QuerySet, text: str, field: str, *, also: Q | None = None):
    """Rows whose `field` (in capitals, with a trigram index) holds the words of `text`.

    `also` are other ways to be found. Only if nothing is found are typing errors
    forgiven, so that who types well is not shown what he does not look for. It costs
    one short query, three if there is nothing at all.
    """
    words = text.split()
    exact = reduce(and_, (Q(**{f"{field}__contains": word}) for word in words))
    tries = [exact | also if also else exact]
    if len(words) <= MOST and all(len(word) <= LONGEST for word in words):
        patterns = ("|".join(slips(word)) for word in words)
        near = (Q(**{f"{field}__regex": pattern}) for pattern in patterns)
        tries.append(reduce(and_, near))
    tries.append(Q(**{f"{field}__trigram_word_similar": text}))
    found = rows.none()
    for condition in tries:
        found = rows.filter(condition)
        if found.exists():
            break
    return found


def slips(word: str) -> list[str]:
    """What may have been meant: two letters changed places, one is missing, too many,
    or wrong. As patterns, for the index reads those and no distances."""
    letters = [re.escape(letter) for letter in word]
    places = range(len(letters))
    found = {"".join(letters)}
    for place in places[:-1]:
        first, second = letters[place : place + 2]
        found.add("".join([*letters[:place], second, first, *letters[place + 2 :]]))
    if len(letters) >= SHORTEST:
        for place in places:
            before, after = "".join(letters[:place]), "".join(letters[place + 1 :])
            found.add(before + after)
            if before:
                found.add(f"{before}.{letters[place]}{after}")
            if before and after:
                found.add(f"{before}.{after}")
    return sorted(found)
