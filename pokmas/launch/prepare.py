"""Run inside `.venv`: what Django has to do before the portal may be opened.

One process for all of it, because starting Django takes longer than most of the steps.
"""

import io
import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from pokmas.launch.console import step


def main(logins: Path) -> None:
    django.setup()
    if not sys.stdin.read():  # the servers did not start
        return
    quietly("Memperbarui susunan basis data", "migrate", "--no-input")
    if not settings.FIRST_LOOK:
        quietly("Memeriksa setelan", "check", "--database", "default")
    quietly("Memuat kantor dan wilayah", "load_offices")
    if settings.FIRST_LOOK:
        quietly("Menyiapkan data contoh", "demo", "--if-empty")
    collect_static()
    logins.write_text(printed("demo", "--logins") if settings.FIRST_LOOK else "")


def collect_static() -> None:
    """Compressing takes seconds, so it is left out while no file has changed."""
    files = [
        (name, stored.size(name), stored.get_modified_time(name).isoformat())
        for finder in get_finders()
        for name, stored in finder.list([])
    ]
    seen = Path(settings.DATA_DIR) / "run" / "static.json"
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    content = json.dumps([settings.STATIC_ROOT, files])
    if seen.exists() and seen.read_text() == content and collected.exists():
        return
    quietly("Mengumpulkan berkas tampilan", "collectstatic", "--no-input")
    seen.write_text(content)


def quietly(text: str, *command: str) -> None:
    with step(text):
        printed(*command)


def printed(*command: str) -> str:
    output = io.StringIO()
    console = sys.stdout
    with redirect_stdout(output):
        try:
            call_command(*command)
        except BaseException:
            console.write(f"\n{output.getvalue()}")
            raise
    return output.getvalue()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokmas.settings")
    try:
        main(Path(sys.argv[1]))
    except (ImproperlyConfigured, CommandError, DatabaseError) as error:
        sys.exit(f"  {error}")
    except KeyboardInterrupt:
        sys.exit(130)
