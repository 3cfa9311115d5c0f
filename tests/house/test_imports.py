"""The floor plan, read from the source: imports point down.

Between the floors: reports → outreach → agreements → partners → pokmas, and within a
floor along the order of its rooms.

Within pokmas there are three storeys. Facts (models and whatever models import) know
facts of the apps before them. Verbs (services, tasks) know all facts, and verbs of the
apps before them. Pages (forms, filters, views, template tags) know all of these. So an
office's services may write an audit entry, though entries know offices.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.house.plan import FLOORS, ROOMS

ROOT = Path(__file__).resolve().parents[2]
# The apps of the ground floor, for its facts and verbs.
ORDER = ["offices", "audit", "accounts", "jobs", "documents", "notices", "health"]
FACTS, VERBS, PAGES = range(3)
PAGE_ROOMS = {"charts", "forms", "front", "search", "steps"}
PAGE_MODULES = {
    *("adapter", "context", "entrance", "filters", "finds", "forms", "reference"),
    *("steps", "templatetags", "trail", "urls", "views", "whatsapp"),
}
# Where the framework wants an import inside a function: apps.ready(), and tasks, which
# services import.
INSIDE_FUNCTIONS = {"apps", "tasks"}


@dataclass(frozen=True)
class Import:
    importer: str
    target: str
    line: int
    inside: bool

    def __str__(self):
        return f"{self.importer}:{self.line} imports {self.target}"


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by its name; migrations aside, which are generated."""
    found = {}
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                name = ".".join(parts).removesuffix(".__init__")
                found[name] = path
    return found


@cache
def imports() -> list[Import]:
    """Every import of one module of ours by another."""
    found = []
    for name, path in modules().items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            node
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
        }
        for node in ast.walk(tree):
            for target in _targets(node):
                found.append(Import(name, target, node.lineno, node in inside))
    return found


def _targets(node) -> set[str]:
    if isinstance(node, ast.Import):
        names = {alias.name for alias in node.names}
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        names = {f"{node.module}.{alias.name}" for alias in node.names}
    else:
        return set()
    return {owner for name in names if (owner := _module_of(name))}


def _module_of(name: str) -> str | None:
    """The module of ours that holds `name`, itself perhaps a module."""
    while name:
        if name in modules():
            return name
        name = name.rpartition(".")[0]
    return None


def floor(module: str) -> str:
    return module.partition(".")[0]


def app(module: str) -> str:
    """`offices` for pokmas.offices.models; "" for what all apps share."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ORDER else ""


@cache
def facts() -> frozenset[str]:
    """The models of the ground floor and whatever they import."""
    follows = defaultdict(set)
    for each in imports():
        if not each.inside:
            follows[each.importer].add(each.target)
    found, waiting = (
        set(),
        [
            name
            for name in modules()
            if floor(name) == "pokmas" and "models" in name.split(".")
        ],
    )
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += follows[name]
    return frozenset(found)


def storey(module: str) -> int:
    if module in facts():
        return FACTS
    parts = module.split(".")
    page = (parts[1:2] and parts[1] in PAGE_ROOMS) or PAGE_MODULES & set(parts[2:])
    return PAGES if page or parts[-1].endswith("urls") else VERBS


def told(wrong: list[Import]) -> str:
    return "\n".join(map(str, wrong))


def test_the_reader_sees_the_house():
    assert len(modules()) > 60
    assert len(imports()) > 200
    assert {"pokmas.offices.models", "pokmas.records.guarded"} < facts()


def test_floors_import_downwards():
    wrong = [
        each
        for each in imports()
        if FLOORS.index(floor(each.importer)) < FLOORS.index(floor(each.target))
    ]

    assert not wrong, told(wrong)


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS[parts[0]] else ""


def test_every_folder_of_a_floor_has_its_place_in_the_plan():
    common = {"migrations", "management", "locale"}
    for name in FLOORS:
        folders = {each.name for each in (ROOT / name).iterdir() if each.is_dir()}
        assert folders - common - {"__pycache__"} == set(ROOMS[name])


@pytest.mark.parametrize("name", FLOORS[1:])
def test_rooms_import_downwards(name):
    order = ROOMS[name]
    wrong = [
        each
        for each in imports()
        if floor(each.importer) == floor(each.target) == name
        if not each.inside and room(each.importer) and room(each.target)
        if order.index(room(each.importer)) < order.index(room(each.target))
    ]

    assert not wrong, told(wrong)


def test_facts_know_no_verbs_and_verbs_no_pages():
    wrong = [
        each
        for each in imports()
        if floor(each.importer) == floor(each.target) == "pokmas"
        if not each.inside
        if storey(each.importer) < storey(each.target)
    ]

    assert not wrong, told(wrong)


@pytest.mark.parametrize("level", [FACTS, VERBS])
def test_apps_of_the_ground_floor_import_downwards(level):
    wrong = [
        each
        for each in imports()
        if not each.inside
        if storey(each.importer) == storey(each.target) == level
        if app(each.importer) and app(each.target)
        if ORDER.index(app(each.importer)) < ORDER.index(app(each.target))
    ]

    assert not wrong, told(wrong)


def test_nobody_imports_the_views_of_another_app():
    wrong = [
        each
        for each in imports()
        if "views" in each.target.split(".")
        if (floor(each.importer), app(each.importer))
        != (floor(each.target), app(each.target))
    ]

    assert not wrong, told(wrong)


def test_settings_and_addresses_name_the_apps_as_strings():
    front_door = {"pokmas.front.views"}
    wrong = [
        each
        for each in imports()
        if each.importer in {"pokmas.settings", "pokmas.urls"}
        if each.target not in front_door
    ]

    assert not wrong, told(wrong)


def test_an_import_inside_a_function_says_why():
    """Only tasks and apps may do it without a word; else a comment gives the reason."""
    wrong = []
    for each in imports():
        name = each.importer.rpartition(".")[2]
        if each.inside and name not in INSIDE_FUNCTIONS:
            lines = modules()[each.importer].read_text(encoding="utf-8").splitlines()
            line, above = lines[each.line - 1], lines[each.line - 2].strip()
            if "#" not in line and not above.startswith("#"):
                wrong.append(each)

    assert not wrong, told(wrong)


def test_the_launcher_imports_nothing_of_the_portal():
    """It runs before anything is installed."""
    wrong = [
        each
        for each in imports()
        if each.importer.startswith("pokmas.launch")
        if not each.target.startswith("pokmas.launch") and each.target != "pokmas"
    ]

    assert not wrong, told(wrong)
