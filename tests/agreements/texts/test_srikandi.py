"""Blanks in the Word file that is discussed, variables in the one for SRIKANDI."""

import pytest
from django.urls import reverse

from agreements.texts.compare import compared, differing
from agreements.texts.composing import composed
from agreements.texts.srikandi import (
    lacking_in,
    restored,
    with_variables,
    without_variables,
)
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.documents.services import store
from pokmas.numbering.models import NumberTemplate
from tests.agreements.texts.factories import TextVersionFactory
from tests.agreements.texts.files import (
    Edited,
    runs_with,
    upload,
    what_it_says,
    word_file,
)
from tests.agreements.texts.test_reading import TEXT
from tests.factories import AgreementFactory, RepresentativeFactory, person

pytestmark = pytest.mark.usefixtures("emblem")


def discussed() -> Edited:
    return Edited(without_variables(word_file(TEXT)))


def made(agreement):
    """A version with a Word file of its own."""
    by = person(Role.UNIT_OPERATOR, agreement.office)
    file = store(upload(word_file(TEXT)), by=by, kinds=[Document.Kind.DOCX])
    more = {"file": file, "sha256": file.sha256, "text": TEXT.as_json()}
    return TextVersionFactory(agreement=agreement, created_by=by, **more)


def test_the_file_that_is_discussed_reads_as_the_pdf():
    content = word_file(TEXT)
    taken = without_variables(content)

    assert runs_with(taken, "$") == []
    assert taken == without_variables(content)
    assert restored(what_it_says(taken), TEXT) == TEXT


def test_they_stand_again_where_they_stood_each_in_one_run():
    content = word_file(TEXT)
    edited = discussed().replace("dua rangkap", "tiga rangkap").torn().saved()
    back = with_variables(edited, TEXT)

    assert runs_with(back, "$") == runs_with(content, "$")
    changed = differing(compared(TEXT, what_it_says(back)))
    assert [str(each) for each in changed] == ["Pasal 4 (diubah)"]
    assert lacking_in(restored(what_it_says(edited), TEXT), TEXT) == []


def test_a_blank_that_somebody_filled_is_told():
    text = what_it_says(discussed().replace("NOMOR: …", "NOMOR: B-12 …").saved())

    assert lacking_in(restored(text, TEXT), TEXT) == ["${nomor_naskah}"]


@pytest.mark.django_db
def test_date_number_and_annex_of_a_made_text_find_their_places():
    text = composed(AgreementFactory(), AgreementFactory().office.today)
    content = word_file(text)

    back = with_variables(without_variables(content), text)

    assert runs_with(back, "${") == runs_with(content, "${")


@pytest.mark.django_db
def test_each_takes_the_file_that_is_for_him(sign_in):
    agreement = AgreementFactory(status="ready_to_sign")
    office = agreement.office
    NumberTemplate.objects.create(
        office=office, kind="agreement", source="srikandi", valid_from=office.today
    )
    version = made(agreement)
    word, other = (
        reverse(f"agreements:text_{name}", args=[version.pk])
        for name in ("word", "srikandi")
    )
    partner = sign_in(RepresentativeFactory(partner=agreement.partner).user)

    plain = b"".join(partner.get(word).streaming_content)
    assert runs_with(plain, "$") == []
    assert partner.get(other).status_code == 403
    operator = sign_in(person(Role.UNIT_OPERATOR, office))
    assert other in operator.get(version.get_absolute_url()).text
    full = b"".join(operator.get(other).streaming_content)
    assert "${nomor_naskah}" in "".join(runs_with(full, "$"))


@pytest.mark.django_db
def test_the_very_file_that_was_taken_is_no_next_version(sign_in):
    agreement = AgreementFactory(status="discussion")
    version = made(agreement)
    operator = sign_in(person(Role.UNIT_OPERATOR, agreement.office))
    word = reverse("agreements:text_word", args=[version.pk])
    taken = b"".join(operator.get(word).streaming_content)

    page = operator.post(
        reverse("agreements:upload_text", args=[agreement.pk]),
        {"base": version.pk, "note": "", "file": upload(taken)},
    )

    assert "sama persis" in str(page.context["form"].errors["file"])
