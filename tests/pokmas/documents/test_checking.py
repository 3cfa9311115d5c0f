import io
import os
import random
import re
from datetime import date

import pypdf
import pytest
import time_machine
from django.urls import reverse

from pokmas.documents import checking, services
from pokmas.documents.models import IssuedDocument
from pokmas.papers import printing
from pokmas.papers.blocks import Content, Title
from pokmas.papers.kinds import PAPERS
from tests.factories import UnitFactory, UserFactory
from tests.pokmas.documents import corpus
from tests.pokmas.documents.factories import IssuedDocumentFactory

Status = IssuedDocument.Status
pytestmark = pytest.mark.django_db
CHECK = "/documents/check/"


def _issued(**fields):
    """A sealed document with its code in it, as the real ones have."""
    issued = IssuedDocumentFactory(
        office=UnitFactory(name="Bapas Kelas II Kupang"),
        **{"holder": "Pokmas Kasih", "number": "W.22-17", "title": "Laporan Mei"}
        | fields,
    )
    rendered = printing.pdf_of(Content([Title("Laporan")]), issued, made_by=None)
    services.seal(issued, rendered.content, rendered.pages)
    return issued


def _valid(**fields):
    issued = _issued(**fields)
    services.approve(issued, by=UserFactory())
    return issued


def _words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def _send(client, content, name="dokumen.pdf"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(CHECK, {"file": file})


# By code


def test_the_check_page_says_what_is_public_and_nothing_else(client):
    issued = _valid(valid_until=date(2099, 12, 31), issued_on=date(2026, 11, 21))

    response = client.get(f"/v/{issued.code}/")

    words = _words(response)
    assert response.status_code == 200
    for fact in (
        "Dokumen ini sah",
        "W.22-17",
        "Pokmas Kasih",
        "Bapas Kelas II Kupang",
        "21 November 2026 sampai 31 Desember 2099",
        issued.sha256,
    ):
        assert fact in words
    what = ["Laporan Mei", "Pokmas Kasih", "W.22-17", issued.code, issued.sha256]
    assert sorted(what, key=words.index) == what  # what it is, before how to prove it
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda issued, by: None, "Dokumen ini belum disahkan"),
        (
            lambda issued, by: services.withdraw(issued, by=by, reason="Salah ketik"),
            "Dokumen ini sudah ditarik",
        ),
        (
            lambda issued, by: services.replace(issued, by=by),
            "Dokumen ini sudah digantikan",
        ),
    ],
)
def test_the_check_page_says_the_state(client, act, words):
    issued = _issued()
    act(issued, UserFactory())

    said = _words(client.get(issued.get_check_url()))

    assert words in said
    assert "Salah ketik" not in said


def test_what_was_replaced_before_it_was_valid_is_not_said_to_be_in_force(client):
    issued = _issued(number="", issued_on=date(2026, 11, 21))
    services.replace(issued)

    said = _words(client.get(issued.get_check_url()))

    assert "Diterbitkan 21 November 2026" in said
    assert "Berlaku" not in said
    assert "tanpa batas waktu" not in said
    assert "Nomor" not in said


def test_the_file_is_compared_where_the_result_by_code_says_so(client):
    page = client.get(_valid().get_check_url(), follow=True).text

    assert "bandingkan juga berkas PDF-nya" in page
    assert 'type="file"' in page


def test_the_check_page_says_when_the_validity_is_over(client):
    issued = _valid(issued_on=date(2025, 1, 1), valid_until=date(2025, 12, 31))

    with time_machine.travel("2025-12-31 12:00+07:00"):
        assert "Dokumen ini sah" in _words(client.get(issued.get_check_url()))
    with time_machine.travel("2026-01-01 12:00+07:00"):
        assert "Masa berlaku dokumen ini habis" in _words(
            client.get(issued.get_check_url())
        )


@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        "  {lower} ",
        "{bare}",
        "{spaced}",
        "http://testserver/v/{code}/",
        "testserver/v/{lower}",
    ],
)
def test_a_code_is_understood_however_it_is_typed(client, typed):
    issued = _valid()
    code = issued.code
    text = typed.format(
        code=code,
        lower=code.lower(),
        bare=code.replace("-", ""),
        spaced=code.replace("-", " "),
    )

    response = client.get(CHECK, {"code": text}, follow=True)

    assert "Dokumen ini sah" in _words(response)
    assert response.request["PATH_INFO"] == f"/documents/check/{code}/"


@pytest.mark.parametrize("typed", ["", "ABC", "7KQM-2XVD-9TR0", "7KQM-2XVD-9TRB-X"])
def test_what_cannot_be_a_code_is_explained_beside_the_field(client, typed):
    response = client.get(CHECK, {"code": typed})

    assert response.status_code == 200
    assert "Kesalahan" in response.content.decode()


@pytest.mark.parametrize("code", ["7KQM-2XVD-9TRB", "apa-saja", "'--"])
def test_an_unknown_code_gets_a_helpful_404(client, code):
    response = client.get(f"/documents/check/{code}/")

    assert response.status_code == 404
    assert "Kode tidak dikenal" in _words(response)
    assert "Hubungi unit" in _words(response)
    assert "Nomor pendaftaran mitra juga" in _words(response)


def test_a_document_whose_file_is_not_made_yet_is_unknown(client):
    issued = IssuedDocumentFactory()

    assert client.get(issued.get_check_url()).status_code == 404


def test_the_form_of_the_check_page_needs_neither_sign_in_nor_javascript(client):
    page = client.get(CHECK).content.decode()

    assert 'action="/documents/check/"' in page
    assert 'type="file"' in page
    assert "noindex" in page


@pytest.mark.usefixtures("stopped_clock")
def test_too_many_codes_from_one_address_are_put_off(client):
    answers = [client.get("/v/7KQM-2XVD-9TRB/").status_code for _time in range(31)]
    other = client.get("/v/7KQM-2XVD-9TRB/", REMOTE_ADDR="10.0.0.9").status_code

    assert answers == [404] * 30 + [429]
    assert other == 404


# By file


def test_the_unaltered_file_is_recognised(client):
    issued = _valid()

    words = _words(_send(client, issued.file.read()))

    assert "Berkas asli, tidak diubah" in words
    assert "Pokmas Kasih" in words


def test_the_unaltered_file_of_a_withdrawn_document_is_said_to_be_withdrawn(client):
    issued = _valid()
    services.withdraw(issued, by=UserFactory(), reason="x")

    words = _words(_send(client, issued.file.read()))

    assert "Dokumen ini sudah ditarik" in words
    assert "sama persis" in words


def test_every_changed_byte_is_detected():
    issued = _valid()
    content = issued.file.read()
    rng = random.Random(34)
    places = rng.sample(range(len(content)), 100)

    results = []
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 1 << rng.randrange(8)
        verdict = checking.examine(corpus.upload("a.pdf", bytes(changed)))
        results.append((verdict.result, verdict.issued))

    assert [r for r, _issued in results if r == checking.Result.ORIGINAL] == []
    altered = (checking.Result.ALTERED, issued)
    assert results.count(altered) >= 99


def test_a_file_saved_anew_is_told_from_the_original_by_its_printed_code(client):
    """Another program rewrote it: no byte is the same, the text is."""
    issued = _valid()
    writer = pypdf.PdfWriter()
    for page in pypdf.PdfReader(io.BytesIO(issued.file.read())).pages:
        writer.add_page(page)
    output = io.BytesIO()
    writer.write(output)
    assert issued.code.encode() not in output.getvalue()

    words = _words(_send(client, output.getvalue()))

    assert "Berkas ini bukan berkas aslinya" in words
    assert "W.22-17" in words


def test_a_foreign_file_is_said_to_be_unknown_and_is_not_stored(client, settings):
    response = _send(client, corpus.pdf())

    assert "Berkas ini tidak dikenal" in _words(response)
    assert not any(names for *_path, names in os.walk(settings.MEDIA_ROOT))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (corpus.jpeg(), "a.jpg", "Yang diterima: PDF"),
        (corpus.HTML, "a.pdf", "Yang diterima: PDF"),
        (b"", "a.pdf", "kosong (0 bita)"),
    ],
)
def test_what_is_no_pdf_is_refused_in_words(client, content, name, words):
    response = _send(client, content, name)

    assert response.status_code == 422
    assert words in _words(response)


def test_no_file_at_all_is_refused_in_words(client):
    assert "Pilih berkas PDF dahulu" in _words(client.post(CHECK))


@pytest.mark.parametrize("what", ["a locked PDF", "an empty PDF", "half a PDF"])
def test_a_broken_file_is_said_to_be_unknown(client, what):
    _name, content, _declared, _reason = corpus.HOSTILE[what]

    assert "tidak dikenal" in _words(_send(client, content))


@pytest.mark.usefixtures("stopped_clock")
def test_too_many_files_from_one_address_are_put_off(client):
    answers = [_send(client, b"x", "a.txt").status_code for _time in range(11)]

    assert answers == [422] * 10 + [429]


def test_the_address_in_the_qr_is_the_one_of_the_setting(settings):
    settings.BASE_URL = "https://pokmas.contoh.go.id"
    issued = IssuedDocumentFactory()

    assert issued.check_address == f"https://pokmas.contoh.go.id/v/{issued.code}/"
    assert reverse("documents:check") == CHECK


def test_the_check_page_names_what_each_kind_of_paper_is(client):
    kinds = [paper for paper in PAPERS.values() if not paper.is_draft]
    assert {"reports.monthly", "agreements.extract"} <= set(PAPERS)
    for place, paper in enumerate(kinds):
        issued = IssuedDocumentFactory(
            kind=paper.kind, title=f"Judul {place}", period="Oktober 2026"
        )
        services.seal(issued, corpus.pdf(), 1)
        services.approve(issued, by=UserFactory())

        words = _words(client.get(f"/v/{issued.code}/"))

        label = str(paper.label)
        said = f"Judul {place} Oktober 2026", f"Jenis dokumen {label}"
        assert [each for each in (*said, "Periode Oktober 2026") if each in words] == [
            *said,
            "Periode Oktober 2026",
        ]
