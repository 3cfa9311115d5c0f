import io
import os
import re
import socket
import subprocess
import sys
import threading

import pypdf
import pypdfium2
import pytest
import zxingcpp

from pokmas.documents import pdf, renderer, sandbox, services
from pokmas.documents.models import Document
from pokmas.documents.pdf import PdfFailed, PdfUnavailable
from pokmas.jobs.services import JobFailed
from tests.factories import UnitFactory, UserFactory
from tests.pokmas.documents import corpus, paper
from tests.pokmas.documents.attacks import INJECTIONS, SSRF
from tests.pokmas.documents.corpus import upload
from tests.pokmas.documents.factories import DocumentFactory, IssuedDocumentFactory
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.django_db, pytest.mark.printing]
TEMPLATES = "tests/pokmas/documents/templates"
EDGE = 15 / 25.4 * 72  # nothing is printed nearer to the edge of the paper


@pytest.fixture(autouse=True)
def _templates_of_tests(settings):
    folder = settings.BASE_DIR / TEMPLATES
    ours = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**ours, "DIRS": [*ours["DIRS"], folder]}]


def _photos(count=6):
    photo = services.store(upload("a.jpg", corpus.jpeg()), by=UserFactory())
    return {f"photo-{number}": photo for number in range(count)}


def _unit():
    return UnitFactory(
        name="Bapas Kelas II Kupang",
        address="Jalan Uji Nomor 1, Kupang",
        phone="+62380123456",
        email="bapas@contoh.test",
        zone="Asia/Makassar",
    )


def _render(issued=None, *, images=None, **context):
    issued = issued or IssuedDocumentFactory(office=_unit())
    rendered = pdf.render(
        "tests/paper.html", paper.context(issued, **context), images=images
    )
    return rendered, pypdf.PdfReader(io.BytesIO(rendered.content))


def _text(reader, pages=slice(None)):
    text = " ".join(page.extract_text() for page in reader.pages[pages])
    return re.sub(r"\s+", " ", text)


# What an official paper needs


def test_a_paper_has_letterhead_period_numbers_signature_and_code():
    issued = IssuedDocumentFactory(office=_unit())

    rendered, reader = _render(issued, tables=3, images=_photos())

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

    _rendered, reader = _render(issued, tables=0, photos=0)

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

    rendered, _reader = _render(issued, texts=[long], tables=1, rows=2, photos=0)

    width = pypdfium2.PdfDocument(rendered.content)[0].get_width()
    assert _widest(rendered.content) <= width - EDGE


def test_arabic_check_marks_and_signs_are_printed_in_a_font_of_ours():
    text = "Pesantren بسم الله ✓ hadir ☑ lengkap • butir → lanjut"

    _rendered, reader = _render(texts=[text], tables=1, rows=1, photos=0)

    fonts = {
        font["/BaseFont"].partition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert "DejaVu-Sans" in fonts
    assert [sign for sign in "✓☑•→" if sign not in _text(reader)] == []


def test_the_qr_on_the_last_page_leads_to_the_check_page(client):
    issued = IssuedDocumentFactory(office=_unit())

    rendered, _reader = _render(issued, tables=1, photos=0)
    services.seal(issued, rendered.content, rendered.pages)

    page = pypdfium2.PdfDocument(rendered.content)[rendered.pages - 1]
    (found,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert found.text == f"http://testserver/v/{issued.code}/"
    assert client.get(found.text.removeprefix("http://testserver")).status_code == 200


def test_a_paper_is_tagged_titled_and_says_its_language():
    issued = IssuedDocumentFactory(office=_unit(), title="Laporan Oktober")

    _rendered, reader = _render(issued, tables=1, images=_photos(1), photos=1)

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Laporan Oktober"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
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
    assert {name.partition("+")[2] for name in fonts} == {"Arimo", "Arimo-Bold"}
    assert all(fonts.values())


def test_a_chart_is_drawn_and_its_table_printed():
    _rendered, reader = _render(tables=0, photos=0)

    assert "Pembinaan kemandirian 18" in _text(reader)


def test_a_photo_in_quarantine_is_left_out():
    photo = services.store(upload("a.jpg", corpus.jpeg()), by=UserFactory())
    photo.scan = Document.Scan.WAITING

    rendered, reader = _render(tables=0, photos=1, images={"photo-0": photo})

    assert sum(len(page.images) for page in reader.pages) == 0
    assert len(rendered.notes) == 1


def test_a_file_that_is_no_picture_is_left_out():
    rendered, _reader = _render(
        tables=0, photos=1, images={"photo-0": DocumentFactory()}
    )

    assert "not in the manifest: media:photo-0" in rendered.notes[0]


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
            issued, texts=texts, tables=1, rows=60, images=_photos()
        )

    assert (listener.connections, rendered.notes) == (0, ())
    assert reader.attachments == {}
    assert b"/EmbeddedFile" not in rendered.content
    assert "root:x:0" not in _text(reader)
    printed = "".join(_text(reader).split())
    assert [t for t in texts if "".join(t.split()) not in printed] == []


@pytest.mark.parametrize("payload", [*SSRF[:12], *SSRF[24:36]])
def test_even_as_our_own_markup_no_address_is_followed(payload):
    """The second wall: what if a template forgot to escape?"""
    with Listener() as listener:
        html = f"<html lang=id><title>x</title>{payload.format(listener.address)}x"
        rendered = pdf.render_html(html)
        reader = pypdf.PdfReader(io.BytesIO(rendered.content))

    assert (listener.connections, reader.attachments) == (0, {})
    assert "root:x:0" not in _text(reader)
    assert [
        note for note in rendered.notes if note.startswith(("open", "socket"))
    ] == []


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


def test_a_document_that_takes_too_long_is_ended_and_said_so(settings):
    settings.PDF_SECONDS = 2
    cells = "<td colspan=100000>x</td>" * 3

    with pytest.raises(PdfFailed, match="melewati batas 2 detik"):
        pdf.render_html(f"<html lang=id><table><tr>{cells}</tr></table>")


def test_a_document_nested_too_deep_is_ended_and_said_so():
    with pytest.raises(PdfFailed, match="terlalu rumit"):
        pdf.render_html("<html lang=id>" + "<div>" * 3000)


def test_a_document_that_needs_too_much_memory_is_ended_and_said_so(settings):
    settings.PDF_MEGABYTES = 260
    rows = "<tr><td>satu<td>dua<td>tiga</tr>" * 5_000

    with pytest.raises(PdfFailed, match="terlalu besar"):
        pdf.render_html(f"<html lang=id><table>{rows}</table>")


def test_the_next_document_is_made_after_a_failed_one():
    with pytest.raises(PdfFailed):
        pdf.render_html("<html lang=id>" + "<div>" * 3000)

    assert pdf.render_html("<html lang=id><title>x</title><p>baik").pages == 1


def test_a_printer_that_was_killed_is_started_again():
    pdf.render_html("<html lang=id><title>x</title><p>satu")
    pdf._printer.process.kill()

    assert pdf.render_html("<html lang=id><title>x</title><p>dua").pages == 1


def test_a_server_without_pango_says_what_is_missing(monkeypatch, tmp_path):
    """A library of that name that cannot be loaded stands in for a missing one."""
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    pdf._printer.stop()

    with pytest.raises(PdfUnavailable, match="pustaka Pango tidak terpasang"):
        pdf.render_html("<html lang=id><p>x")

    assert issubclass(PdfUnavailable, JobFailed)


def test_an_idle_printer_leaves_by_itself(monkeypatch):
    reading, writing = os.pipe()
    monkeypatch.setattr(renderer, "IDLE_SECONDS", 0.1)

    with open(reading) as silent, open(writing, "w"):
        monkeypatch.setattr(renderer.sys, "stdin", silent)
        renderer.serve(say=None)


def test_a_printer_leaves_when_its_parent_does():
    printer = subprocess.Popen(
        [sys.executable, "-BP", "-m", "pokmas.documents.renderer"],
        env=sandbox.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert printer.stdout.readline() == b'{"ready": true}\n'

    printer.communicate(timeout=PATIENCE)

    assert printer.returncode == 0


def test_a_worker_that_ran_out_of_time_leaves_no_late_answer_behind(monkeypatch):
    """The next document must not be given the result of the one before."""

    def interrupted(seconds):
        raise KeyboardInterrupt

    pdf.render_html("<html lang=id><title>x</title><p>satu")
    with monkeypatch.context() as patch:
        patch.setattr(pdf._printer, "_hear", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pdf.render_html("<html lang=id><title>x</title>" + "<p>dua</p>" * 200)

    assert pdf.render_html("<html lang=id><title>x</title><p>tiga").pages == 1
