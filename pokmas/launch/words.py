"""See that the words are compiled: git keeps .po files, Django reads .mo files."""

import subprocess

from pokmas.launch.console import LaunchError
from pokmas.launch.place import Place


def ensure(place: Place) -> None:
    """Compile the catalogues that are newer than what was made of them."""
    written = place.root.glob("*/locale/*/LC_MESSAGES/django.po")
    if not any(_is_stale(path, path.with_suffix(".mo")) for path in written):
        return
    done = subprocess.run(
        [str(place.python), "-m", "pokmas.words.catalogues"],
        cwd=place.root,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise LaunchError(f"Kata-kata tidak dapat disusun: {done.stderr.strip()}")


def _is_stale(written, compiled) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < written.stat().st_mtime
