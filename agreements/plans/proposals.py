"""Where there is no plan yet, its first rows: what the text of the agreement names."""

import re

from agreements.plans.activities import ACTIVITIES
from agreements.register.models import Agreement
from pokmas.words.language import in_readers_words

MOST = 4
# What a text of any agreement says.
COMMON = {"kegiatan", "bantuan", "layanan", "sosial", "publik", "kelompok"}
WORD = re.compile(r"[a-z]{6,}")


def proposed(agreement: Agreement) -> list[str]:
    """The codes of the types of activity that its form and its matter speak of."""
    said = _words(f"{agreement.form} {agreement.subject}")
    named = (
        (code, _words(in_readers_words(name))) for code, name in ACTIVITIES.types()
    )
    return [code for code, words in named if words & said][:MOST]


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower())) - COMMON
