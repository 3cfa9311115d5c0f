"""What the rooms say for the tests of the whole house, each in a file `house.py`.

ACCESS    route → who gets in, with which methods, about which records (access.py)
WORDS     arguments of an address that are no record
COMMON    records that are the same for everybody, whatever the office
OWN       name → function of a user that gives a record of his own
rows      function of the world that gives one record of each kind, by name
VARIANTS  name → function of the world that gives such records at every status
MARKED    name → the columns that nobody of another region may read
ANSWERS   field → what a rule asks for beyond the kind of the field; None: anything
TYPED     field → the text around what somebody types, where not any text fits
AT        route → answers that fit there only, by field; `score_*` means each such one;
          an answer may be a function, for what only the rows tell
QUERY     route → function that gives what its address asks, where it shows nothing
          without
CLOSED    routes that no guessed answers get through
NOT_SHOWN routes that no browser shows as a page: files, and pieces of pages
LATER     route → what its form asks once something else was chosen
PAPERS    kind of paper → function of the world, and of a text for whatever people
          type, that gives the record which such a paper is about

A route that no room declares fails test_walk.py.
"""

from collections.abc import Iterable
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode

from tests.house.plan import ROOMS

TESTS = Path(__file__).resolve().parents[1]


def collect() -> list[ModuleType]:
    """The `house.py` of every room, those below first."""
    return [
        import_module(f"tests.{floor}.{room}.house")
        for floor, rooms in ROOMS.items()
        for room in rooms
        if (TESTS / floor / room / "house.py").exists()
    ]


def models(*others: str) -> list[type[Model]]:
    """The models of our apps and of these of others; the history aside."""
    ours = [
        config.label
        for config in apps.get_app_configs()
        if config.name.partition(".")[0] in ROOMS
    ]
    return [
        model
        for label in sorted({*ours, *others})
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model")
    ]


def table(name: str) -> dict:
    """What all rooms say under this name; no room takes the word of another."""
    merged = {}
    for room in collect():
        said = getattr(room, name, {})
        assert not merged.keys() & said.keys(), f"{room.__name__}: {name} said twice"
        merged |= said
    return merged


def names(name: str) -> set:
    return set().union(*(getattr(room, name, ()) for room in collect()))


ACCESS = table("ACCESS")
WORDS = table("WORDS")
OWN = table("OWN")
VARIANTS = table("VARIANTS")
MARKED = table("MARKED")
ANSWERS = table("ANSWERS")
TYPED = table("TYPED")
AT = table("AT")
QUERY = table("QUERY")
LATER = table("LATER")
PAPERS = table("PAPERS")
COMMON = names("COMMON")
CLOSED = names("CLOSED")
NOT_SHOWN = names("NOT_SHOWN")
# Pages that exist in development and at a first look only.
DEVELOPMENT_ONLY = {"styleguide"}


def said_at(name: str, asked: Iterable[str]) -> dict[str, str]:
    """What fits at this route only, of the fields that it asks for."""
    fixed = AT.get(name, {})
    plain = {field: said for field, said in fixed.items() if "*" not in field}
    patterns = fixed.keys() - plain.keys()
    found = {
        field: fixed[pattern]
        for field in asked
        for pattern in patterns
        if fnmatch(field, pattern)
    }
    return {field: _now(said) for field, said in (plain | found).items()}


def _now(said):
    return said() if callable(said) else said


def address(name: str, arguments: Iterable) -> str:
    """Of a page where there is something to ask."""
    url = reverse(name, args=arguments)
    return f"{url}?{urlencode(QUERY[name]())}" if name in QUERY else url
