"""What the code says, floor by floor, against what its English catalogue says.

python3 manage.py lint                                  says what differs
python3 manage.py run python -m tests.house.catalogue   writes it down
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import django
import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

from tests.house.plan import FLOORS

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# Context, singular, plural; empty where there is none.
Message = tuple[str, str, str]


@cache
def spoken() -> dict[Message, str]:
    """Every message of the code and the lowest floor that says it."""
    found: dict[Message, str] = {}
    for floor in FLOORS:
        for path in sources(floor):
            for message in messages_of(path):
                found.setdefault(message, floor)
    # An entry with a plural serves who asks for its singular alone.
    for context, singular, plural in list(found):
        if plural:
            found.pop((context, singular, ""), None)
    return found


def sources(floor: str) -> Iterator[Path]:
    for path in sorted((ROOT / floor).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"} and floor_of(path) == floor:
            yield path


def floor_of(template: Path) -> str:
    """What belongs to no floor above is the ground floor's."""
    name = template.relative_to(ROOT / "templates").parts[0]
    return name if name in FLOORS else FLOORS[0]


def messages_of(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # As Django has it read: the words in the form of Python, all else blotted out.
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.strip() for line in lines)
    for _line, words, _notes, context in extract(
        "python", BytesIO(text.encode()), keywords=KEYWORDS
    ):
        several = isinstance(words, tuple)
        yield context or "", words[0] if several else words, words[1] if several else ""


def catalogue(floor: str) -> Path:
    return ROOT / floor / "locale" / "en" / "LC_MESSAGES" / "django.po"


def key_of(entry: polib.POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def differences() -> list[str]:
    """What is said and not written, written and not said, or not translated."""
    said = defaultdict(set)
    for message, floor in spoken().items():
        said[floor].add(message)
    wrong = []
    for floor in FLOORS:
        entries = {
            key_of(entry): entry for entry in polib.pofile(str(catalogue(floor)))
        }
        wrong += [f"{floor}: lacks {each[1]!r}" for each in said[floor] - set(entries)]
        wrong += [f"{floor}: unsaid {each[1]!r}" for each in set(entries) - said[floor]]
        wrong += [
            f"{floor}: untranslated {entry.msgid!r}"
            for entry in entries.values()
            if not entry.translated()
        ]
    return sorted(wrong)


def bring_up_to_date() -> None:
    """Move, add and take out entries; translations that are there stay, wherever."""
    known = {}
    for floor in FLOORS:
        for entry in polib.pofile(str(catalogue(floor))):
            known.setdefault(key_of(entry), entry)
    for floor in FLOORS:
        path = catalogue(floor)
        old = polib.pofile(str(path))
        new = polib.POFile(wrapwidth=78)
        new.header, new.metadata = old.header, old.metadata
        for message, at in spoken().items():
            if at == floor:
                new.append(known.get(message) or new_entry(*message))
        new.save(str(path))


def new_entry(context: str, singular: str, plural: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=singular, msgctxt=context or None)
    if plural:
        entry.msgid_plural, entry.msgstr_plural = plural, {0: "", 1: ""}
    return entry


if __name__ == "__main__":
    django.setup()  # templates are read with its settings
    if "--check" in sys.argv:
        found = differences()
        print("\n".join(found))  # noqa: T201
        sys.exit(bool(found))
    bring_up_to_date()
