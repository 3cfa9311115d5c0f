"""The text of a paper as its files say it, without blanks: what both must share."""

import io
import re
import zipfile

import docx
import pypdf
from docx.oxml.ns import qn

from pokmas.papers.blocks import Content, Table

SVG_TEXT = re.compile(r"<text[^>]*>(.*?)</text>")
FOOT = re.compile(r"Kode[\w-]{14}·periksadi[^\s]*?/v/[\w-]{14}Halaman\d+dari\d+")
VERIFICATION = re.compile(r"[\w-]{14}Periksakeaslian.*?bukantandatanganelektronik\.")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of_pdf(content: bytes, issued, pictures=()) -> str:
    """What it says, without its foot, its way to the check page and drawn letters."""
    drawn = [squeezed("".join(SVG_TEXT.findall(each.svg))) for each in pictures]
    name, text = squeezed(str(issued)), ""
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        said = squeezed(page.extract_text()).replace(f"{name}Kode", "Kode")
        said = FOOT.sub("", VERIFICATION.sub("", said))
        # Drawings come last on their page.
        for letters in reversed(drawn):
            said = said.removesuffix(letters)
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
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        faults = [package.testzip()] if package.testzip() else []
    document = docx.Document(io.BytesIO(content))
    used = set(re.findall(r'r:(?:embed|id|link)="(\w+)"', document.element.xml))
    faults += sorted(used - set(document.part.rels))
    ids = [each.get("id") for each in document.element.iter(qn("wp:docPr"))]
    faults += ["drawing ids"] if len(ids) != len(set(ids)) else []
    for cell in document.element.iter(qn("w:tc")):
        if cell[-1].tag != qn("w:p"):
            faults.append("a cell that does not end with a paragraph")
    for row in document.element.iter(qn("w:tr")):
        columns = len(row.getparent().find(qn("w:tblGrid")))
        if len(row.findall(qn("w:tc"))) != columns:
            faults.append("a row with other columns than its table")
    return faults
