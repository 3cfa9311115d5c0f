"""The text of a paper as its files say it, without blanks: what both must share."""

import io
import posixpath
import re
import zipfile

import docx
import pypdf
from django.utils.text import Truncator
from docx.oxml.ns import qn
from lxml import etree

from pokmas.papers.blocks import Content, Table
from pokmas.words.glyphs import printable

SVG_TEXT = re.compile(r"<text[^>]*>(.*?)</text>")
FOOT = re.compile(r"Kode[\w-]{14}·periksadi[^\s]*?/v/[\w-]{14}Halaman\d+dari\d+")
DRAFT = re.compile(r"KONSEP|Konsep·dibuat.*?Halaman\d+dari\d+")
VERIFICATION = re.compile(r"[\w-]{14}Periksakeaslian.*?bukantandatanganelektronik\.")

# In which order Word asks for what a piece of text or a table has.
ORDER = {
    "w:pPr": [
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore"),
        *("tabs", "spacing", "ind", "jc"),
    ],
    "w:rPr": ["rFonts", "b", "i", "color", "sz", "szCs", "lang"],
    "w:tblPr": ["tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar"],
    "w:tcPr": ["tcW", "gridSpan", "tcBorders", "shd", "vAlign"],
    "w:trPr": ["cantSplit", "trHeight", "tblHeader"],
}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of_pdf(content: bytes, issued, pictures=()) -> str:
    """What it says, without its foot, its way to the check page and drawn letters."""
    drawn = [
        (squeezed(each.title), squeezed("".join(SVG_TEXT.findall(each.svg))))
        for each in pictures
    ]
    clean = re.escape(squeezed(f"{issued.office_name}·{issued.number}"))
    # Its foot names it in one or two lines.
    name, text = squeezed(Truncator(printable(str(issued))).chars(110)), ""
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        said = squeezed(page.extract_text()).replace(f"{name}Kode", "Kode")
        said = FOOT.sub("", VERIFICATION.sub("", said))
        said = re.sub(rf"{clean}Halaman\d+dari\d+", "", said)
        if issued.is_draft:
            said = DRAFT.sub("", said.replace(f"{name}Konsep", "Konsep"))
        for title, letters in drawn:
            said = said.replace(f"{title}{letters}", title)
        text += said
    return text


def text_of_word(content: bytes) -> str:
    body = docx.Document(io.BytesIO(content)).element.body
    return squeezed("".join(piece.text or "" for piece in body.iter(qn("w:t"))))


def without_heads(text: str, content: Content) -> str:
    """Without the heads of tables, which stand again on each page that a table has."""
    tables = [getattr(block, "table", block) for block in content.blocks]
    for table in tables:
        if isinstance(table, Table):
            head = "".join(column.label for column in table.columns)
            text = text.replace(squeezed(head), "")
    return text


def faults_of_word(content: bytes) -> list[str]:
    """What would make Word offer to repair the file."""
    faults = _faults_of_package(content)
    document = docx.Document(io.BytesIO(content))
    used = set(re.findall(r'r:(?:embed|id|link)="(\w+)"', document.element.xml))
    faults += sorted(used - set(document.part.rels))
    ids = [each.get("id") for each in document.element.iter(qn("wp:docPr"))]
    faults += ["drawing ids"] if len(ids) != len(set(ids)) else []
    styles = {style.style_id for style in document.styles}
    named = {each.get(qn("w:val")) for each in document.element.iter(qn("w:pStyle"))}
    faults += sorted(named - styles)
    for cell in document.element.iter(qn("w:tc")):
        if cell[-1].tag != qn("w:p"):
            faults.append("a cell that does not end with a paragraph")
    for row in document.element.iter(qn("w:tr")):
        columns = len(row.getparent().find(qn("w:tblGrid")))
        if len(row.findall(qn("w:tc"))) != columns:
            faults.append("a row with other columns than its table")
    for name, order in ORDER.items():
        for properties in document.element.iter(qn(name)):
            found = [each.tag.rpartition("}")[2] for each in properties]
            if found != sorted(set(found), key=order.index):
                faults.append(f"{name}: {found}")
    return faults


def _faults_of_package(content: bytes) -> list[str]:
    """Of the parts, their types, and the ways from one to the other."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        faults = [package.testzip()] if package.testzip() else []
        faults += ["a part twice"] if len(names) != len(set(names)) else []
        types = etree.fromstring(package.read("[Content_Types].xml"))
        known = {each.get("PartName") or each.get("Extension") for each in types}
        for name in names:
            if not known & {f"/{name}", name.rpartition(".")[2]}:
                faults.append(f"{name} has no type")
            if name.endswith(".rels"):
                faults += _lost(name, etree.fromstring(package.read(name)), names)
            elif name.endswith(".xml"):
                etree.fromstring(package.read(name))
    return faults


def _lost(name: str, relations, names: list[str]) -> list[str]:
    """Where relations of a part lead that no part stands."""
    folder = posixpath.dirname(posixpath.dirname(name))
    targets = [
        posixpath.normpath(posixpath.join("/", folder, each.get("Target"))).lstrip("/")
        for each in relations
        if each.get("TargetMode") != "External"
    ]
    return [f"{name} leads to {each}" for each in targets if each not in names]
