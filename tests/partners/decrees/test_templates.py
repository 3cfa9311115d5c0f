"""The Word files of an office, from the upload to the paper that follows them."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx.oxml.ns import qn

from partners.models import WordTemplate
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document, IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.jobs.models import Job
from tests.factories import (
    CommunityGroupFactory,
    GroupMembershipFactory,
    PostFactory,
    UnitFactory,
    person,
)
from tests.pokmas.papers.test_templates import word

pytestmark = pytest.mark.django_db
KIND = "partners.decree"
PAGE = reverse("partners:template_kind", args=[KIND])
GOOD = {
    "paragraphs": ["SK tentang {{ nama_kelompok }}", "{{ menimbang }}", "{{ diktum }}"],
    "rows": [["{{ anggota.nomor }}", "{{ anggota.nama }}"]],
}


def upload(*paragraphs, rows=(), name="templat.docx"):
    content = word(*paragraphs, rows=rows)
    return SimpleUploadedFile(name, content, str(Document.Kind.DOCX))


def good(name="templat.docx"):
    return upload(*GOOD["paragraphs"], rows=GOOD["rows"], name=name)


@pytest.fixture
def head():
    return person(Role.UNIT_HEAD)


@pytest.fixture
def client(sign_in, head):
    return sign_in(head)


def stored(client, use=True):
    client.post(PAGE, {"file": good()})
    template = WordTemplate.objects.latest("pk")
    if use:
        client.post(reverse("partners:template_use", args=[template.pk]))
    return template


def texts(content):
    body = docx.Document(io.BytesIO(content)).element.body
    return [
        "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    ]


def test_the_page_names_every_field_with_an_example(client):
    page = client.get(PAGE).content.decode()

    for name in ("{{ nama_kelompok }}", "{{ anggota.alamat }}", "{{ diktum }}"):
        assert f"<code>{name}</code>" in page
    assert "Pokmas Lipas Oebobo Mandiri" in page


def test_versions_are_kept_and_one_is_used(client):
    first, second = stored(client), stored(client)

    rows = WordTemplate.objects.order_by("version")
    assert list(rows.values_list("version", "is_in_use")) == [(1, False), (2, True)]
    assert (first.office, second.kind) == (second.office, KIND)
    listed = client.get(reverse("partners:templates")).content.decode()
    assert "templat.docx, versi 2" in listed


def test_the_office_goes_back_to_the_portals_own(client):
    template = stored(client)

    client.post(reverse("partners:template_put_aside", args=[template.pk]))

    assert not WordTemplate.objects.filter(is_in_use=True).exists()
    assert "Bawaan portal" in client.get(reverse("partners:templates")).content.decode()


def test_a_file_with_faults_is_not_kept_and_each_is_named(client):
    response = client.post(
        PAGE, {"file": upload("{{ nama_klompok }}", ["{{ bi", "dang }}"], "{% if x %}")}
    )

    errors = response.context["form"].errors["file"]
    assert [error.partition(" (")[0] for error in errors] == [
        "Isi, paragraf 1",
        "Isi, paragraf 2",
        "Isi, paragraf 3",
    ]
    assert not WordTemplate.objects.exists()


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.docx", b"bukan apa-apa", str(Document.Kind.DOCX)),
        SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf"),
    ],
)
def test_what_is_no_word_file_is_refused(client, file):
    response = client.post(PAGE, {"file": file})

    assert set(response.context["form"].errors) == {"file"}


def test_a_preview_is_filled_from_a_group_of_the_office(client, head):
    group = CommunityGroupFactory(office=head.acting.office, name="Pokmas {{ bidang }}")
    GroupMembershipFactory(group=group, partner__name="Mitra {{ 7*7 }} ${x}")
    CommunityGroupFactory(name="Pokmas Tetangga")
    template = stored(client, use=False)

    response = client.get(reverse("partners:template_preview", args=[template.pk]))

    said = texts(response.content)
    assert "SK tentang Pokmas {{ bidang }}" in said
    assert "Mitra {{ 7*7 }} ${x}" in said
    assert any(text.startswith("a. bahwa untuk") for text in said)


def test_without_a_group_there_is_no_preview_but_a_reason(client):
    template = stored(client, use=False)

    response = client.get(
        reverse("partners:template_preview", args=[template.pk]), follow=True
    )

    assert "Belum ada kelompok untuk pratinjau" in response.content.decode()


@pytest.mark.printing
@pytest.mark.parametrize("at_post", [False, True])
def test_the_word_file_follows_the_template_and_the_page_says_so(
    client, head, sign_in, at_post
):
    unit = head.acting.office
    template = stored(client)
    office = PostFactory(parent=unit) if at_post else unit
    group = CommunityGroupFactory(office=office, status="assessed", name="Pokmas Uji")
    GroupMembershipFactory(group=group, partner__name="Yayasan Uji")

    asked = client.post(reverse("papers:ask", args=[KIND, group.pk]))
    jobs.run(Job.objects.get(kind=KIND).pk)

    issued = IssuedDocument.objects.get()
    with issued.word.open() as file:
        said = texts(file.read())
    assert "SK tentang Pokmas Uji" in said
    assert "Yayasan Uji" in said
    page = client.get(asked.url).content.decode()
    assert f"mengikuti templat kantor (versi {template.version})" in page


@pytest.mark.printing
def test_another_office_keeps_the_portals_own(client, sign_in):
    stored(client)
    group = CommunityGroupFactory(status="assessed")
    other = sign_in(person(Role.UNIT_HEAD, group.office))

    asked = other.post(reverse("papers:ask", args=[KIND, group.pk]))
    jobs.run(Job.objects.get(kind=KIND).pk)

    with IssuedDocument.objects.get().word.open() as file:
        assert "Menimbang" in texts(file.read())
    assert "mengikuti templat kantor" not in other.get(asked.url).content.decode()


@pytest.mark.parametrize("name", ["template_use", "template_put_aside"])
def test_a_template_of_another_office_is_not_found(client, sign_in, name):
    template = stored(client)
    stranger = sign_in(person(Role.UNIT_HEAD, UnitFactory()))

    assert (
        stranger.post(reverse(f"partners:{name}", args=[template.pk])).status_code
        == 404
    )
    preview = reverse("partners:template_preview", args=[template.pk])
    assert stranger.get(preview).status_code == 404
    assert stranger.get(template.file.get_absolute_url()).status_code == 404


def test_a_kind_that_takes_no_template_is_not_found(client):
    url = reverse("partners:template_kind", args=["reports.monthly"])

    assert client.get(url).status_code == 404
