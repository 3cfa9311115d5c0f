"""The benchmarks are run seldom, by hand: none breaks unseen when the house moves."""

import ast
import runpy
import sys
from importlib import import_module
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"
FILES = sorted(FOLDER.glob("*.py"))
PROGRAMS = [path for path in FILES if "ArgumentParser" in path.read_text()]
# Others, openpyxl say, may be missing where a benchmark is not run.
OURS = {"pokmas", "partners", "agreements", "outreach", "reports", "tests"}
OURS |= {path.stem for path in FILES}


@pytest.fixture(autouse=True)
def beside(monkeypatch):
    """They import each other by name, as if started in their folder."""
    monkeypatch.syspath_prepend(FOLDER)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_benchmark_starts_and_says_how_it_is_called(path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", [path.name, "--help"])

    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(path), run_name="__main__")

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: {path.name}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_benchmark_imports_is_there(path):
    """Also what it imports only when it comes to need it."""
    missing = [
        f"{module}.{name}" for module, name in imported(path) if not there(module, name)
    ]

    assert missing == []


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            found = [(node.module, each.name) for each in node.names]
        elif isinstance(node, ast.Import):
            found = [(each.name, "") for each in node.names]
        else:
            continue
        yield from (pair for pair in found if pair[0].partition(".")[0] in OURS)


def there(module: str, name: str) -> bool:
    try:
        return (
            not name or hasattr(import_module(module), name) or is_module(module, name)
        )
    except ImportError:
        return False


def is_module(package: str, name: str) -> bool:
    return bool(import_module(f"{package}.{name}"))
