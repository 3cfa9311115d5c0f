import hashlib
import io
import random
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from PIL import Image
from pypdf import PdfWriter

from pokmas.documents import inspection, sandbox, services
from pokmas.documents.inspection import clean_name, inspected, label
from pokmas.documents.models import Document
from tests.factories import UserFactory
from tests.pokmas.documents import corpus, fuzz
from tests.pokmas.documents.corpus import HARMLESS, HOSTILE, upload
from tests.pokmas.documents.factories import IssuedDocumentFactory
from tests.pokmas.documents.test_certificates import Authority

Kind = Document.Kind
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_in_words(what):
    name, content, declared, reason = HOSTILE[what]

    with pytest.raises(ValidationError) as refusal:
        services.store(upload(name, content, declared), by=UserFactory())

    assert (refusal.value.code, Document.objects.count()) == (reason, 0)
    assert "%(" not in refusal.value.messages[0]


@pytest.mark.parametrize("what", HARMLESS)
def test_a_harmless_file_is_stored_whole(what):
    name, content, declared = HARMLESS[what]

    document = services.store(upload(name, content, declared), by=UserFactory())

    stored = document.file.read()
    assert document.size == len(stored)
    assert corpus.HTML not in stored
    assert document.is_image or stored == (content() if callable(content) else content)


def test_a_file_larger_than_the_limit_is_refused_with_both_sizes(settings):
    settings.MAX_UPLOAD_BYTES = 10_000

    with pytest.raises(ValidationError, match=r"11 KB, sedangkan batasnya 10 KB"):
        services.store(upload("a.pdf", b"%PDF-1.4" + b"x" * 11_000), by=UserFactory())


def test_only_the_kinds_that_are_asked_for_are_taken():
    with pytest.raises(ValidationError, match=r"Yang diterima: JPEG atau PNG"):
        services.store(
            upload("a.pdf", corpus.pdf()), by=UserFactory(), kinds=inspection.IMAGES
        )


# What to do instead, on each field

PDF_ONLY, PHOTOS_ONLY = [Kind.PDF], list(inspection.IMAGES)
EVERYDAY = {
    "surat.doc": b"\xd0\xcf\x11\xe0",
    "surat.docx": corpus.docx(),
    "daftar.xls": b"\xd0\xcf\x11\xe0",
    "daftar.xlsx": corpus.office(),
    "daftar.csv": b"a;b",
    "paparan.pptx": corpus.packed({"ppt/presentation.xml": "<a/>"}),
    "surat.odt": corpus.packed({"content.xml": "<a/>"}),
    "surat.rtf": b"{\\rtf1}",
    "surat.txt": b"Kepada Yth.",
    "foto.gif": b"GIF89a",
    "foto.tif": b"II*\0",
    "foto.bmp": b"BM" + b"\0" * 20,
    "arsip.zip": corpus.packed({"a.txt": "a"}),
    "arsip.rar": b"Rar!\x1a\x07",
    "film.mp4": b"\0\0\0\x18ftypmp42",
    "naskah.pdf": corpus.pdf(),
}


def advice(name, kinds):
    with pytest.raises(ValidationError) as refusal:
        services.store(upload(name, EVERYDAY[name]), by=UserFactory(), kinds=kinds)
    return refusal.value.messages[0].partition("Yang diterima")[2].partition(".")[2]


@pytest.mark.parametrize("name", [name for name in EVERYDAY if name != "naskah.pdf"])
def test_a_field_for_pdf_advises_nothing_but_pdf(name):
    words = advice(name, PDF_ONLY)

    others = ("docx", "xlsx", "jpg", "png", "heic", "webp", "foto")
    assert [word for word in others if word in words.lower()] == []
    assert name in ("film.mp4", "arsip.zip", "arsip.rar") or "PDF" in words


@pytest.mark.parametrize("name", EVERYDAY)
def test_a_field_for_photos_advises_nothing_but_photos(name):
    words = advice(name, PHOTOS_ONLY)

    others = ("docx", "xlsx", "pdf")
    assert [word for word in others if word in words.lower()] == []
    assert words


@pytest.mark.parametrize(
    ("name", "words"),
    [("surat.doc", "sebagai .docx"), ("daftar.xls", "sebagai .xlsx")],
)
def test_a_field_that_takes_sheets_says_how_to_make_one(name, words):
    assert words in advice(name, [Kind.PDF, Kind.XLSX, Kind.DOCX])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("naskah.docx", corpus.pdf(), "sebenarnya PDF; namanya saja yang"),
        ("naskah.docx", corpus.office(), "sebenarnya XLSX; namanya"),
        ("naskah.pdf", corpus.pdf(), "berkas Word aslinya"),
        ("a.docx", corpus.docx({"word/a.exe": b"MZ"}), "sebagai .docx biasa"),
    ],
)
def test_a_field_for_word_says_what_came_instead(name, content, words):
    with pytest.raises(ValidationError) as refusal:
        services.store(upload(name, content), by=UserFactory(), kinds=[Kind.DOCX])

    assert words in refusal.value.messages[0]
    assert ".xlsx" not in refusal.value.messages[0]


@pytest.mark.parametrize("change", [corpus.with_javascript, corpus.with_attachment])
def test_who_cannot_print_to_pdf_is_told_that_photos_of_the_pages_do(change):
    with pytest.raises(ValidationError) as refusal:
        services.store(upload("a.pdf", corpus.pdf(change=change)), by=UserFactory())

    assert "atau unggah foto halamannya." in refusal.value.messages[0]


def test_a_paper_that_the_portal_sealed_is_taken_with_its_figures_inside():
    sheet = corpus.office()
    sealed = corpus.pdf(change=lambda writer: writer.add_attachment("a.xlsx", sheet))
    other = sealed + b"\n"
    IssuedDocumentFactory(sha256=hashlib.sha256(sealed).hexdigest())
    by = UserFactory()

    kept = services.store(upload("laporan.pdf", sealed), by=by)

    assert kept.kind == Kind.PDF
    with pytest.raises(ValidationError) as refusal:
        services.store(upload("laporan.pdf", other), by=by)
    assert refusal.value.code == "two_kinds"


def test_such_a_paper_is_taken_as_somebody_signed_it_and_not_with_more_inside():
    def with_sheet(writer):
        writer.add_attachment("a.xlsx", corpus.office())

    def with_more(content):
        writer, output = PdfWriter(io.BytesIO(content), incremental=True), io.BytesIO()
        writer.add_attachment("b.xlsx", corpus.office())
        writer.write(output)
        return output.getvalue()

    sealed, signed = corpus.pdf(change=with_sheet), Authority().signed
    IssuedDocumentFactory(sha256=hashlib.sha256(sealed).hexdigest())
    by = UserFactory()

    kept = services.store(upload("a.pdf", signed(sealed)), by=by)

    assert (kept.is_signed, kept.certificates[0]["by"]) == (True, "Kepala Uji")
    others = [
        signed(with_more(sealed)),
        with_more(signed(sealed)),
        signed(corpus.pdf(pages=2, change=with_sheet)),
    ]
    for other in others:
        with pytest.raises(ValidationError) as refusal:
            services.store(upload("a.pdf", other), by=by)
        assert refusal.value.code in {"two_kinds", "attachment"}


@pytest.mark.parametrize("change", [corpus.with_javascript, corpus.with_attachment])
def test_who_signed_a_file_is_never_told_to_save_it_anew(change):
    content = corpus.pdf(change=corpus.both(corpus.with_signature, change))

    with pytest.raises(ValidationError) as refusal:
        services.store(upload("a.pdf", content), by=UserFactory())

    words = refusal.value.messages[0]
    assert "jangan disimpan ulang" in words
    assert "Cetak" not in words


def test_a_signed_file_of_many_pages_is_not_to_be_divided():
    with pytest.raises(ValidationError, match="jangan dibagi"):
        services.store(upload("a.pdf", corpus.signed_and_long()), by=UserFactory())


# Marks


@pytest.mark.parametrize(
    ("content", "marks"),
    [
        (corpus.pdf, (False, False)),
        (partial(corpus.pdf, change=corpus.with_signature), (True, False)),
        (corpus.owner_locked, (False, True)),
        (partial(corpus.owner_locked, corpus.with_signature), (True, True)),
        (partial(corpus.pdf, change=corpus.with_reader_rights), (False, False)),
    ],
)
def test_a_file_is_marked_as_signed_or_locked(content, marks):
    document = services.store(upload("a.pdf", content), by=UserFactory())

    assert (document.is_signed, document.is_locked) == marks
    html = render_to_string("components/_file.html", {"document": document})
    assert ("bertanda tangan elektronik" in html) == document.is_signed
    assert ("terkunci untuk disunting" in html) == document.is_locked


# Images


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_stored_upright_and_without_any_metadata(orientation):
    content = corpus.jpeg(
        (400, 300), orientation=orientation, gps=True, comment=b"Rumah saya"
    )
    was_red = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0), (1, 0), (1, 1), (0, 1)]

    document = services.store(upload("foto.jpg", content), by=UserFactory())

    image = Image.open(document.file)
    across, down = was_red[orientation - 1]
    corner = image.getpixel((across * (image.width - 1), down * (image.height - 1)))
    assert corner[0] > 200
    assert corner[2] < 90
    assert image.size == ((300, 400) if orientation > 4 else (400, 300))
    assert (document.width, document.height) == image.size
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"} | {
        "progressive",
        "progression",
    }


def test_gps_and_exif_are_gone_from_every_kind_of_picture():
    """Where a photo was taken could lead to a child or a client."""
    pictures = [
        upload(f"{number}.jpg", corpus.jpeg(gps=True, orientation=1 + number % 8))
        for number in range(10)
    ] + [
        upload(f"{number}.png", corpus.png(text=True, mode=mode))
        for number, mode in enumerate(["RGB", "RGBA", "L", "P", "LA"])
    ]
    pictures += [
        upload("a.heic", corpus.heic(gps=True)),
        upload("a.webp", corpus.webp(gps=True)),
    ]
    user = UserFactory()

    left = []
    for picture in pictures:
        document = services.store(picture, by=user)
        for file in (document.file, document.thumbnail):
            content = file.read()
            image = Image.open(io.BytesIO(content))
            found = dict(image.getexif()), image.getexif().get_ifd(0x8825)
            traces = [b"Exif", b"Kamera", b"GPS", b"xmp", b"123.607", b"tEXt", b"eXIf"]
            left.append((any(found), [mark for mark in traces if mark in content]))

    assert left == [(False, [])] * 34


def test_a_large_photo_becomes_light_and_small_and_gets_a_thumbnail():
    content = corpus.jpeg((4000, 3000), noisy=True)

    document = services.store(upload("foto.jpg", content), by=UserFactory())

    assert len(content) > 3_000_000
    assert (document.width, document.height) == (1600, 1200)
    assert document.size < 700_000
    small = Image.open(document.thumbnail)
    assert max(small.size) == 320
    assert document.thumbnail.size < 40_000


def test_an_ordinary_photo_stays_under_300_kb():
    image = Image.radial_gradient("L").resize((4000, 3000))
    output = io.BytesIO()
    Image.merge("RGB", [image, image.rotate(90), image.rotate(180)]).save(
        output, "JPEG", quality=95
    )

    document = services.store(upload("foto.jpg", output.getvalue()), by=UserFactory())

    assert document.size < 300 * 1024


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_of_an_iphone_becomes_an_upright_jpeg(orientation):
    content = corpus.heic((400, 300), orientation=orientation)
    across, down = {1: (0, 0), 3: (1, 1), 6: (1, 0), 8: (0, 1)}[orientation]

    document = services.store(upload("IMG_1.HEIC", content), by=UserFactory())

    image = Image.open(document.file)
    corner = image.getpixel((across * (image.width - 1), down * (image.height - 1)))
    assert (image.format, document.kind, document.name) == (
        "JPEG",
        Kind.JPEG,
        "IMG_1.jpg",
    )
    assert image.size == ((300, 400) if orientation > 4 else (400, 300))
    assert corner[0] > 200
    assert corner[2] < 90


def test_a_photo_from_a_chat_becomes_a_jpeg():
    document = services.store(upload("a.webp", corpus.webp), by=UserFactory())

    assert (document.kind, document.name) == (Kind.JPEG, "a.jpg")
    assert Image.open(document.file).format == "JPEG"


def test_a_heavy_png_becomes_a_jpeg_with_the_right_name():
    image = Image.effect_noise((1200, 900), 80)
    output = io.BytesIO()
    image.save(output, "PNG")

    document = services.store(upload("foto.png", output.getvalue()), by=UserFactory())

    assert (document.kind, document.name) == (Kind.JPEG, "foto.jpg")


# Names


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Naskah PKS (final).pdf", "Naskah PKS (final).pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("SK\r\nSet-Cookie: a=b.PDF", "SK Set-Cookie_ a_b.PDF"),
        ("\u202egnp.pdf", "gnp.pdf"),
        ("<script>alert(1)</script>.pdf", "script.pdf"),
        ("{{ settings }}.pdf", "settings.pdf"),
        (".pdf", "pdf.pdf"),
        ("é" * 200 + ".pdf", "é" * 70 + "_" + "é" * 9 + ".pdf"),
        ("naskah", "naskah.pdf"),
        ("naskah.pdf ", "naskah.pdf"),
        ("naskah.jpg", "naskah.pdf"),
        ("naskah.pdf.exe", "naskah.pdf.exe.pdf"),
        ("Surat No. 12", "Surat No. 12.pdf"),
    ],
)
def test_a_file_name_is_kept_only_as_a_harmless_label(given, kept):
    assert clean_name(given, Kind.PDF).lower() == kept.lower()


def test_a_refusal_shows_the_name_without_control_signs():
    assert label("a\x00b\u202ec\n.pdf") == "a b c .pdf"


def test_nothing_of_the_name_reaches_the_disk():
    document = services.store(
        upload("rahasia negara.pdf", corpus.pdf()), by=UserFactory()
    )

    assert "rahasia" not in document.file.name
    assert default_storage.exists(document.file.name)


# Many at once


def _damaged(seed):
    """A harmless file: bytes changed, cut out, put in, or mixed with another's."""
    rng = random.Random(seed)
    name, content, _declared = rng.choice(list(HARMLESS.values()))
    _name, other, _declared = rng.choice(list(HARMLESS.values()))
    data = bytearray(content() if callable(content) else content)
    for _change in range(rng.randint(1, 12)):
        place = rng.randrange(len(data))
        match rng.randrange(5):
            case 0:
                data[place] ^= 1 << rng.randrange(8)
            case 1 if len(data) > 1000:
                del data[place : place + rng.randint(1, 400)]
            case 2:
                data[place:place] = rng.randbytes(rng.randint(1, 400))
            case 3:
                other = other() if callable(other) else other
                data[place:place] = other[:: rng.randint(1, 3)][:2000]
            case _:
                data[place : place + 4] = rng.choice([b"\xff" * 4, b"\0" * 4])
    return name.rpartition(".")[2].lower(), bytes(data)


@pytest.mark.exhaustive
def test_500_fuzzed_files_leave_nothing_unsafe_behind(tmp_path):
    """In one process, so that a crash or a slow one would be seen."""
    tasks = {"pdf": "pdf", "xlsx": "office", "docx": "office"}
    tasks |= {"zip": "office", "exe": "pdf", "berkas": "pdf"}
    for seed in range(500):
        extension, content = _damaged(seed)
        folder = tmp_path / f"{seed}-{tasks.get(extension, 'image')}"
        folder.mkdir()
        (folder / "upload").write_bytes(content)

    result = sandbox.run(fuzz.__name__, str(tmp_path), seconds=280)

    assert 20 < len(result["passed"]) < 450
    assert [name for name in result["passed"] if _is_odd(tmp_path / name)] == []
    assert result["attempts"] == []
    assert result["slowest"] < 5
    assert result["megabytes"] < 400


def _is_odd(folder):
    """Is what would be stored still too large a picture, or more than a picture?"""
    if not folder.name.endswith("image"):
        return False
    image = Image.open(folder / "file")
    image.load()
    content = (folder / "file").read_bytes()
    marks = [corpus.HTML, b"Exif", b"GPS", b"Kamera"]
    return max(image.size) > 1600 or any(mark in content for mark in marks)


def test_the_process_that_opens_files_stays_small_and_tries_nothing_odd(tmp_path):
    """A PNG of the most pixels allowed, with transparency: the costliest of all."""
    image = Image.new("RGBA", (8000, 5000), (10, 20, 30, 40))
    image.save(tmp_path / "upload", "PNG", compress_level=1)

    facts = inspection._run("image", tmp_path)

    assert (facts["kind"], facts["attempts"]) == ("png", [])
    assert facts["megabytes"] < 400


def test_a_refused_file_leaves_nothing_in_the_folder_of_temporary_files(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with (
        pytest.raises(ValidationError),
        inspected(upload("a.pdf", b"%PDF-1.4 x"), inspection.ALL),
    ):
        pass

    assert list(tmp_path.iterdir()) == []
