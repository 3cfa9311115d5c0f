"""The text of an agreement in an office's own Word file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements.texts import services
from agreements.texts.composing import composed
from agreements.texts.fields import topic_of
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from tests.agreements.texts.files import runs_with
from tests.factories import AgreementFactory, PlanItemFactory, person
from tests.pokmas.papers.test_templates import word

pytestmark = pytest.mark.django_db
PAGE = reverse("partners:template_kind", args=["agreements.text"])
ROW = ["{{ pihak.sebutan }}", "{{ pihak.penanda_tangan }}"]


@pytest.fixture
def agreement():
    return AgreementFactory(subject="{{ nama_unit }} dan ${nomor_naskah}")


@pytest.fixture
def operator(agreement):
    return person(Role.UNIT_OPERATOR, agreement.office)


@pytest.fixture
def writer(sign_in, operator):
    return sign_in(operator)


def hand_in(writer, *paragraphs):
    content = word(*paragraphs, rows=[ROW])
    file = SimpleUploadedFile("kantor.docx", content, str(Document.Kind.DOCX))
    return writer.post(PAGE, {"file": file})


def test_a_file_without_the_pasal_is_not_taken(writer):
    answer = hand_in(writer, "Naskah {{ judul }}", "Isinya {{ pasal }} di sini")

    assert "Isian “{{ pasal }}” wajib ada" in answer.content.decode()


def test_the_pasal_stand_in_the_offices_own_file(writer, agreement, operator):
    hand_in(writer, "Naskah {{ judul }}", "{{ pembukaan }}", "{{ pasal }}")
    template = writer.get(PAGE).context["versions"][0]
    writer.post(reverse("partners:template_use", args=[template.pk]))

    version = services.make(agreement, by=operator)

    text = composed(agreement, agreement.office.today)
    assert version.content.articles == text.articles
    assert version.content.lead[0].text == f"Naskah {topic_of(agreement)}"
    assert version.sha256 == version.file.sha256
    # What people typed is not looked at again.
    (said,) = version.content.articles[1].lines
    assert said.endswith("meliputi {{ nama_unit }} dan ${nomor_naskah}.")


def test_the_plan_stands_behind_it_and_variables_stay_whole(
    writer, agreement, operator
):
    PlanItemFactory(agreement=agreement, note="di ${nomor_naskah}")
    hand_in(writer, "Nomor ${nomor_naskah}", "{{ pembukaan }}", "{{ pasal }}")
    template = writer.get(PAGE).context["versions"][0]
    writer.post(reverse("partners:template_use", args=[template.pk]))

    version = services.make(agreement, by=operator)

    text = composed(agreement, agreement.office.today)
    assert version.content.annex == text.annex
    assert version.content.articles == text.articles
    content = version.file.file.open().read()
    assert runs_with(content, "Nomor ${nomor") == ["Nomor ${nomor_naskah}"]
    assert runs_with(content, "NOMOR: $") == ["NOMOR: ${nomor_naskah}"]


def test_broken_and_hostile_fields_are_refused_by_name(writer):
    hostile = "{% include '/etc/passwd' %} {{ nama_mitra.password }}"

    said = hand_in(writer, "{{ pasal }}", "{{ rahasia }}", hostile).text

    assert not writer.get(PAGE).context["versions"]
    assert "rahasia" in said
    assert "nama_mitra.password" in said
    assert "include" in said


def test_the_page_is_reached_from_the_list_of_agreements(writer):
    assert PAGE in writer.get(reverse("agreements:index")).text
