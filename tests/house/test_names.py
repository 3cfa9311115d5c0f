"""A button or page that a text sends people to is called so somewhere."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings

from pokmas.words import catalogues

HELP = sorted(Path(settings.BASE_DIR, "docs/bantuan").glob("*.md"))
BOLD = re.compile(r"\*\*([A-Z][^*]*)\*\*")
WAY = re.compile(r"[Bb]uka ([A-Z]\w[^→,.]* → .+?)(?:,| dan |\.|$)")
SENT = re.compile(r"\b(?:tekan|pilih|buka|lewat) (?:tombol )?“([^”%{]+)”", re.I)
# Of the programmes of others.
ELSEWHERE = {"Tambah", "Paling Kompatibel", "Cetak", "Simpan sebagai"}


@cache
def texts() -> set[str]:
    """All that the pages say; each has its English."""
    found = set()
    for path in catalogues.written():
        for entry in polib.pofile(str(path)):
            found |= {entry.msgid, entry.msgid_plural}
    return found - {""}


@cache
def names() -> set[str]:
    scripts = Path(settings.BASE_DIR, "static/js").glob("*.js")
    said = set(re.findall(r'"([^"\n]+)"', "\n".join(map(Path.read_text, scripts))))
    return {text[:1].upper() + text[1:] for text in texts() | said | ELSEWHERE}


@pytest.mark.parametrize("path", HELP, ids=lambda path: path.stem)
def test_help_names_what_there_is(path):
    named = {" ".join(name.split()) for name in BOLD.findall(path.read_text())}

    assert named - names() == set()


def test_texts_name_what_there_is():
    said = [" ".join(text.split()) for text in texts()]
    ways = [way for text in said for way in WAY.findall(text)]
    sent = {name for text in said for name in SENT.findall(text)}

    assert ways
    assert {name for way in ways for name in way.split(" → ")} | sent <= names()
