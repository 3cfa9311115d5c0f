"""The English catalogues: whole, compiled, and shown to who chose the language."""

import gettext

import polib
import pytest
from django.urls import reverse
from django.utils import translation

from partners.models import Field
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.words import catalogues
from tests.factories import person
from tests.house.catalogue import differences


def test_the_catalogues_say_what_the_code_says_and_nothing_else():
    assert differences() == []


@pytest.mark.parametrize("path", catalogues.written(), ids=str)
def test_what_is_compiled_is_what_is_written(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    differing = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if not entry.msgid_plural
        and not entry.msgctxt
        and compiled.gettext(entry.msgid) != entry.msgstr
    ]

    assert differing == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("accounts:index", "Accounts"),
        ("offices:index", "Offices"),
        ("partners:index", "Partners"),
        ("partners:group_index", "Groups"),
        ("agreements:index", "Agreements"),
    ],
)
def test_a_list_is_called_by_many_things_also_in_english(sign_in, page, title):
    client = sign_in(person(Role.HEADQUARTERS))
    client.post(reverse("set_language"), {"language": "en"})

    text = client.get(reverse(page)).text

    assert f"<title>{title} – Pokmas</title>" in text
    assert f"{title}</a></li>" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("id", "Periksa dokumen"), ("en", "Check a document")]
)
def test_who_chose_a_language_reads_it(client, language, words):
    client.post(reverse("set_language"), {"language": language})

    page = client.get(reverse("documents:check")).content.decode()

    assert f'<html lang="{language}"' in page
    assert words in page


@pytest.mark.django_db
def test_what_the_portal_began_with_is_read_in_english_and_what_was_added_as_written(
    client,
):
    Field.objects.get_or_create(name="Sosial")
    Field.objects.create(name="Perikanan Laut")
    with translation.override("en"):
        names = {str(row) for row in Field.objects.all()}

    assert {"Social affairs", "Perikanan Laut"} <= names


@pytest.mark.django_db
def test_the_consent_text_is_read_in_english_and_says_which_one_counts(client):
    client.post(reverse("set_language"), {"language": "en"})

    page = client.get(reverse("accounts:consent_text", args=["account"]))

    assert "you agree to the Indonesian text" in page.content.decode()


@pytest.mark.django_db
def test_the_trail_keeps_its_language_whoever_acts():
    field, _made = Field.objects.get_or_create(name="Sosial")
    with translation.override("en"):
        entry = Entry.record(None, "field.changed", field)

    assert entry.label == "Sosial"
