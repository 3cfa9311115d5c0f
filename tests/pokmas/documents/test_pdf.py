import io
import re
import socket
import subprocess
import sys
import threading

import pypdf
import pypdfium2
import pytest
import time_machine
import zxingcpp

from pokmas.documents import pdf, sandbox, services
from pokmas.documents.models import Document
from pokmas.documents.pdf import PdfFailed, PdfUnavailable
from pokmas.jobs.services import JobFailed
from pokmas.papers import printing
from pokmas.papers.blocks import Column, Content, Items, Paragraph, Table, Title
from tests.factories import UnitFactory, UserFactory
from tests.pokmas.documents import corpus, paper
from tests.pokmas.documents.attacks import INJECTIONS, SSRF
from tests.pokmas.documents.corpus import upload
from tests.pokmas.documents.factories import DocumentFactory, IssuedDocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.printing]
EDGE = 15 / 25.4 * 72  # nothing is printed nearer to the edge of the paper


def _photos(count=6):
    return [services.store(upload("a.jpg", corpus.jpeg()), by=UserFactory())] * count


def _unit():
    return UnitFactory(
        name="Bapas Kelas II Kupang",
        address="Jalan Uji Nomor 1, Kupang",
        phone="+62380123456",
        email="bapas@contoh.test",
        zone="Asia/Makassar",
    )


def _render(issued=None, *, made_by=None, **content):
    issued = issued or IssuedDocumentFactory(office=_unit())
    rendered = printing.pdf_of(paper.content(**content), issued, made_by=made_by)
    return rendered, pypdf.PdfReader(io.BytesIO(rendered.content))


def _text(reader, pages=slice(None)):
    text = " ".join(page.extract_text() for page in reader.pages[pages])
    return re.sub(r"\s+", " ", text)


# What an official paper needs


def test_a_paper_has_letterhead_period_numbers_signature_and_code():
    issued = IssuedDocumentFactory(office=_unit())
    operator = UserFactory(full_name="Operator Uji")

    with time_machine.travel("2026-11-21 06:30Z"):
        rendered, reader = _render(issued, made_by=operator, tables=3, photos=_photos())

    first, last = _text(reader, slice(0, 1)), _text(reader, slice(-1, None))
    count = len(reader.pages)
    assert rendered.pages == count
    assert rendered.notes == ()
    assert "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA" in first
    assert "BALAI PEMASYARAKATAN KELAS II KUPANG" in first
    assert "Telepon +62 380 123456" in first
    assert "Laporan Kegiatan Bulan Oktober 2026" in first
    assert "a.n. Kepala Kantor Wilayah" in last
    assert "NIP 19800101 200501 1 001" in last
    assert "Dibuat 21 November 2026, 14.30 WITA atas permintaan Operator Uji" in last
    for number in range(1, count + 1):
        text = _text(reader, slice(number - 1, number))
        assert f"Halaman {number} dari {count}" in text
        assert f"Kode {issued.code}" in text


def test_a_paper_bears_the_name_that_its_office_had_on_the_day_of_issue():
    issued = IssuedDocumentFactory(office=_unit())
    issued.office.name = "Bapas Kelas I Kupang"
    issued.office.save()

    _rendered, reader = _render(issued, tables=0)

    assert "BALAI PEMASYARAKATAN KELAS II KUPANG" in _text(reader)
    assert "KELAS I KUPANG" not in _text(reader)


def _widest(content):
    """How far to the right anything is drawn on any page, in points."""
    pages = pypdfium2.PdfDocument(content)
    return max(
        page.get_textpage().get_charbox(place)[2]
        for page in pages
        for place in range(page.get_textpage().count_chars())
    )


def test_300_characters_without_a_blank_stay_inside_the_page():
    long = "Panjang" * 43
    unit = UnitFactory(name=f"Bapas {long}"[:120], address=long[:250])
    issued = IssuedDocumentFactory(office=unit, title=long[:200])

    rendered, _reader = _render(issued, texts=[long], tables=1, rows=2)

    width = pypdfium2.PdfDocument(rendered.content)[0].get_width()
    assert _widest(rendered.content) <= width - EDGE


def test_arabic_check_marks_and_signs_are_printed_in_a_font_of_ours():
    text = "Pesantren بسم الله ✓ hadir ☑ lengkap • butir → lanjut"

    _rendered, reader = _render(texts=[text], tables=1, rows=1)

    fonts = {
        font["/BaseFont"].partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert "DejaVuSans" in fonts
    assert [sign for sign in "✓☑•→" if sign not in _text(reader)] == []


def test_the_qr_on_the_last_page_leads_to_the_check_page(client):
    issued = IssuedDocumentFactory(office=_unit())

    rendered, _reader = _render(issued, tables=1)
    services.seal(issued, rendered.content, rendered.pages)

    page = pypdfium2.PdfDocument(rendered.content)[rendered.pages - 1]
    (found,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert found.text == f"http://testserver/v/{issued.code}/"
    assert client.get(found.text.removeprefix("http://testserver")).status_code == 200


def test_a_paper_is_tagged_titled_and_says_its_language():
    issued = IssuedDocumentFactory(office=_unit(), title="Laporan Oktober")

    _rendered, reader = _render(issued, tables=1, photos=_photos(1))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Laporan Oktober"
    metadata = root["/Metadata"].get_object()
    assert "/Filter" not in metadata
    assert b"<pdfuaid:part>1<" in metadata.get_data()
    assert b"<pdfaid:part>3<" in metadata.get_data()
    assert {"/H1", "/Table", "/TH", "/Figure"} <= set(_tags(root["/StructTreeRoot"]))


def _tags(node):
    node = node.get_object()
    if isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        yield from _tags(node.get("/K", pypdf.generic.ArrayObject()))
    elif isinstance(node, list):
        for part in node:
            yield from _tags(part)


def test_only_our_own_fonts_are_used_and_all_are_embedded():
    _rendered, reader = _render(tables=1)

    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            inner = font["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            fonts[font["/BaseFont"]] = "/FontFile2" in descriptor
    assert {name.partition("+")[2] for name in fonts} == {"Arimo-Regular", "Arimo-Bold"}
    assert all(fonts.values())


def test_a_chart_is_drawn_and_its_table_printed():
    _rendered, reader = _render(tables=0)

    assert "Pembinaan kemandirian 18" in _text(reader)


def test_a_photo_in_quarantine_is_left_out():
    photo = services.store(upload("a.jpg", corpus.jpeg()), by=UserFactory())
    photo.scan = Document.Scan.WAITING

    _rendered, reader = _render(tables=0, photos=[photo])

    assert sum(len(page.images) for page in reader.pages) == 0


def test_a_file_that_is_no_picture_is_left_out():
    _rendered, reader = _render(tables=0, photos=[DocumentFactory()])

    assert sum(len(page.images) for page in reader.pages) == 0


# What people type does no harm


class Listener:
    """Counts who connects; the payloads point at it."""

    def __enter__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.server.getsockname()[1]}"
        self.connections = 0
        threading.Thread(target=self._count, daemon=True).start()
        return self

    def _count(self):
        while True:
            try:
                connection, _address = self.server.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def __exit__(self, *_error):
        self.server.close()


def _attacked_office(texts):
    return UnitFactory(
        name=texts[0][:110],
        address=texts[1][:240],
        phone=texts[2][:30],
        email=texts[3][:200],
        website=texts[4][:200],
    )


@pytest.mark.exhaustive
def test_60_payloads_in_every_text_field_reach_nothing():
    """No connection, no file read, no attachment."""
    assert len(SSRF) == 60
    with Listener() as listener:
        texts = [text.format(listener.address) for text in SSRF]
        issued = IssuedDocumentFactory(
            office=_attacked_office(texts), title=texts[5][:190], holder=texts[6][:190]
        )
        rendered, reader = _render(
            issued, texts=texts, tables=1, rows=60, photos=_photos()
        )

    assert (listener.connections, rendered.notes) == (0, ())
    assert reader.attachments == {}
    assert b"/EmbeddedFile" not in rendered.content
    assert "root:x:0" not in _text(reader)
    printed = "".join(_text(reader).split())
    assert [t for t in texts if "".join(t.split()) not in printed] == []


def test_template_and_format_strings_are_printed_as_they_stand():
    issued = IssuedDocumentFactory(
        office=_attacked_office(INJECTIONS),
        title=INJECTIONS[0],
        holder=INJECTIONS[1],
    )

    _rendered, reader = _render(issued, texts=INJECTIONS, tables=1, rows=20)

    printed = "".join(_text(reader).split())
    assert [t for t in INJECTIONS if "".join(t.split()) not in printed] == []
    assert "1042" not in printed
    assert "1043" not in printed


def test_a_confined_process_can_neither_connect_nor_read_elsewhere(tmp_path):
    """The third wall, without the other two: the process itself tries."""
    code = (
        "import json, socket, sys, pathlib; from pokmas.documents import sandbox\n"
        f"sandbox.confine(pathlib.Path({str(tmp_path)!r}), seconds=5, megabytes=500)\n"
        "said = []\n"
        "for act in (lambda: open('/etc/passwd'), lambda: open('/tmp/x', 'w'),\n"
        "            lambda: socket.create_connection(('127.0.0.1', 9)),\n"
        "            lambda: __import__('subprocess').run(['id']),\n"
        "            lambda: __import__('os').system('id')):\n"
        "    try: act(); said.append('done')\n"
        "    except PermissionError as error: said.append(str(error).split()[0])\n"
        "print(json.dumps({'said': said}))\n"
    )
    (tmp_path / "tries.py").write_text(code)

    done = subprocess.run(
        [sys.executable, "-BP", str(tmp_path / "tries.py")],
        env=sandbox.environment(),
        capture_output=True,
        check=True,
    )

    assert b"done" not in done.stdout
    assert b"DATABASE_URL" not in str(sandbox.environment()).encode()


# What is too much


def _rows(count):
    return Content([paper.long_table(count)], longest=count)


def test_a_document_that_takes_too_long_is_ended_and_said_so(settings):
    settings.PDF_SECONDS = 1
    issued = IssuedDocumentFactory(office=_unit())

    with pytest.raises(PdfFailed, match="melewati batas 1 detik"):
        printing.pdf_of(_rows(9000), issued, made_by=None)


def test_a_document_that_needs_too_much_memory_is_ended_and_said_so(settings):
    settings.PDF_MEGABYTES = 330
    issued = IssuedDocumentFactory(office=_unit())

    with pytest.raises(PdfFailed, match="terlalu besar"):
        printing.pdf_of(_rows(3000), issued, made_by=None)

    assert printing.pdf_of(Content([Title("Baik")]), issued, made_by=None).pages == 1


def test_what_the_template_cannot_show_is_said():
    with pytest.raises(PdfFailed, match="tidak dapat dicetak: TypstError"):
        pdf.render({"title": "Tanpa isi"})


def test_a_server_without_typst_says_what_is_missing(monkeypatch, tmp_path):
    """A package of that name that cannot be loaded stands in for a missing one."""
    (tmp_path / "typst.py").write_text("raise ImportError('tidak ada')")
    monkeypatch.setattr(
        sandbox,
        "environment",
        lambda: {"PYTHONPATH": f"{tmp_path}:{sandbox.ROOT}"},
    )

    with pytest.raises(PdfUnavailable, match=r"Typst tidak dapat dimuat.*tidak ada"):
        pdf.render({})

    assert issubclass(PdfUnavailable, JobFailed)


def test_the_same_paper_of_the_same_moment_is_the_same_file():
    issued = IssuedDocumentFactory(office=_unit())

    with time_machine.travel("2026-11-21 06:30Z", tick=False):
        first, second = (_render(issued, tables=1)[0] for _time in range(2))

    assert first.content == second.content


# A table too long for its chapter


ROWS = 130


def test_an_annex_stands_behind_the_paper_row_for_row():
    table = paper.long_table(ROWS)
    issued = IssuedDocumentFactory(office=_unit())
    content = Content([Title("Laporan"), table, paper.SIGNATURE], longest=20)

    rendered = printing.pdf_of(content, issued, made_by=None)

    reader = pypdf.PdfReader(io.BytesIO(rendered.content))
    pages = [_text(reader, slice(place, place + 1)) for place in range(rendered.pages)]
    assert "Daftar 130 kegiatan ada pada lampiran." in pages[0]
    assert "Periksa keaslian" in pages[0]
    assert _rows_in(" ".join(pages)) == list(range(ROWS))
    for number, text in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in text
        assert number == 1 or "No. Kegiatan Tempat Tanggal Peserta" in text
    titles = [mark.title for mark in reader.outline if not isinstance(mark, list)]
    assert titles[-1] == "Lampiran: daftar kegiatan"


def _rows_in(text):
    return [int(found) for found in re.findall(r"Kegiatan ke-(\d+) bersama", text)]


@pytest.mark.parametrize("tall", [0, 19, 59])
def test_a_row_taller_than_a_page_is_printed_whole(tall):
    table = paper.long_table(60)
    table.rows[tall][1] = f"Kegiatan ke-{tall} bersama " + "banyak orang " * 700
    issued = IssuedDocumentFactory(office=_unit())

    rendered = printing.pdf_of(Content([table]), issued, made_by=None)

    text = _text(pypdf.PdfReader(io.BytesIO(rendered.content)))
    assert _rows_in(text) == list(range(60))
    assert (text.count("banyak"), text.count("orang")) == (700, 700)


# What ends a paper


@pytest.mark.parametrize("count", [25, 40])
@pytest.mark.parametrize("last", ["paragraph", "list", "table"])
def test_a_signature_is_never_alone_on_its_page(last, count):
    texts = [f"Butir {place} dari uraian" for place in range(count)]
    blocks = {
        "paragraph": [Paragraph(text) for text in texts],
        "list": [Items(texts, numbered=True)],
        "table": [Table([Column("Uraian")], [[text] for text in texts])],
    }
    issued = IssuedDocumentFactory(office=_unit())

    content = Content([Title("Laporan"), *blocks[last], paper.SIGNATURE])
    rendered = printing.pdf_of(content, issued, made_by=None)

    reader = pypdf.PdfReader(io.BytesIO(rendered.content))
    (signed,) = [
        text
        for place in range(rendered.pages)
        if "Nama Rekaan" in (text := _text(reader, slice(place, place + 1)))
    ]
    assert texts[-1] in signed
    assert "Periksa keaslian" in signed
