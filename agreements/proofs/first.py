"""The elements of the evidence card that the portal begins with."""

from django.utils.translation import gettext_noop as _

# Code, name, the least that counts, where it is taken from, whether officers may add.
ELEMENTS = [
    (
        "scan",
        _("Naskah bertanda tangan"),
        _("Pindaian naskah yang ditandatangani kedua pihak."),
        _("Catatan penandatanganan"),
        False,
    ),
    (
        "numbers",
        _("Nomor kedua pihak"),
        _("Nomor unit dan nomor mitra."),
        _("Catatan penandatanganan"),
        False,
    ),
    (
        "in_force",
        _("Masa berlaku"),
        _("Kerja sama berlaku pada hari itu."),
        _("Tanggal mulai dan berakhir"),
        False,
    ),
    (
        "plan",
        _("Rencana kerja"),
        _("Satu butir dengan bulan, sasaran, dan penanggung jawab."),
        _("Rencana kerja"),
        True,
    ),
    (
        "contact",
        _("Narahubung kedua pihak"),
        _("Narahubung unit dan mitra, masing-masing sudah dipastikan."),
        _("Narahubung kerja sama"),
        True,
    ),
    (
        "papers",
        _("Surat mitra berlaku"),
        _("Semua surat yang diminta dari mitra ada dan masih berlaku."),
        _("Berkas mitra"),
        True,
    ),
    (
        "activity",
        _("Kegiatan 90 hari terakhir"),
        _("Satu kegiatan terverifikasi dalam 90 hari."),
        _("Catatan kegiatan"),
        False,
    ),
    (
        "served",
        _("Penerima manfaat"),
        _("Satu penerima manfaat yang dihitung dalam kegiatan terverifikasi."),
        _("Catatan kegiatan"),
        False,
    ),
    (
        "photos",
        _("Foto atau daftar hadir"),
        _("Satu foto atau daftar hadir dari kegiatan terverifikasi."),
        _("Bukti kegiatan"),
        True,
    ),
    (
        "reports",
        _("Laporan diterima"),
        _("Satu kegiatan termuat dalam laporan bulanan yang diterima Kanwil."),
        _("Laporan bulanan"),
        True,
    ),
    (
        "evaluation",
        _("Evaluasi"),
        _("Evaluasi tahun terakhir yang disahkan kepala."),
        _("Evaluasi kerja sama"),
        True,
    ),
    (
        "publication",
        _("Publikasi"),
        _("Satu berita atau unggahan yang dapat dibuka."),
        _("Kegiatan publikasi, atau tautan dari petugas"),
        True,
    ),
]


def fill(apps, schema_editor=None):
    for place, (code, name, least, source, is_typed) in enumerate(ELEMENTS, start=1):
        apps.get_model("agreements", "ProofElement").objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "least": least,
                "source": source,
                "is_typed": is_typed,
                "order": 10 * place,
            },
        )
