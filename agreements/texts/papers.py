"""The Word file and the PDF of a version of a text.

What the portal makes is both; of a version that was handed in the Word file is there,
and the PDF is printed from what was read in it.
"""

import hashlib
from collections.abc import Callable, Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from agreements.register.models import Agreement
from agreements.texts.articles import MARK, Row, Text
from agreements.texts.composing import STAMP, composed
from agreements.texts.fields import FIELDS, OF_PARTY, OF_TEXT, rows_of, values_of
from agreements.texts.items import joined
from agreements.texts.models import TextVersion
from partners.decrees.fields import names_of
from partners.decrees.papers import TemplatedPaper
from pokmas.papers import templates
from pokmas.papers.blocks import (
    Column,
    Content,
    Marked,
    PageBreak,
    Paragraph,
    Signatory,
    Signatures,
    Table,
)
from pokmas.papers.kinds import Identity, register
from pokmas.papers.srikandi import BLANK, FILLED, Marks
from pokmas.papers.word import word_of

# How broad the columns of an annex are, by what they are called.
LOOKS = {"no": "order", "no.": "order", "kegiatan": "wide", "waktu": "date"}


@register
class AgreementText(TemplatedPaper):
    """One for each version, made once; an office's own file gives the Word file."""

    kind = "agreements.text"
    label = gettext_lazy("Naskah kerja sama")
    model = TextVersion
    permission = "agreements.view_agreement"
    asked = "textversion.printed"
    about = gettext_lazy("PDF untuk dibaca; berkas Word untuk disunting.")
    ready = gettext_lazy("Naskah siap diunduh: %(name)s")
    is_draft = True
    tried_on = Agreement
    needed = frozenset({"pasal"})
    fields = property(lambda self: [*FIELDS, *OF_TEXT, *OF_PARTY])
    of_rows = property(lambda self: OF_PARTY)

    def example(self, office):
        rows = Agreement.objects.filter(office=office).for_page()
        return rows.order_by("-pk").first()

    def filled(self, template, agreement):
        text = composed(agreement, agreement.office.today)
        whole = agreement.as_a_whole
        with template.file.file.open() as file:
            content = file.read()
        values = values_of(whole) | {"pokok": joined(whole.subject)}
        values |= dict.fromkeys(names_of(OF_TEXT), "")
        rows, (_names, of_rows) = rows_of(agreement), self.names
        return templates.filled(
            content, values, rows, of_rows, texts_of(text), annex_of(text)
        )

    def rows(self):
        return TextVersion.objects.for_page()

    def serves(self, issued, version):
        return True

    def identity(self, version):
        # Printed on a paper, and papers are Indonesian.
        title = f"Naskah versi {version.number}: {version.agreement.title}"
        return Identity(
            title=Truncator(title).chars(200), holder=version.agreement.partner.name
        )

    def content(self, version, issued):
        return Content(blocks_of(version.content, blank=True))

    def word(self, version, content, issued):
        if version.file_id:
            return b""
        return word_of(Content(blocks_of(version.content)), issued)

    def keep(self, issued, version, content):
        if not version.file_id:
            with issued.word.open() as file:
                version.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            version.save(update_fields=["sha256"])


def texts_of(text: Text) -> dict[str, list[Paragraph]]:
    """The parts of a text that stand in paragraphs of their own."""
    lead = [line.text for line in text.lead if not line.is_centred]
    pasal = []
    for article in text.articles:
        pasal += [
            Paragraph(article.name, "article"),
            Paragraph(article.heading, "centred"),
        ]
        pasal += map(Paragraph, article.lines)
    return {"pembukaan": list(map(Paragraph, lead)), "pasal": pasal}


def blocks_of(text: Text, *, blank: bool = False, marks: Marks | None = None) -> list:
    """What is printed; with `blank` for a pen, or with `marks`, where else SRIKANDI
    fills in."""
    said = (marks or (BLANK if blank else FILLED)).placed
    blocks = [
        Paragraph(said(line.text), "centred")
        if line.is_centred
        else _sentence(said(line.text))
        for line in text.lead
    ]
    for article in text.articles:
        blocks.append(Paragraph(article.name, "article"))
        if article.heading:
            blocks.append(Paragraph(said(article.heading), "centred"))
        has_ayat = any(line.startswith("(") for line in article.lines)
        blocks += [_sentence(said(line), has_ayat) for line in article.lines]
    if text.tail:
        cells = [[said(line) for line in cell] for cell in text.tail]
        blocks.append(Signatures([_signatory(cell) for cell in cells]))
    return blocks + annex_of(text, said)


def annex_of(text: Text, said: Callable[[str], str] = str) -> list:
    """What stands behind it, on pages of its own."""
    blocks = [PageBreak()] if text.annex else []
    for is_table, rows in text.annex_blocks:
        if is_table:
            blocks.append(_table(rows, said))
        else:
            blocks += [
                Paragraph(said(row.cells[0]), "centred" if row.is_centred else "")
                for row in rows
            ]
    return blocks


def _table(rows: Sequence[Row], said: Callable[[str], str]) -> Table:
    """The first row names the columns."""
    width = max(len(row.cells) for row in rows)
    filled = [[*map(said, row.cells), *[""] * (width - len(row.cells))] for row in rows]
    labels, *below = filled
    columns = [Column(label, LOOKS.get(label.casefold(), "")) for label in labels]
    return Table(columns, below, head=min(1, width - 1), rows_are="butir")


def _sentence(line: str, has_ayat: bool = False) -> Marked | Paragraph:
    if found := MARK.fullmatch(line):
        is_below = has_ayat and not line.startswith("(")
        return Marked(found[1], found[2], depth=int(is_below))
    return Paragraph(line)


def _signatory(cell: Sequence[str]) -> Signatory:
    """The lines of one who signs, parted at the room for his signature."""
    for place, line in enumerate(cell):
        if line in ("", FILLED.signature, STAMP):
            return Signatory(cell[:place], line, cell[place + 1 :])
    return Signatory(cell)
