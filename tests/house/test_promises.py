"""What help pages and texts promise exists: as words on a page, as steps."""

import re
from pathlib import Path

import pytest

from agreements.models import Agreement
from partners.models import Volunteer
from pokmas.documents.models import IssuedDocument
from tests.house import catalogue

ROOT = Path(__file__).resolve().parents[2]
HELP = sorted((ROOT / "docs" / "bantuan").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*")


def plain(words: str) -> str:
    return words.strip(" .?:").casefold()


def said() -> set[str]:
    """Everything the portal says, in its pages and in its scripts."""
    script = "".join(each.read_text() for each in (ROOT / "static" / "js").glob("*.js"))
    texts = [message[1] for message in catalogue.spoken()]
    return {plain(text) for text in [*texts, *re.findall(r'"([^"\n]+)"', script)]}


@pytest.mark.parametrize("page", HELP, ids=lambda path: path.stem)
def test_what_a_help_page_names_in_bold_stands_on_a_page(page):
    known = said()

    unknown = [
        words for words in BOLD.findall(page.read_text()) if plain(words) not in known
    ]

    assert unknown == []


RENEWED, AGREEMENT = r"\b(memper|diper|per)panjang", r"\b(kerja sama|PKS)\b"
# Deeds that a text may promise only once there is a step for them.
DEEDS = {
    rf"{RENEWED}[^.]*{AGREEMENT}|{AGREEMENT}[^.]*{RENEWED}": lambda: (
        "renew" in steps_of(Agreement)
    ),
    RENEWED: lambda: "renew" in steps_of(Volunteer),
    r"\bsertifikat\b": lambda: hasattr(IssuedDocument, "certificate"),
    r"\bkartu (anggota|mitra|tanda)": lambda: hasattr(IssuedDocument, "card"),
    r"\bberanda Kanwil\b": lambda: False,
}


def steps_of(model) -> set[str]:
    return {step.name for step in model.STEPS}


@pytest.mark.parametrize("deed", DEEDS)
def test_no_text_promises_what_no_step_does(deed):
    if DEEDS[deed]():
        return
    texts = [message[1] for message in catalogue.spoken()]
    texts += [page.read_text() for page in HELP]

    assert [text for text in texts if re.search(deed, text, re.I)] == []
