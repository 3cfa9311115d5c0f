"""What must hold before a test runs: style, templates, words, migrations.

None of it needs a server, so that it is said within seconds.
"""

import subprocess
from pathlib import Path

from pokmas.launch.console import say, warn
from pokmas.launch.place import Place

# As Django wants to load; nothing answers there and nothing is asked.
NOWHERE = {
    "POKMAS_FIRST_LOOK": "1",
    "DJANGO_SETTINGS_MODULE": "pokmas.settings",
    "DATABASE_URL": "postgres://nobody@/nothing?host=/nowhere",
    "REDIS_URL": "unix:///nowhere",
    "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history",
}


def check(place: Place, settings: dict[str, str]) -> bool:
    """Run every check, say which ones fail; true if none does."""
    failed = [
        name
        for name, command in _commands(place)
        if not _holds(name, command, place.root, settings | NOWHERE)
    ]
    if failed:
        warn(f"\nBelum rapi: {', '.join(failed)}.")
    return not failed


def _commands(place: Place) -> list[tuple[str, list[str]]]:
    python, tools = str(place.python), place.python.parent
    templates = sorted(map(str, (place.root / "templates").rglob("*.html")))
    manage = [python, "-m", "django"]
    return [
        ("gaya kode", [str(tools / "ruff"), "check", "."]),
        ("bentuk kode", [str(tools / "ruff"), "format", "--check", "--quiet", "."]),
        (
            "templat",
            [str(tools / "djade"), "--check", "--target-version", "5.2", *templates],
        ),
        ("kata", [python, "-m", "tests.house.catalogue", "--check"]),
        ("migrasi", [*manage, "makemigrations", "--check", "--dry-run"]),
    ]


def _holds(name: str, command: list[str], folder: Path, settings) -> bool:
    done = subprocess.run(
        command, cwd=folder, env=settings, capture_output=True, text=True
    )
    say(f"  {name}: {'rapi' if done.returncode == 0 else 'belum'}")
    if done.returncode:
        warn((done.stdout + done.stderr).strip())
    return done.returncode == 0
