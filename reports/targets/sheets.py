"""The targets of many offices, as they come in from a sheet."""

from django.utils.translation import gettext_lazy as _

from pokmas.imports import parsers
from pokmas.imports.kinds import Column, Kind, register
from reports.targets import of_targets as targets
from reports.targets.models import Target

UNITS = (
    "UPT",
    "Unit kerja",
    "Satker",
    "Nama UPT",
    "Satuan kerja",
    "Kanwil",
    "Nama unit",
)
INDICATORS = (
    "Indikator kinerja",
    "Kode",
    "Kode indikator",
    "IKU",
    "KPI",
    "Nama indikator",
)
PERIODS = ("Tahun", "Periode", "Tahun/periode", "Bulan", "Triwulan", "Tahun anggaran")
VALUES = ("Target kinerja", "Nilai target", "Jumlah target", "Target tahun ini")
BASELINES = ("Baseline", "Data awal", "Realisasi tahun lalu", "Capaian tahun lalu")
NUMBERS = ("Nomor SK", "No. SK", "SK", "Nomor surat keputusan")
DAYS = ("Tanggal SK", "Tgl SK", "Tgl keputusan", "Tanggal surat keputusan")

register(
    Kind(
        name="targets",
        title=_("Daftar target"),
        lead=_(
            "Target kantor di bawah Anda: satu baris per kantor, indikator, dan masa. "
            "Target yang sudah ditetapkan tidak diubah; bila angkanya lain, barisnya "
            "ditunjukkan."
        ),
        list_page="reports:targets",
        unused=("Satuan", "Keterangan", "Ket.", "Sasaran", "Realisasi", "Capaian"),
        makes=(Target,),
        judge=targets.judge,
        insert=targets.insert,
        permissions=("reports.set_target",),
        columns=(
            Column(
                "unit",
                _("Kantor"),
                ("Unit", *UNITS),
                targets.units,
                "bigint",
                words=targets.names_of_units,
                is_needed=True,
            ),
            Column(
                "indicator",
                _("Indikator"),
                INDICATORS,
                targets.indicators,
                words=targets.names_of_indicators,
            ),
            Column("period", _("Masa"), PERIODS, targets.periods),
            Column("value", _("Target"), VALUES, targets.amounts, "numeric"),
            Column("baseline", _("Nilai awal"), BASELINES, targets.amounts, "numeric"),
            Column(
                "decree_number",
                _("Nomor keputusan"),
                NUMBERS,
                lambda record: parsers.text(80),
            ),
            Column(
                "decree_on",
                _("Tanggal keputusan"),
                DAYS,
                lambda record: parsers.day,
                "date",
            ),
        ),
    )
)
