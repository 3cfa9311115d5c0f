"""The two sheets of an activity, as PDF; they are kept nowhere.

Sheet A names officers, partners, volunteers and guests. Sheet B counts those served by
strokes and never names them.
"""

from django.utils.translation import gettext as _

from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity
from outreach.presence import codes
from pokmas.papers import printing
from pokmas.papers.blocks import Content, Facts, Paragraph, Ruled, Title

# Room for guests, however many are registered; and a page is full with so many.
LEAST_BLANK, USUAL = 8, 15
# The breadth of what stands before a room to write in, and of a sum.
WHO, SUM = 34, 18


def printed(activity: Activity, sheet: str) -> bytes:
    """Raises PdfFailed."""
    office = activity.office
    with printing.as_printed(office):
        content, title = SHEETS[sheet](activity)
        return printing.sheet_of(content, office, title=title).content


def _attendance(activity: Activity) -> tuple[Content, str]:
    people = list(activity.participants.for_list())
    blank = max(LEAST_BLANK, USUAL - len(people))
    rows = [
        [str(place), str(each), f"{each.get_kind_display()}, {each.affiliation}", ""]
        for place, each in enumerate(people, start=1)
    ]
    first = len(people) + 1
    rows += [[str(place), "", "", ""] for place in range(first, first + blank)]
    scan = _(
        "Yang sudah terdaftar dapat memindai kode ini di tempat, lalu menekan “Catat "
        "hadir”."
    )
    columns = [
        (_("No."), 10),
        (_("Nama"), 0),
        (_("Instansi"), 48),
        (_("Tanda tangan"), 45),
    ]
    blocks = [
        Title(_("Lembar A: Daftar hadir petugas, mitra, Sahabat, dan tamu")),
        Facts(
            [*_facts(activity), (_("Kode"), [scan])],
            qr=codes.drawn(codes.of_sheet(activity)),
        ),
        Ruled(columns, rows, height=10),
        Paragraph(
            _(
                "Warga binaan, klien, dan anak tidak menulis nama di lembar ini; "
                "mereka dihitung pada lembar B."
            ),
            "quiet",
        ),
    ]
    return Content(blocks, is_compact=True), _("Daftar hadir")


def _tally(activity: Activity) -> tuple[Content, str]:
    columns = [
        (_("Kelompok penerima"), WHO),
        (_("Laki-laki"), 0),
        (_("Jumlah"), SUM),
        (_("Perempuan"), 0),
        (_("Jumlah"), SUM),
    ]
    labels = BeneficiaryCount.Category.labels
    lines = [_("Dihitung oleh"), _("Daftar bertanda tangan, bila ada, disimpan di")]
    blocks = [
        Title(_("Lembar B: Turus penerima manfaat")),
        Facts(_facts(activity)),
        Paragraph(
            _("Tanpa nama. Satu turus untuk satu orang, ikat setiap lima."), "strong"
        ),
        Paragraph(
            _("Jumlahnya ditulis dalam laporan kegiatan; lembar ini tidak diunggah.")
        ),
        Ruled(columns, [[str(label), "", "", "", ""] for label in labels], height=17),
        Ruled([("", WHO), ("", 0)], [[line, ""] for line in lines], height=12),
    ]
    return Content(blocks), _("Turus penerima manfaat")


def _facts(activity: Activity) -> list[tuple[str, list[str]]]:
    return [
        (_("Kegiatan"), [activity.title]),
        (_("Waktu"), [activity.when]),
        (_("Tempat"), [f"{activity.place}, {activity.regency}"]),
    ]


SHEETS = {"a": _attendance, "b": _tally}
