"""Whoever reads the code finds in this repository what it points to."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BESIDE = {".git", ".venv", "var", "vendor", "__pycache__"}
READ = {".py", ".html", ".md", ".css", ".js", ".txt", ".toml", ".yml", ".sh"}
PAPER = re.compile(r"\b[\w-]+\.md\b")


def files():
    """Those of the project, without what was installed or made beside them."""
    for folder, inside, names in os.walk(ROOT):
        inside[:] = set(inside) - BESIDE
        yield from (Path(folder, name) for name in names)


def test_every_paper_that_is_named_is_here():
    found = list(files())
    here = {path.name for path in found}
    named = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in found
        if path.suffix in READ and path != Path(__file__)
        for name in PAPER.findall(path.read_text(encoding="utf-8"))
        if name not in here
    }

    assert named == set()
