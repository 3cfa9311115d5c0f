"""The catalogues of words, compiled: `python -m pokmas.words.catalogues`.

Indonesian stands in the code; each floor has its English in locale/en, and the ground
floor the Indonesian of what comes with Django. Git keeps what people write (.po), the
launcher and the image make of it what Django reads (.mo).
"""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]


def written() -> list[Path]:
    """Every catalogue of the house."""
    return sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django.po"))


def is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


def compile_stale() -> None:
    """Compile what is new; a reader beside it sees the old one or the new one."""
    for path in filter(is_stale, written()):
        compiled = path.with_suffix(".mo")
        part = compiled.with_suffix(".new")
        polib.pofile(str(path)).save_as_mofile(str(part))
        part.replace(compiled)


if __name__ == "__main__":
    compile_stale()
