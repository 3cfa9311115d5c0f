"""What partners declare from the beginning of the portal."""

from datetime import date

from django.utils.translation import gettext_noop as _

SINCE = date(2026, 1, 1)
DECLARATIONS = [
    (
        _("Pakta integritas"),
        _(
            """\
Kami menyatakan bahwa:

1. isian dan surat dalam pendaftaran ini benar;
2. kami tidak memberi, menjanjikan, meminta, atau menerima hadiah atau imbalan apa pun \
kepada atau dari petugas;
3. kami tidak memungut biaya dari warga binaan, klien, anak, atau keluarganya;
4. kami mematuhi tata tertib unit, dan melapor kepada kepala unit atau Kantor Wilayah \
bila mengetahui pelanggaran.
"""
        ),
    ),
    (
        _("Tidak ada pungutan"),
        _(
            """\
Tidak ada yang meminta biaya kepada kami, dan kami tidak membayar apa pun, untuk \
pendaftaran ini.
"""
        ),
    ),
    (
        _("Persetujuan pemrosesan data pribadi"),
        _(
            """\
Menurut Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi kami \
menyetujui bahwa data pribadi dalam pendaftaran ini (nama pimpinan dan narahubung, \
alamat, nomor telepon, surel, dan NPWP) diproses Direktorat Jenderal Pemasyarakatan, \
Kantor Wilayah, dan unit tujuan untuk memeriksa pendaftaran, menghubungi kami, dan \
mengelola kerja sama. Orang yang datanya kami cantumkan mengetahui dan menyetujuinya.

Persetujuan ini dapat ditarik kapan saja, dengan menarik pendaftaran atau lewat unit \
tujuan; yang sudah dilakukan sebelumnya tetap sah.
"""
        ),
    ),
]


def fill(apps, schema_editor=None):
    for place, (title, text) in enumerate(DECLARATIONS, start=1):
        apps.get_model("partners", "Declaration").objects.get_or_create(
            title=title, valid_from=SINCE, defaults={"text": text, "order": 10 * place}
        )
