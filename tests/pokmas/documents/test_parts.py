"""A paper whose annex is made in parts is one paper: pages, rows, tags, fonts."""

import io
import re

import pypdf
import pytest
from django.conf import settings
from django.test import override_settings

from pokmas.documents import pdf
from tests.factories import UnitFactory
from tests.pokmas.documents import paper
from tests.pokmas.documents.factories import IssuedDocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.printing]
ROWS = 130


@pytest.fixture(autouse=True, scope="module")
def _templates_of_tests():
    folder = settings.BASE_DIR / "tests/pokmas/documents/templates"
    ours = settings.TEMPLATES[0]
    with override_settings(TEMPLATES=[{**ours, "DIRS": [*ours["DIRS"], folder]}]):
        yield


@pytest.fixture(scope="module")
def parted(module_db, _templates_of_tests):
    """A paper in parts, made once for all who only read it."""
    heard = []
    return *made(told=lambda done, count: heard.append((done, count))), heard


def made(rows=ROWS, rows_a_part=50, told=None):
    issued = IssuedDocumentFactory(office=UnitFactory())
    rendered = pdf.render(
        "tests/paper.html",
        paper.context(issued, tables=2, rows=4, photos=0),
        annexes=[paper.annex(rows)],
        rows_a_part=rows_a_part,
        told=told,
    )
    return rendered, pypdf.PdfReader(io.BytesIO(rendered.content))


def pages_of(reader) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def rows_in(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"Kegiatan ke-(\d+) bersama", text)]


def test_every_row_stands_there_once_and_the_pages_are_numbered_through(parted):
    rendered, reader, _heard = parted

    pages = pages_of(reader)
    assert (rendered.pages, rendered.notes) == (len(pages), ())
    assert rows_in(" ".join(pages)) == list(range(ROWS))
    for number, text in enumerate(pages, start=1):
        assert f"Halaman {number} dari" in text
        assert re.search(rf"(?<!\d){len(pages)}(?!\d)", text)


def test_a_part_begins_where_the_last_full_page_ended(parted):
    """No page within the annex is left half empty, as if it were in one piece."""
    _rendered, reader, _heard = parted
    _rendered, whole = made(rows_a_part=ROWS)

    assert [rows_in(text) for text in pages_of(reader)] == [
        rows_in(text) for text in pages_of(whole)
    ]


def elements(reference, parent, pages, found):
    """Every structure element below, with its parent and its page looked up."""
    element = reference.get_object()
    if element.get("/Type") == "/OBJR":
        return
    assert element.raw_get("/P").idnum == parent.idnum
    found.append(element)
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            page = pages[element.raw_get("/Pg").idnum]
            assert page.setdefault(int(kid), reference.idnum) == reference.idnum
        else:
            elements(kid, reference, pages, found)


def test_the_structure_tree_holds_every_part_and_leads_back_from_every_page(
    parted,
):
    _rendered, reader, _heard = parted

    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    pages = {page.indirect_reference.idnum: {} for page in reader.pages}
    document = tree["/K"][0]
    found = []
    for kid in document.get_object()["/K"]:
        elements(kid, document, pages, found)
    numbers = tree["/ParentTree"]["/Nums"]
    assert list(numbers[::2]) == sorted(set(numbers[::2]))
    by_key = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in reader.pages:
        owners = by_key[page["/StructParents"]].get_object()
        marked = pages[page.indirect_reference.idnum]
        assert {key: owners[key].idnum for key in marked} == marked
    names = [element["/ID"] for element in found if "/ID" in element]
    asked = {name for e in found for name in e.get("/A", {}).get("/Headers", [])}
    assert (len(names), asked <= set(names)) == (len(set(names)), True)
    assert sum(element["/S"] == "/TR" for element in found) >= ROWS


def test_it_is_as_accessible_and_as_complete_as_in_one_piece(parted):
    _rendered, reader, _heard = parted

    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "id")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object()
    assert "/Filter" not in metadata
    assert b"pdfuaid:part" in metadata.get_data()
    titles = [mark.title for mark in reader.outline if not isinstance(mark, list)]
    assert titles[-1] == "Lampiran: daftar kegiatan"
    assert sorted(reader.named_destinations) == ["bab-1", "bab-2"]
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            fonts.setdefault(inner["/BaseFont"], set()).add(
                descriptor.raw_get("/FontFile2").idnum
            )
    assert [name for name, files in fonts.items() if len(files) != 1] == []


def test_progress_is_told_after_each_part(parted):
    _rendered, _reader, heard = parted

    assert len(heard) > 2
    assert heard == sorted(heard)
    assert heard[-1] == (ROWS, ROWS)


def test_a_short_annex_is_one_part():
    heard = []

    _rendered, reader = made(rows=5, told=lambda *words: heard.append(words))

    assert heard == [(5, 5)]
    assert rows_in(pages_of(reader)[-1]) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("tall", [18, 19, 20])
def test_a_row_taller_than_a_page_is_not_torn_apart_by_a_part(tall):
    long = paper.annex(60)
    long.rows[tall]["name"] = f"Kegiatan ke-{tall} bersama " + "banyak orang " * 700

    rendered = pdf.render(
        "tests/paper.html",
        paper.context(IssuedDocumentFactory(office=UnitFactory()), tables=0, photos=0),
        annexes=[long],
        rows_a_part=20,
    )

    text = " ".join(pages_of(pypdf.PdfReader(io.BytesIO(rendered.content))))
    assert rows_in(text) == list(range(60))
    assert (text.count("banyak"), text.count("orang")) == (700, 700)
