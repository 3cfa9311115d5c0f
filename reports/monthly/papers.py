"""What a report says, as PDF and in Word."""

from collections import Counter
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.models import Coverage, Evidence, RestorativeMeeting
from pokmas.documents.models import Document, IssuedDocument
from pokmas.jobs.models import Job
from pokmas.offices.letters import head_title
from pokmas.offices.models import Office
from pokmas.papers.blocks import (
    Attached,
    Cell,
    Column,
    Content,
    Facts,
    Heading,
    Paragraph,
    Photo,
    Photos,
    Picture,
    Signature,
    Table,
    Title,
)
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.papers.word import word_of
from pokmas.steps.since import judged_before
from pokmas.words import dates
from pokmas.words.language import in_readers_words
from reports.figures import figures, pictures
from reports.monthly import accounts
from reports.monthly.lower import Lower, lower_of
from reports.monthly.models import SAID, Report
from reports.monthly.said import HERE, Said
from reports.monthly.workbook import workbook_of

PHOTOS = 6
# What the workbook inside the PDF is called.
FIGURES = "angka-laporan.xlsx"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
Status = Report.Status


@register
class ReportPaper(Paper):
    """Made anew whenever its figures or words change; valid once it is accepted."""

    kind = "reports.monthly"
    label = gettext_lazy("Laporan kinerja")
    model = Report
    ready = gettext_lazy("PDF siap diperiksa: %(name)s")
    at_once = False

    def rows(self):
        return Report.objects.select_related("office", "created_by")

    def serves(self, issued, report):
        return issued.job is not None and issued.job.state != Job.State.DONE

    def identity(self, report):
        return Identity(
            title=_title(report),
            holder=report.office.name,
            number=report.number,
            period=report.period.name,
        )

    def content(self, report, issued):
        snapshot = snapshot_of(report)
        blocks = _blocks(report, issued, snapshot, Said())
        lines = [f"{issued.office_name} · {issued.period}"]
        workbook = Attached(
            FIGURES,
            _("Angka laporan ini sebagai lembar kerja"),
            Document.Kind.XLSX,
            workbook_of(report, snapshot, issued),
        )
        return Content(blocks, annex_lines=lines, keeps=snapshot, attached=[workbook])

    def word(self, report, content, issued):
        """With a place for whatever may be said and is not yet."""
        blocks = _blocks(report, issued, content.keeps, Said(HERE))
        return word_of(replace(content, blocks=blocks), issued)

    def is_wanted(self, issued, report):
        return report.is_with_the_unit and report.version < issued.version

    def keep(self, issued, report, content):
        report.version, report.issued = issued.version, issued
        report.figures = content.keeps
        report.save(update_fields=["version", "figures", "issued"])
        if report.status == Status.OPEN:
            report.move_to(Status.DRAFTING, by=None)
        elif report.status == Status.RETURNED and _is_mended(report):
            report.move_to(Status.DRAFTING, by=None, reason=report.reason)


def snapshot_of(report: Report) -> dict:
    """Everything that it prints of the records, as plain JSON."""
    found = figures.reported(figures.Scope(report.office, report.period))
    if report.is_accounted:
        found["accounts"] = accounts.accounts_of(report)
    return found


def _blocks(report: Report, issued: IssuedDocument, snapshot: dict, said: Said) -> list:
    numbers = [_("Nomor %(number)s") % {"number": issued.number}]
    return [
        Title(
            _title(report),
            [
                _("Peran serta masyarakat dalam pemasyarakatan"),
                f"{issued.office_name} · {issued.period}",
                *(numbers if issued.number else []),
            ],
        ),
        *_numbered(_chapters(report, issued, snapshot, said)),
        *_people(report, issued),
        _signature(report, issued),
    ]


def _chapters(
    report: Report, issued: IssuedDocument, snapshot: dict, said: Said
) -> list[tuple]:
    """Heading and blocks of each; one without blocks is left out."""
    scope = figures.Scope(report.office, report.period)
    rows = snapshot["accounts"] if report.is_accounted else []
    told = accounts.blocks(report, rows, said) if report.is_accounted else []
    return [
        (
            _("Pendahuluan"),
            [*said.of(report, "introduction"), *_introduction(report, issued)],
        ),
        (_("Ringkasan"), _summary(snapshot, report)),
        (
            _("Kegiatan"),
            [
                *said.of(report, "on_activities"),
                *_chapter_of_activities(snapshot, report),
                *_changes_sought(snapshot["changes_sought"]),
                *_restorative(snapshot["restorative"]),
                *_corrections(snapshot["corrections"]),
                *_coverage(snapshot["coverage"]),
            ],
        ),
        (
            _("Penerima manfaat"),
            [
                *said.of(report, "on_served"),
                Picture.of(pictures.by_category(snapshot["served_by_category"])),
            ],
        ),
        (
            _("Kerja sama dan Pokmas Lipas"),
            [*said.of(report, "on_cooperation"), *_cooperation(snapshot)],
        ),
        (_("Capaian kinerja"), told),
        (_("Kendala dan tindak lanjut"), _obstacles(report, said)),
        (_("Penutup"), said.of(report, "closing")),
        (_("Dokumentasi"), _photos(scope)),
    ]


def _numbered(chapters: list[tuple]) -> list:
    """A chapter in which nothing is said yet counts for none."""
    numbers, found = iter(ROMAN), []
    for title, blocks in chapters:
        is_to_come = all(getattr(each, "text", "") == HERE for each in blocks)
        heading = title if is_to_come else f"{next(numbers)}. {title}"
        found += [Heading(heading), *blocks] if blocks else []
    return found


def _signature(report: Report, issued: IssuedDocument) -> Signature:
    """The head, or who signs for him, and whom a copy goes to."""
    head = Signature.of_head(issued, issued.issued_on)
    copies = list(filter(None, map(str.strip, report.copies.splitlines())))
    if not report.signatory:
        return replace(head, copies=copies)
    position, on_behalf = head_title(issued.office_name), ""
    if report.signatory_capacity != Office.Capacity.DEFINITIVE:
        position = f"{report.get_signatory_capacity_display()} {position}"
    if report.signatory_position:
        position, on_behalf = report.signatory_position, position
    return replace(
        head,
        position=position,
        on_behalf=on_behalf,
        name=report.signatory,
        nip=report.signatory_nip,
        copies=copies,
    )


def _title(report: Report) -> str:
    """A longer period is named beside it: Laporan Kinerja, Triwulan III 2026."""
    if report.period.is_longer:
        return _("Rekapitulasi Kinerja") if report.is_recap else _("Laporan Kinerja")
    if report.is_recap:
        return _("Rekapitulasi Kinerja Bulanan")
    return _("Laporan Kinerja Bulanan")


def _is_mended(report: Report) -> bool:
    """Whether it says anything else than what the Kanwil sent back."""
    before = judged_before(report, judged=Status.SUBMITTED, returned=Status.RETURNED)
    return before is None or any(
        (
            *(getattr(before, name) != getattr(report, name) for name in SAID),
            before.figures.get("mark") != report.figures.get("mark"),
            before.figures.get("accounts") != report.figures.get("accounts"),
        )
    )


def _introduction(report: Report, issued: IssuedDocument) -> list:
    return [
        Paragraph(
            _(
                "Laporan ini memuat pelaksanaan kerja sama dan pemberdayaan Pokmas "
                "Lipas pada %(name)s selama %(period)s. Semua angka dihitung dari "
                "kegiatan yang sudah diverifikasi; penerima manfaat dicatat sebagai "
                "jumlah, tanpa nama."
            )
            % {"name": issued.office_name, "period": issued.period}
        ),
        Paragraph(
            _(
                "Dasar hukum: Undang-Undang Nomor 22 Tahun 2022 tentang "
                "Pemasyarakatan, Pasal 89 dan Pasal 92; Keputusan Direktur Jenderal "
                "Pemasyarakatan Nomor PAS-06.OT.02.02 Tahun 2020."
            )
        ),
        *(_accountability() if report.is_accounted else []),
    ]


def _accountability() -> list:
    return [
        Paragraph(
            _(
                "Akuntabilitas kinerja: Peraturan Presiden Nomor 29 Tahun 2014 tentang "
                "Sistem Akuntabilitas Kinerja Instansi Pemerintah; Peraturan Menteri "
                "Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 53 Tahun "
                "2014."
            )
        )
    ]


def _summary(snapshot: dict, report: Report) -> list:
    rows = [
        [str(figures.FIGURES[code].label), dates.number(snapshot["figures"][code])]
        for code in figures.PRINTED
    ]
    columns = [Column(_("Uraian")), Column(_("Jumlah"), "number")]
    trend = Picture.of(pictures.trend(snapshot["trend"]))
    return [
        Table(columns, rows),
        *(_months(snapshot["trend"]) if report.period.is_longer else [trend]),
    ]


def _months(rows: list[dict]) -> list:
    """Each month, their sum and their average."""
    columns = [
        Column(_("Bulan")),
        Column(_("Kegiatan"), "number"),
        Column(_("Penerima manfaat"), "number"),
    ]
    sums = [sum(row[name] for row in rows) for name in ("activities", "served")]
    averages = [dates.number(round(each / len(rows), 1), 1) for each in sums]
    cells = [
        [
            dates.month_year(date.fromisoformat(row["month"])),
            dates.number(row["activities"]),
            dates.number(row["served"]),
        ]
        for row in rows
    ]
    cells.append([_("Jumlah"), *map(dates.number, sums)])
    cells.append([_("Rata-rata per bulan"), *averages])
    return [Heading(_("Per bulan"), 3), Table(columns, cells)]


def _activities(rows: list[dict]) -> Table:
    return Table(
        [
            Column(_("Tanggal"), "short"),
            Column(_("Kegiatan")),
            Column(_("Mitra"), "middle"),
            Column(_("Penerima"), "number"),
        ],
        [
            [
                dates.date_short(date.fromisoformat(row["held_on"])),
                Cell(row["title"], f"{row['type']} · {row['place']}"),
                ", ".join(row["partners"]),
                dates.number(row["served"]),
            ]
            for row in rows
        ],
        head=1,
        rows_are=_("kegiatan terverifikasi"),
    )


def _chapter_of_activities(snapshot: dict, report: Report) -> list:
    if report.is_recap:
        rows = _units(snapshot["units"], lower_of(report))
    else:
        rows = _activities(snapshot["activities"])
    nothing = Paragraph(_("Tidak ada kegiatan terverifikasi pada periode ini."))
    return [
        Picture.of(pictures.by_type(snapshot["activities_by_type"])),
        rows if rows.rows else nothing,
    ]


def _units(rows: list[dict], lower: list[Lower]) -> Table:
    """The units of a Kanwil: what each did, how many of its reports were accepted."""
    expected = Counter(each.expected.office.pk for each in lower)
    accepted = Counter(each.expected.office.pk for each in lower if each.is_accepted)
    return Table(
        [
            Column(_("Unit")),
            Column(_("Kegiatan"), "number"),
            Column(_("Penerima"), "number"),
            Column(_("Laporan diterima"), "number"),
        ],
        [
            [
                row["name"],
                dates.number(row["activities"]),
                dates.number(row["served"]),
                _of(accepted[row["office"]], expected[row["office"]]),
            ]
            for row in rows
        ],
        rows_are=_("unit"),
    )


def _of(part: int, whole: int) -> str:
    return _("%(part)s dari %(whole)s") % {
        "part": dates.number(part),
        "whole": dates.number(whole),
    }


def _people(report: Report, issued: IssuedDocument) -> list:
    """Who wrote it, apart from who answers for it and signs below."""
    office, wrote = report.office, report.created_by
    answers = office.head_name or office.head_title
    rows = [(_("Penanggung jawab"), [answers])]
    if wrote:
        rows.insert(0, (_("Disusun oleh"), [str(wrote)]))
    return [Facts(rows)]


def _changes_sought(numbers: dict[str, int]) -> list:
    if not any(numbers.values()):
        return []
    columns = [Column(_("Uraian")), Column(_("Jumlah"), "number")]
    cells = [
        [str(figures.CHANGES[code].label), dates.number(number)]
        for code, number in numbers.items()
    ]
    return [Heading(_("Perubahan yang diupayakan"), 3), Table(columns, cells)]


def _restorative(rows: list[dict]) -> list:
    """The report leaves the house: so few people that one might know them are hidden,
    and no sums are told, from which they could be reckoned."""
    if not rows:
        return []
    sides = RestorativeMeeting.Side
    columns = [
        Column(_("Hasil pertemuan")),
        Column(_("Pertemuan"), "number"),
        *(Column(str(side.label), "number") for side in sides),
    ]
    cells = [
        [
            in_readers_words(row["label"] or _("Belum diisi")),
            dates.number(row["meetings"]),
            *(figures.publishable(row[side]) for side in sides.values),
        ]
        for row in rows
    ]
    hidden = _("Jumlah orang di bawah lima ditulis “< 5”.")
    return [
        Heading(_("Keadilan restoratif"), 3),
        Table(columns, cells),
        Paragraph(hidden),
    ]


def _coverage(rows: list[dict]) -> list:
    if not rows:
        return []
    columns = [
        Column(_("Tanggal"), "date"),
        Column(_("Judul berita")),
        Column(_("Media"), "wide"),
    ]
    cells = [
        [
            dates.date_short(date.fromisoformat(row["published_on"])),
            Cell(row["headline"], row["link"] or row["activity"]),
            f"{row['outlet']} ({Coverage.Kind(row['kind']).label})",
        ]
        for row in rows
    ]
    return [
        Heading(_("Liputan media"), 3),
        Table(columns, cells, head=1, rows_are=_("liputan media")),
    ]


def _corrections(rows: list[dict]) -> list:
    """What was verified in the period of months whose report had been accepted."""
    if not rows:
        return []
    columns = [
        Column(_("Tanggal"), "date"),
        Column(_("Kegiatan")),
        Column(_("Alasan")),
        Column(_("Terlayani"), "number"),
    ]
    cells = [
        [
            dates.date_short(date.fromisoformat(row["held_on"])),
            Cell(row["title"], _moved(row)),
            row["reason"],
            " → ".join(
                dates.number(served)
                for served in (row["served_before"], row["served"])
                if served is not None
            ),
        ]
        for row in rows
    ]
    return [
        Heading(_("Koreksi bulan yang sudah ditutup"), 3),
        Paragraph(
            _(
                "Kegiatan berikut terjadi pada bulan yang laporannya sudah diterima "
                "dan diverifikasi sesudahnya. Angkanya tidak termasuk dalam angka "
                "periode ini, kecuali yang tanggalnya dipindah ke periode ini."
            )
        ),
        Table(columns, cells, head=1, rows_are=_("koreksi")),
    ]


def _moved(row: dict) -> str:
    """From which day the correction took it to another."""
    if row["held_before"] in (None, row["held_on"]):
        return ""
    day = dates.date_short(date.fromisoformat(row["held_before"]))
    return _("dipindah dari %(day)s") % {"day": day}


def _cooperation(snapshot: dict) -> list:
    blocks = [
        Picture.of(pictures.agreements_at_work(snapshot["agreements"])),
    ]
    if snapshot["agreements"]:
        blocks.append(_agreements(snapshot["agreements"]))
    if snapshot["groups"]:
        blocks.append(_groups(snapshot["groups"]))
    return blocks


def _agreements(rows: list[dict]) -> Table:
    return Table(
        [
            Column(_("Kerja sama")),
            Column(_("Nomor"), "middle"),
            Column(_("Berakhir"), "short"),
            Column(_("Kegiatan"), "number"),
        ],
        [
            [
                Cell(row["title"], row["partner"]),
                row["number"],
                dates.date_short(date.fromisoformat(row["ends_on"])),
                dates.number(row["activities"]),
            ]
            for row in rows
        ],
        rows_are=_("kerja sama"),
    )


def _groups(rows: list[dict]) -> Table:
    return Table(
        [
            Column(_("Pokmas Lipas")),
            Column(_("Bidang"), "middle"),
            Column(_("Anggota"), "number"),
            Column(_("Kegiatan"), "number"),
        ],
        [
            [
                row["name"],
                row["field"],
                dates.number(row["members"]),
                dates.number(row["activities"]),
            ]
            for row in rows
        ],
        rows_are=_("Pokmas Lipas"),
    )


def _obstacles(report: Report, said: Said) -> list:
    return [
        Heading(_("Kendala"), 3),
        *said.of(report, "obstacles", _("Tidak ada kendala yang dicatat.")),
        Heading(_("Tindak lanjut"), 3),
        *said.of(report, "follow_up", _("Tidak ada tindak lanjut yang dicatat.")),
    ]


def _photos(scope: figures.Scope) -> list:
    """A few photos of the period, of those that may be shown outside."""
    rows = (
        Evidence.objects.public()
        .filter(activity__in=scope.counted)
        .select_related("document", "activity")
        .order_by("activity__held_on", "pk")[:PHOTOS]
    )
    photos = [
        Photo(
            f"{row.activity.title}, {dates.date_long(row.activity.held_on)}",
            row.document,
        )
        for row in rows
        if row.document.is_available
    ]
    return [Photos(photos)] if photos else []
