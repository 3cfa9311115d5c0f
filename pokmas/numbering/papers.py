"""The number book of an office and year, printed to be signed."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.accounts.models import display_name
from pokmas.numbering.models import NumberBook
from pokmas.offices.models import Office
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
from pokmas.words import dates


@register
class NumberBookPaper(Paper):
    """Final for the numbers it holds: another one is made once there are more."""

    kind = "numbering.book"
    label = gettext_lazy("Buku nomor pada A4")
    size = Office.PaperSize.A4
    model = NumberBook
    about = gettext_lazy("Daftar nomor untuk ditandatangani dan diarsipkan.")
    asked = "numberbook.printed"
    ready = gettext_lazy("Buku nomor siap diunduh: %(name)s")
    permission = "numbering.view_number"

    def rows(self):
        return NumberBook.objects.select_related("office__regency")

    def refusal(self, book):
        return None if book.numbers.exists() else _("Buku ini masih kosong.")

    def revision(self, book):
        return (
            book.numbers.count() + book.numbers.exclude(cancelled_at=None).count()
        ) * 1000 + book.office.revision % 1000

    def identity(self, book):
        # Printed on a paper, and papers are Indonesian.
        return Identity(
            title=self._title(book), holder=book.office.name, period=str(book.year)
        )

    def _title(self, book) -> str:
        series = f": {book.get_series_display()}" if book.series else ""
        return f"Buku nomor naskah{series}"

    def content(self, book, issued):
        numbers = book.numbers.select_related("classification", "created_by")
        rows = [
            self._row(place, number)
            for place, number in enumerate(numbers.order_by("dated", "pk"), start=1)
        ]
        office, day = book.office, issued.issued_on
        maker = issued.job and issued.job.requested_by
        return Content(
            [
                Title(self._title(book), [f"Tahun {book.year}"]),
                Facts([(_("Jumlah nomor"), [dates.number(len(rows))])]),
                Table(self._columns(), rows, head=1, rows_are="nomor naskah"),
                replace(Signature.of_head(issued), opening=["MENGETAHUI"]),
                Signature(
                    place=office.regency.town if office.regency else "",
                    day=day,
                    position="Pembuat daftar",
                    name=display_name(maker) if maker else "",
                ),
            ],
            annex_lines=[issued.office_name, f"Tahun {book.year}"],
            paper_size=self.size,
        )

    def _columns(self):
        return [
            Column(_("No."), "order"),
            Column(_("Nomor surat"), "letter"),
            Column(_("Tanggal"), "short"),
            Column(_("Ditujukan kepada")),
            Column(_("Isi singkat"), "wide"),
            Column(_("Oleh")),
        ]

    def _row(self, place, number):
        code = number.classification.code if number.classification else ""
        small = f"DIBATALKAN: {number.reason}" if number.is_cancelled else code
        by = display_name(number.created_by) if number.created_by else ""
        return [
            str(place),
            Cell(number.text, small),
            dates.date_brief(number.dated),
            number.addressed_to or "–",
            number.gist,
            by or "–",
        ]


@register
class NumberBookOnF4(NumberBookPaper):
    kind = "numbering.book_f4"
    label = gettext_lazy("Buku nomor pada F4")
    size = Office.PaperSize.F4
