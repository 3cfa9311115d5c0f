"""Pages of papers as pictures: drawn apart, kept privately, handed out in scope."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from pokmas.accounts.roles import Role
from pokmas.documents import drawer, pictures, sandbox, services
from pokmas.documents.models import Document
from tests.factories import UnitFactory, UserFactory, person
from tests.pokmas.documents import corpus
from tests.pokmas.documents.corpus import upload
from tests.pokmas.documents.factories import DocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def paper(unit):
    content = corpus.pdf(pages=3)
    return DocumentFactory(
        owner=unit, name="Akta.pdf", pages=3, file__data=content, size=len(content)
    )


@pytest.fixture
def reader(unit):
    return person(Role.UNIT_OPERATOR, unit)


def picture_url(paper, number, zoom=1):
    return reverse("documents:page", args=[paper.pk, number, zoom])


@pytest.mark.parametrize(("zoom", "width"), [(1, 900), (2, 1800)])
def test_a_page_is_drawn_as_wide_as_asked(sign_in, paper, reader, zoom, width):
    response = sign_in(reader).get(picture_url(paper, 2, zoom))

    picture = Image.open(io.BytesIO(response.content))
    assert (picture.format, picture.width // 10) == ("JPEG", width // 10)
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Cache-Control"] == "private, max-age=3600"


def test_a_page_is_drawn_once(sign_in, paper, reader):
    client = sign_in(reader)
    first = client.get(picture_url(paper, 1)).content
    default_storage.delete(paper.file.name)

    assert client.get(picture_url(paper, 1)).content == first


@pytest.mark.parametrize(("number", "zoom"), [(0, 1), (4, 1), (1, 0), (1, 9)])
def test_there_are_only_the_pages_of_the_file(sign_in, paper, reader, number, zoom):
    assert sign_in(reader).get(picture_url(paper, number, zoom)).status_code == 404


def test_a_paper_in_quarantine_is_not_drawn(sign_in, paper, reader):
    Document.objects.filter(pk=paper.pk).update(scan=Document.Scan.WAITING)

    assert sign_in(reader).get(picture_url(paper, 1)).status_code == 404
    page = sign_in(reader).get(paper.get_view_url()).content.decode()
    assert "Menunggu pemindaian" in page


def test_a_stranger_from_another_office_sees_no_page(sign_in, paper):
    client = sign_in(person(Role.UNIT_OPERATOR))

    found = [client.get(u).status_code for u in (picture_url(paper, 1), view(paper))]

    assert found == [404, 404]


def view(paper):
    return paper.get_view_url()


def test_a_file_that_cannot_be_drawn_is_said_so_and_can_still_be_opened(
    sign_in, unit, reader
):
    paper = services.store(upload("a.pdf", corpus.pdf()), by=UserFactory(), owner=unit)
    default_storage.delete(paper.file.name)
    default_storage.save(paper.file.name, ContentFile(b"%PDF-1.4 torn"))

    assert sign_in(reader).get(picture_url(paper, 1)).status_code == 503
    page = sign_in(reader).get(view(paper)).content.decode()
    assert paper.get_absolute_url() in page


def test_plain_links_lead_through_pages_and_files(sign_in, unit, paper, reader):
    other = services.store(
        upload("Foto.jpg", corpus.jpeg()), by=UserFactory(), owner=unit
    )
    client = sign_in(reader)

    first = client.get(view(paper)).content.decode()
    last = client.get(view(paper), {"page": "3", "zoom": "2"}).content.decode()
    photo = client.get(view(other)).content.decode()

    assert 'href="?page=2&amp;zoom=1" rel="next"' in first
    assert 'href="?page=2&amp;zoom=2" rel="prev"' in last
    assert f'href="{view(other)}" rel="next"' in last
    assert f'<img src="{other.get_absolute_url()}"' in photo


@pytest.mark.parametrize("asked", ["", "0", "99", "x", "9" * 400, "-1"])
def test_an_odd_page_number_shows_a_page_all_the_same(sign_in, paper, reader, asked):
    response = sign_in(reader).get(view(paper), {"page": asked})

    assert response.status_code == 200
    assert 1 <= response.context["number"] <= 3


def test_only_our_own_pages_may_frame_a_paper(sign_in, paper, reader):
    response = sign_in(reader).get(view(paper))

    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_who_draws_can_do_little_else(tmp_path):
    (tmp_path / "upload").write_bytes(corpus.pdf())

    answer = sandbox.run(
        drawer.__name__, str(tmp_path), "1", "900", seconds=drawer.SECONDS
    )

    assert answer["attempts"] == []
    assert answer["megabytes"] < drawer.MEGABYTES


def test_a_page_of_a_file_that_is_gone_is_not_found(sign_in, paper, reader):
    default_storage.delete(paper.file.name)

    response = sign_in(reader).get(
        picture_url(paper, 1), headers={"Sec-Fetch-Dest": "image"}
    )

    assert (response.status_code, response["Content-Type"]) == (404, "image/svg+xml")
    assert "Gambar sudah tidak ada" in response.text


@pytest.mark.true_hour
def test_pictures_of_yesterday_are_swept(paper):
    now = timezone.now()
    pictures.page(paper, 1, 1)

    removed = [pictures.sweep(now + timedelta(hours=hours)) for hours in (1, 25, 26)]

    assert removed == [0, 1, 0]
