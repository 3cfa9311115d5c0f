"""The figures of a report as a workbook: those that its PDF prints, as numbers.

It stands inside the PDF too.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from outreach.models import BeneficiaryCount
from pokmas.documents.models import IssuedDocument
from pokmas.lists.workbook import Sheet, workbook
from pokmas.words.language import in_readers_words
from reports.figures import figures
from reports.figures.periods import Period
from reports.monthly.accounts import named
from reports.monthly.models import Report

Category = BeneficiaryCount.Category


def workbook_of(report: Report, told: dict, paper: IssuedDocument | None) -> bytes:
    """`told` are the figures that this paper prints."""
    sheets = [
        _about(report, paper),
        _numbers(told),
        replace(_of(told, "trend", _("Per bulan"), _month()), months=0),
        _of(told, "served_by_category", _("Penerima manfaat"), _served()),
        _of(told, "activities_by_type", _("Jenis kegiatan"), _type()),
        *_accounts(told.get("accounts", [])),
        _of(told, "units", _("Unit"), _unit()),
        _of(told, "agreements", _("Kerja sama"), _agreement()),
        _of(told, "groups", _("Pokmas Lipas"), _group()),
        _of(told, "activities", _("Kegiatan"), _activity()),
    ]
    return workbook([sheet for sheet in sheets if sheet.rows])


def _about(report: Report, paper: IssuedDocument | None) -> Sheet:
    rows = [
        (_("Laporan"), report.title),
        (_("Unit"), report.office.name),
        (_("Awal"), report.period.first),
        (_("Akhir"), report.period.last),
        (_("Versi"), paper.version if paper else 0),
        (_("Kode dokumen"), paper.code if paper else ""),
        (_("Diterbitkan"), paper.issued_on if paper else None),
    ]
    return Sheet(_("Laporan"), [_("Uraian"), _("Isi")], rows)


def _numbers(told: dict) -> Sheet:
    known = figures.FIGURES | figures.CHANGES
    numbers = told.get("figures", {}) | told.get("changes_sought", {})
    rows = [(str(known[code].label), number) for code, number in numbers.items()]
    return Sheet(_("Angka"), [_("Uraian"), _("Jumlah")], rows)


def _of(told: dict, name: str, title: str, columns: dict) -> Sheet:
    """A list of the snapshot; a column is its label and how a row says it."""
    rows = [[say(row) for say in columns.values()] for row in told.get(name, ())]
    return Sheet(title, list(columns), rows)


def _day(name: str):
    return lambda row: date.fromisoformat(row[name])


def _at(name: str):
    return lambda row: row[name]


def _month() -> dict:
    return {
        _("Bulan"): _day("month"),
        _("Kegiatan"): _at("activities"),
        _("Penerima manfaat"): _at("served"),
    }


def _served() -> dict:
    return {
        _("Kelompok"): lambda row: str(Category(row["category"]).label),
        _("Laki-laki"): _at("male"),
        _("Perempuan"): _at("female"),
        _("Jumlah"): _at("sum"),
    }


def _type() -> dict:
    return {
        _("Jenis kegiatan"): lambda row: in_readers_words(row["label"]),
        _("Kegiatan"): _at("activities"),
        _("Penerima manfaat"): _at("served"),
    }


def _unit() -> dict:
    return {
        _("Unit"): _at("name"),
        _("Kegiatan"): _at("activities"),
        _("Penerima manfaat"): _at("served"),
    }


def _agreement() -> dict:
    return {
        _("Kerja sama"): _at("title"),
        _("Mitra"): _at("partner"),
        _("Nomor"): _at("number"),
        _("Berakhir"): _day("ends_on"),
        _("Kegiatan"): _at("activities"),
    }


def _group() -> dict:
    return {
        _("Pokmas Lipas"): _at("name"),
        _("Bidang"): _at("field"),
        _("Anggota"): _at("members"),
        _("Kegiatan"): _at("activities"),
    }


def _activity() -> dict:
    return {
        _("Kegiatan"): _at("title"),
        _("Tanggal"): _day("held_on"),
        _("Jenis kegiatan"): lambda row: in_readers_words(row["type"]),
        _("Tempat"): _at("place"),
        _("Mitra"): lambda row: ", ".join(row["partners"]),
        _("Penerima manfaat"): _at("served"),
    }


def _accounts(rows: list[dict]) -> list[Sheet]:
    """Targets and results beside those of a year before; and each month."""
    pairs = [
        (row, f"{row['code']} {in_readers_words(indicator.name)}", indicator)
        for row, indicator in named(rows)
    ]
    names = ("target", "value", "achieved")
    labels = [_("Target"), _("Realisasi"), _("Capaian (%)")]
    before = [
        _("Target setahun sebelumnya"),
        _("Realisasi setahun sebelumnya"),
        _("Capaian setahun sebelumnya (%)"),
    ]
    achieved = [
        [name, in_readers_words(indicator.unit)]
        + [_number(row[each]) for each in names]
        + [_number(row["before"][each]) for each in names]
        for row, name, indicator in pairs
    ]
    months = [
        [name, Period.read(f"monthly:{month}").first, _number(value)]
        for row, name, _indicator in pairs
        for month, value in row["months"]
    ]
    head = [_("Indikator"), _("Satuan"), *labels, *before]
    return [
        Sheet(_("Indikator"), head, achieved),
        Sheet(
            _("Indikator per bulan"),
            [_("Indikator"), _("Bulan"), _("Realisasi")],
            months,
            months=1,
        ),
    ]


def _number(text: str | None) -> Decimal | None:
    """As the PDF prints it."""
    return None if text is None else round(Decimal(text), 2)
