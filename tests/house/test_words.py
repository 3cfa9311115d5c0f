"""What people read is Indonesian, also where the words come from the code."""

import re
from functools import cache
from html import unescape

import polib
import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from pokmas.audit.phrases import has_words
from pokmas.words import catalogues
from tests.house.test_pages import ORDER, pages
from tests.house.test_walk import undone

PLACE = re.compile(r"%\(\w+\)[sd]|{\w*}")
UNSEEN = re.compile(r"<(script|style|code)\b.*?</\1>|<[^>]+>|https?://\S+", re.S)
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
FLOORS = {"pokmas", "partners", "agreements", "outreach", "reports"}


def words(text: str) -> set[str]:
    return set(WORD.findall(PLACE.sub(" ", text).lower()))


@cache
def english() -> set[str]:
    """Words of the English catalogues that no Indonesian text of ours has."""
    ours, theirs = set(), set()
    for path in catalogues.written():
        if path.parts[-3] != "en":
            continue
        for entry in polib.pofile(str(path)):
            ours |= words(entry.msgid + " " + entry.msgid_plural)
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                theirs |= words(text)
    return {word for word in theirs - ours if len(word) > 2}


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.parametrize("role", ORDER)
def test_no_page_speaks_english_to_who_did_not_ask_for_it(sign_in, world, role):
    user = world.people[role]
    client = sign_in(user)
    found = {}
    for name, access in pages(role):
        url = reverse(name, args=[world.find(each, user) for each in access.on])
        with undone(client):
            response = client.get(url)
        if response.streaming or "html" not in response.headers["Content-Type"]:
            continue
        text = unescape(UNSEEN.sub(" ", response.text))
        if foreign := words(text) & english():
            found[name] = sorted(foreign)
    assert found == {}


def test_everything_that_tells_its_history_has_a_name_people_use():
    nameless = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in FLOORS | {"accounts", "offices", "documents"}
        and getattr(model, "pgh_event_models", None)
        and not has_words(model)
    ]

    assert nameless == []


def test_no_word_of_ours_is_one_that_others_translate_into_indonesian():
    """Above a column of numbers "No" would read "Tidak"."""
    with translation.override("id"):
        other = {
            entry.msgid: said
            for path in catalogues.written()
            if path.parts[-3] == "en"
            for entry in polib.pofile(str(path))
            if entry.msgid and (said := translation.gettext(entry.msgid)) != entry.msgid
            if not entry.msgctxt
        }
    assert other == {}
