"""The English catalogue: whole, compiled, and shown to who chose it."""

import ast
import gettext
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

FOLDER = Path(settings.BASE_DIR, "pokmas/locale/en/LC_MESSAGES")


def entries():
    """Each entry of the catalogue as {keyword: text}."""
    for block in (FOLDER / "django.po").read_text().split("\n\n"):
        entry, keyword = {}, ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if not line.startswith('"'):
                keyword, line = line.split(" ", 1)
                entry[keyword] = ""
            entry[keyword] += ast.literal_eval(line)
        if entry.get("msgid"):
            yield entry


def test_every_entry_is_translated():
    lacking = [
        entry["msgid"]
        for entry in entries()
        if not all(text for name, text in entry.items() if name.startswith("msgstr"))
    ]

    assert lacking == []


def test_what_is_compiled_is_what_is_written():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    differing = [
        entry["msgid"]
        for entry in entries()
        if "msgid_plural" not in entry
        and "msgctxt" not in entry
        and compiled.gettext(entry["msgid"]) != entry["msgstr"]
    ]

    assert differing == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("id", "Periksa dokumen"), ("en", "Check a document")]
)
def test_who_chose_a_language_reads_it(client, language, words):
    client.post(reverse("set_language"), {"language": language})

    page = client.get(reverse("documents:check")).content.decode()

    assert f'<html lang="{language}"' in page
    assert words in page
