"""A list that somebody typed: line by line, or one behind the other."""

import re
import string

# How people begin the lines of a list that they type.
MARK = re.compile(r"\s*(?:[-•*–]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
END = " .;,"


def items_of(text: str) -> list[str]:
    """What stands in each line, without its mark and what ends it."""
    found = []
    for line in text.splitlines():
        found += map(_bare, _parted(line))
    return [each for each in found if each]


def within(text: str) -> str:
    """As a part of another sentence: without its own full stop and capital."""
    text = text.strip().rstrip(END)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def joined(text: str) -> str:
    """All of it as a part of one sentence."""
    return _row([within(each) for each in items_of(text)])


def ended(items: list[str]) -> list[str]:
    """Each as a line of one list, with what ends it."""
    *first, last = items
    if not first:
        return [f"{last}."]
    *first, second = first
    return [*(f"{each};" for each in first), f"{second}; dan", f"{last}."]


def _bare(item: str) -> str:
    item = item.strip()
    if found := MARK.match(item):
        item = item[found.end() :]
    item = item.rstrip(END)
    before = item.removesuffix("dan").rstrip()
    return before.rstrip(END) if before.endswith((";", ",")) else item


def _row(items: list[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    *first, last = items
    return f"{'; '.join(first)}; dan {last}"


def _parted(line: str) -> list[str]:
    """The items of "a. … b. …", whose marks follow one another."""
    line = line.strip()
    for marks in (string.ascii_lowercase, [str(number) for number in range(1, 30)]):
        places = []
        for mark in marks:
            start = places[-1] + 1 if places else 0
            found = re.compile(rf"(?:^|(?<=\s))\(?{mark}[.)]\s+").search(line, start)
            if found is None or (not places and found.start() > 0):
                break
            places.append(found.start())
        if len(places) > 1:
            ends = [*places[1:], len(line)]
            return [line[one:end] for one, end in zip(places, ends, strict=True)]
    return [line]
