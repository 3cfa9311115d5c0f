"""What is signed, and the list of what is signed at a ceremony."""

import io
import re
from dataclasses import replace

import docx
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.register.models import Agreement
from agreements.signing.models import SigningDay
from agreements.signing.numbers import number_of
from agreements.texts.articles import Text
from agreements.texts.compare import latest_text
from agreements.texts.papers import blocks_of
from pokmas.numbering.models import Source
from pokmas.papers.blocks import (
    Cell,
    Column,
    Content,
    Facts,
    Signature,
    Table,
    Title,
)
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.papers.srikandi import BLANK, FILLED, Marks
from pokmas.papers.word import word_of
from pokmas.words import dates

# Where a number belongs in a text from Word in which its variable is gone.
NUMBER_LINE = re.compile(r"(NOMOR\s*:\s*)[.…_\s]*", re.I)


@register
class SigningCopy(Paper):
    """The newest version of a text with its number, to be signed with a pen."""

    kind = "agreements.signing_copy"
    label = gettext_lazy("Naskah untuk ditandatangani")
    model = Agreement
    about = gettext_lazy(
        "Naskah versi terakhir dengan nomornya, tanpa tanda konsep: cetak, isi tanggal "
        "dan tempat, lalu tandatangani."
    )
    asked = "agreement.copy_printed"
    ready = gettext_lazy("Naskah untuk ditandatangani siap diunduh: %(name)s")
    is_draft = is_clean = True

    def rows(self):
        return Agreement.objects.for_page()

    def address(self, agreement):
        return agreement.get_absolute_url()

    def refusal(self, agreement):
        if agreement.status != Agreement.Status.READY_TO_SIGN:
            return _("Hanya untuk naskah yang siap ditandatangani.")
        if not agreement.our_number:
            return _("Beri nomor dahulu: naskahnya memuat nomor itu.")
        if latest_text(agreement) is None:
            return _("Naskahnya belum ada di portal. Buat atau unggah dahulu.")
        number = number_of(agreement)
        if number and number.source == Source.SRIKANDI:
            return _("Naskah ini ditandatangani lewat SRIKANDI.")
        return None

    def serves(self, issued, agreement):
        return issued.owner_revision == self.revision(agreement)

    def identity(self, agreement):
        # Printed on a paper, and papers are Indonesian.
        title = f"Naskah: {agreement.title}"
        return Identity(
            title=Truncator(title).chars(200),
            holder=agreement.partner.name,
            number=agreement.our_number,
        )

    def content(self, agreement, issued):
        text = _numbered(latest_text(agreement).content, agreement.our_number)
        return Content(blocks_of(text, marks=_marks(agreement)), is_clean=True)

    def word(self, agreement, content, issued):
        file = latest_text(agreement).file
        if file is None:
            return word_of(content, issued)
        with file.file.open() as opened:
            return _filled(opened.read(), agreement)


def _marks(agreement: Agreement) -> Marks:
    return replace(BLANK, number=agreement.our_number)


def _numbered(text: Text, number: str) -> Text:
    """With its number where a text from Word has a blank for it."""
    lines = [line.text for line in text.lead]
    place = _place_of_number(lines)
    if place is None:
        return text
    said = NUMBER_LINE.fullmatch(lines[place])[1] + number
    lead = [*text.lead]
    lead[place] = replace(lead[place], text=said)
    return replace(text, lead=tuple(lead))


def _place_of_number(lines: list[str]) -> int | None:
    """Of the first line that is a blank for a number, unless the variable is there."""
    if any(FILLED.number in line for line in lines):
        return None
    blanks = (place for place, line in enumerate(lines) if NUMBER_LINE.fullmatch(line))
    return next(blanks, None)


def _filled(word: bytes, agreement: Agreement) -> bytes:
    """The Word file of the office or the partner with the number; the rest stays."""
    document, marks = docx.Document(io.BytesIO(word)), _marks(agreement)
    paragraphs = document.paragraphs
    place = _place_of_number([each.text for each in paragraphs])
    if place is not None:
        said = NUMBER_LINE.fullmatch(paragraphs[place].text)[1]
        paragraphs[place].text = said + agreement.our_number
    for piece in document.element.body.iter(docx.oxml.ns.qn("w:t")):
        piece.text = marks.placed(piece.text or "")
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


@register
class SigningList(Paper):
    kind = "agreements.signing_day"
    label = gettext_lazy("Daftar naskah")
    model = SigningDay
    about = gettext_lazy(
        "Naskah yang ditandatangani pada acara ini, dengan nomor dan penanda tangannya."
    )
    asked = "signingday.printed"
    ready = gettext_lazy("Daftar naskah siap diunduh: %(name)s")
    permission = "agreements.sign_agreement"
    is_draft = True

    def rows(self):
        return SigningDay.objects.select_related("office__regency")

    def identity(self, day):
        # Printed on a paper, and papers are Indonesian.
        title = f"Daftar naskah penandatanganan: {day}"
        return Identity(title=Truncator(title).chars(200), holder=day.office.name)

    def content(self, day, issued):
        rows = [
            [
                str(place),
                Cell(each.title, each.get_kind_display()),
                each.our_number or "–",
                Cell(each.our_signatory, each.our_position),
                Cell(each.partner_signatory, each.partner.name),
            ]
            for place, each in enumerate(day.naskah, start=1)
        ]
        columns = [
            Column(_("No."), "order"),
            Column(_("Naskah"), "wide"),
            Column(_("Nomor unit"), "letter"),
            Column(_("Pihak Kesatu")),
            Column(_("Pihak Kedua")),
        ]
        office = day.office
        return Content(
            [
                Title(_("Daftar Naskah Penandatanganan"), [office.name]),
                Facts(
                    [
                        (_("Hari dan tanggal"), [dates.date_full(day.held_on)]),
                        (_("Tempat"), [day.place]),
                    ]
                ),
                Table(columns, rows, head=1, rows_are="naskah"),
                Signature.of_head(issued, day.held_on),
            ]
        )
