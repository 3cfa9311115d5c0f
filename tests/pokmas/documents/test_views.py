import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from pokmas.accounts.roles import Role
from pokmas.documents import belonging, services
from pokmas.documents.models import Document
from tests.factories import UnitFactory, UserFactory, person
from tests.pokmas.documents import corpus
from tests.pokmas.documents.corpus import upload
from tests.pokmas.documents.factories import DocumentFactory, IssuedDocumentFactory

Scan = Document.Scan
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


def _read(response):
    return b"".join(response.streaming_content)


# Who may download


def test_whoever_sees_the_owner_downloads_its_file(sign_in):
    unit = UnitFactory()
    document = services.store(
        upload("SK Pokmas.pdf", corpus.pdf()), by=UserFactory(), owner=unit
    )
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    response = client.get(document.get_absolute_url())

    assert response.status_code == 200
    assert _read(response) == corpus.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="SK Pokmas.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("view", ["download", "thumbnail", "issued"])
def test_a_stranger_from_another_office_gets_404(sign_in, view):
    unit = UnitFactory()
    document = services.store(
        upload("a.jpg", corpus.jpeg()), by=UserFactory(), owner=unit
    )
    issued = IssuedDocumentFactory(office=unit)
    services.seal(issued, b"%PDF", pages=1)
    url = {
        "download": document.get_absolute_url(),
        "thumbnail": document.get_thumbnail_url(),
        "issued": issued.get_absolute_url(),
    }[view]

    strangers = [Role.UNIT_OPERATOR, Role.REGIONAL_ADMIN, Role.PARTNER, Role.VOLUNTEER]
    seen = [sign_in(person(role)).get(url).status_code for role in strangers]

    assert seen == [404] * 4
    assert sign_in(person(Role.UNIT_HEAD, unit)).get(url).status_code == 200
    assert sign_in(person(Role.REGIONAL_ADMIN, unit.region)).get(url).status_code == 200


def test_nobody_downloads_without_signing_in(client):
    document = DocumentFactory(owner=UnitFactory())

    response = client.get(document.get_absolute_url())

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_a_kept_file_is_seen_by_its_uploader_only(sign_in):
    uploader = person(Role.UNIT_OPERATOR)
    document = services.store(upload("a.pdf", corpus.pdf()), by=uploader)
    url = document.get_absolute_url()

    assert sign_in(uploader).get(url).status_code == 200
    assert sign_in(person(Role.HEADQUARTERS)).get(url).status_code == 404


def test_who_acts_for_no_office_sees_no_owned_file(sign_in):
    document = DocumentFactory(owner=UnitFactory())

    assert sign_in(UserFactory()).get(document.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("scan", "status", "words"),
    [
        (Scan.WAITING, 409, "sedang diperiksa"),
        (Scan.INFECTED, 410, "menemukan virus"),
    ],
)
def test_a_file_in_quarantine_is_explained_instead(sign_in, scan, status, words):
    user = person(Role.UNIT_OPERATOR)
    document = DocumentFactory(uploaded_by=user, scan=scan)

    response = sign_in(user).get(document.get_absolute_url())

    assert response.status_code == status
    assert words in response.content.decode()


def test_a_picture_in_quarantine_has_no_thumbnail(sign_in):
    user = person(Role.UNIT_OPERATOR)
    document = services.store(upload("a.jpg", corpus.jpeg()), by=user)
    Document.objects.update(scan=Scan.WAITING)

    assert sign_in(user).get(document.get_thumbnail_url()).status_code == 404


def test_a_picture_is_shown_in_place_and_has_a_light_thumbnail(sign_in):
    user = person(Role.UNIT_OPERATOR)
    picture = corpus.jpeg((1600, 1200), noisy=True)
    document = services.store(upload("Foto 1.jpg", picture), by=user)
    client = sign_in(user)

    whole = client.get(document.get_absolute_url())
    small = client.get(document.get_thumbnail_url())

    content = _read(small)
    assert whole["Content-Disposition"] == 'inline; filename="Foto 1.jpg"'
    assert whole["Content-Type"] == "image/jpeg"
    assert max(Image.open(io.BytesIO(content)).size) == 320
    assert len(content) < 40_000
    assert small["Cache-Control"] == "private, max-age=3600"


def test_an_issued_document_opens_in_the_browser(sign_in):
    unit = UnitFactory()
    issued = IssuedDocumentFactory(office=unit, title="Laporan Oktober")
    services.seal(issued, b"%PDF-1.7", pages=1)

    response = sign_in(person(Role.UNIT_HEAD, unit)).get(issued.get_absolute_url())

    assert _read(response) == b"%PDF-1.7"
    name = f"Laporan Oktober {issued.code}.pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_a_file_is_offered_under_a_name_that_every_system_takes(sign_in):
    unit = UnitFactory()
    issued = IssuedDocumentFactory(office=unit, title='Ringkasan: "PKS" 1/2026')
    services.seal(issued, b"%PDF-1.7", pages=1)

    response = sign_in(person(Role.UNIT_HEAD, unit)).get(issued.get_absolute_url())

    name = f"Ringkasan - PKS - 1 - 2026 {issued.code}.pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'


def test_an_issued_document_without_file_is_not_found(sign_in):
    unit = UnitFactory()
    issued = IssuedDocumentFactory(office=unit)

    client = sign_in(person(Role.UNIT_HEAD, unit))

    assert client.get(issued.get_absolute_url()).status_code == 404


def test_a_file_gone_from_the_storage_is_not_found_and_said_so(sign_in):
    user = person(Role.UNIT_OPERATOR)
    document = DocumentFactory(uploaded_by=user)
    document.file.storage.delete(document.file.name)

    response = sign_in(user).get(document.get_absolute_url())

    assert response.status_code == 404
    assert "tidak ada lagi di penyimpanan" in response.text


def test_where_the_store_is_another_one_no_file_is_said_to_be_gone(sign_in):
    user = person(Role.UNIT_OPERATOR)
    document = DocumentFactory(uploaded_by=user)
    belonging.check()
    for name in (document.file.name, belonging.NAME):
        default_storage.delete(name)

    response = sign_in(user).get(document.get_absolute_url())

    assert response.status_code == 503
    assert "bukan milik portal ini" in response.text


def test_a_photo_tells_in_its_place_that_it_is_gone(sign_in):
    user = person(Role.UNIT_OPERATOR)
    photo = services.store(upload("a.jpg", corpus.jpeg()), by=user)
    default_storage.delete(photo.thumbnail.name)

    response = sign_in(user).get(
        photo.get_thumbnail_url(), headers={"Accept": "image/webp,*/*"}
    )

    assert (response.status_code, response["Content-Type"]) == (404, "image/svg+xml")
    assert "Gambar sudah tidak ada" in response.text


@pytest.mark.parametrize(
    ("asked", "said", "part"),
    [
        ("bytes=4-", "bytes 4-9/10", b"efghij"),
        ("bytes=2-4", "bytes 2-4/10", b"cde"),
        ("bytes=8-99", "bytes 8-9/10", b"ij"),
        ("bytes=-3", "bytes 7-9/10", b"hij"),
    ],
)
def test_a_download_that_broke_off_goes_on_where_it_was(sign_in, asked, said, part):
    unit = UnitFactory()
    issued = IssuedDocumentFactory(office=unit)
    services.seal(issued, b"abcdefghij", pages=1)
    client = sign_in(person(Role.UNIT_HEAD, unit))
    address = issued.get_absolute_url()

    tag = client.get(address)["ETag"]
    response = client.get(address, headers={"Range": asked, "If-Range": tag})

    assert (response.status_code, _read(response)) == (206, part)
    assert response["Content-Range"] == said
    assert response["Content-Length"] == str(len(part))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Range": "bytes=10-"}, 416),
        ({"Range": "bytes=5-2"}, 416),
        ({"Range": "bytes=-"}, 200),
        ({"Range": "bytes=0-1,4-5"}, 200),
        ({"Range": "lines=1-2"}, 200),
        ({"Range": "bytes=4-", "If-Range": '"another"'}, 200),
    ],
)
def test_what_is_no_part_of_a_file_gets_the_whole_or_a_refusal(
    sign_in, headers, status
):
    unit = UnitFactory()
    issued = IssuedDocumentFactory(office=unit)
    services.seal(issued, b"abcdefghij", pages=1)

    client = sign_in(person(Role.UNIT_HEAD, unit))
    response = client.get(issued.get_absolute_url(), headers=headers)

    assert response.status_code == status


# Too much at once


def test_a_request_of_200_mb_is_refused_in_words_before_it_is_read(client):
    class Unread(io.BytesIO):
        def read(self, *_size):
            raise AssertionError("the body was read")

    response = client.generic(
        "POST",
        reverse("documents:check"),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
        **{"wsgi.input": Unread()},
    )

    text = response.content.decode()
    assert response.status_code == 413
    assert "Kiriman terlalu besar" in text
    assert "200,0 MB, sedangkan halaman ini membandingkan berkas sampai 25,0 MB" in text
    assert "10,0 MB" not in text


def test_of_a_file_too_large_only_a_part_is_kept_and_its_true_size_is_said(
    client, settings
):
    settings.MAX_UPLOAD_BYTES = 10 * 1024 * 1024
    large = io.BytesIO(b"%PDF-1.7" + b"x" * (30 * 1024 * 1024))
    large.name = "besar.pdf"

    response = client.post(reverse("documents:check"), {"file": large})

    assert response.status_code == 422
    words = "30,0 MB, sedangkan halaman ini membandingkan berkas sampai 25,0 MB"
    assert words in response.content.decode()
