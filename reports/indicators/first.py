"""The catalogue that the portal begins with."""

from datetime import date

from django.utils.translation import gettext_noop as _

SINCE = date(2020, 2, 10)
DECREE = "Keputusan Dirjen Pemasyarakatan PAS-06.OT.02.02 Tahun 2020"
OURS = _("Usulan awal portal; ganti bila ada keputusan yang mengaturnya")
YEARLY = "yearly"
# Code, name, numerator, denominator, unit of measure, and how several offices and
# months come to one.
CATALOGUE = [
    (
        *("KPI-01", _("Pokmas Lipas terbentuk")),
        *(_("Pokmas Lipas yang aktif pada akhir masa"), "", _("kelompok")),
        *("sum", "latest"),
        {"legal_note": DECREE, "of_bapas": True},
    ),
    (
        *("KPI-02", _("Mitra per Pokmas Lipas")),
        _("Keanggotaan mitra dalam Pokmas Lipas yang aktif pada akhir masa"),
        *(_("Pokmas Lipas yang aktif pada akhir masa"), _("mitra per kelompok")),
        *("ratio", "latest"),
        {"legal_note": DECREE, "of_bapas": True},
    ),
    (
        *("KPI-03", _("Pokmas Lipas yang aktif berkegiatan")),
        _("Pokmas Lipas aktif dengan sedikitnya satu kegiatan terverifikasi"),
        *(_("Pokmas Lipas yang aktif pada akhir masa"), "%"),
        *("ratio", "ratio"),
        {"of_bapas": True},
    ),
    (
        *("KPI-04", _("Kerja sama berlaku")),
        *(_("Kerja sama yang berlaku pada akhir masa"), "", _("naskah")),
        *("sum", "latest"),
        {},
    ),
    (
        *("KPI-05", _("Kerja sama yang dilaksanakan")),
        _("Kerja sama berlaku dengan sedikitnya satu kegiatan terverifikasi"),
        *(_("Kerja sama yang berlaku pada akhir masa"), "%"),
        *("ratio", "ratio"),
        {},
    ),
    (
        *("KPI-06", _("Kerja sama akan berakhir dalam 90 hari")),
        _("Kerja sama berlaku yang berakhir dalam 90 hari dan belum diperpanjang"),
        *("", _("naskah")),
        *("sum", "latest"),
        {"direction": "down"},
    ),
    (
        *("KPI-07", _("Kegiatan terverifikasi")),
        *(_("Kegiatan dalam masa ini yang sudah diverifikasi"), "", _("kegiatan")),
        *("sum", "sum"),
        {"breakdowns": ["type"]},
    ),
    (
        *("KPI-08", _("Penerima manfaat")),
        _("Kehadiran penerima manfaat dalam kegiatan terverifikasi"),
        *("", _("orang")),
        *("sum", "sum"),
        {"breakdowns": ["category", "sex", "type"]},
    ),
    (
        *("KPI-09", _("Jangkauan klien")),
        _("Kehadiran klien dalam kegiatan terverifikasi"),
        *(_("Klien aktif pada masa ini, diisi unit"), "%"),
        *("ratio", "ratio"),
        {"source": "mixed", "rhythm": YEARLY, "of_bapas": True},
    ),
    (
        *("KPI-10", _("Jam relawan")),
        *(_("Jam kerja Sahabat dan relawan mitra yang diakui"), "", _("jam")),
        *("sum", "sum"),
        {"source": "entered", "rhythm": "monthly"},
    ),
    (
        *("KPI-11", _("Cakupan kabupaten/kota")),
        _("Kabupaten/kota wilayah kerja yang punya kerja sama berlaku"),
        *(_("Kabupaten/kota wilayah kerja"), "%"),
        *("ratio", "latest"),
        {"source": "entered", "rhythm": YEARLY, "of_bapas": True},
    ),
    (
        *("KPI-12", _("Sahabat Pemasyarakatan")),
        *(_("Sahabat yang diterima dan belum berakhir pada akhir masa"), ""),
        *(_("orang"), "sum", "latest"),
        {"breakdowns": ["stage"]},
    ),
    (
        *("KPI-13", _("Program mandiri yang sampai evaluasi")),
        _("Program mandiri yang fase implementasinya sudah disetujui"),
        *(_("Program mandiri yang sudah dimulai"), "%"),
        *("ratio", "latest"),
        {},
    ),
    (
        *("KPI-14", _("Lokasi kerja sosial siap")),
        *(_("Lokasi kerja sosial yang siap dipakai pada akhir masa"), ""),
        *(_("lokasi"), "sum", "latest"),
        {"source": "entered", "rhythm": "quarterly"},
    ),
    (
        *("KPI-15", _("Klien tersalur kerja atau modal")),
        *(_("Klien yang tersalur kerja atau mendapat modal usaha"), ""),
        *(_("orang"), "sum", "sum"),
        {"source": "entered", "rhythm": "quarterly"},
    ),
]


def fill(apps, schema_editor=None):
    indicators = apps.get_model("reports", "Indicator").objects
    for code, name, above, below, unit, offices, times, more in CATALOGUE:
        indicators.get_or_create(
            code=code,
            valid_from=SINCE,
            defaults={
                "name": name,
                "numerator": above,
                "denominator": below,
                "unit": unit,
                "over_offices": offices,
                "over_time": times,
                "source": "counted",
                "legal_note": OURS,
                **more,
            },
        )
