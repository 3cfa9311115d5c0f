"""What is asked of a plan, as the portal begins."""

from django.utils.translation import gettext_noop as _

CRITERIA = [
    ("fit", _("Sejalan dengan tugas unit dan program yang sedang berjalan")),
    ("fit", _("Bentuk dan pokoknya diatur atau dibolehkan peraturan")),
    ("fit", _("Belum dicakup kerja sama lain yang masih berlaku")),
    ("need", _("Menjawab kebutuhan nyata warga binaan atau klien unit ini")),
    ("need", _("Jumlah dan sasaran penerima manfaat dapat disebutkan")),
    ("need", _("Hasil yang diharapkan dapat diukur")),
    ("need", _("Tidak dapat dipenuhi unit sendiri tanpa mitra ini")),
    ("partner", _("Mitra berpengalaman di bidang yang disepakati")),
    ("partner", _("Mitra punya tenaga, sarana, dan biaya untuk bagiannya")),
    ("partner", _("Pimpinan mitra berwenang menandatangani")),
    ("partner", _("Rekam jejak mitra di unit ini atau di tempat lain baik")),
    ("means", _("Unit punya petugas yang mengurus pelaksanaannya")),
    ("means", _("Tempat dan waktu pelaksanaan tersedia")),
    ("means", _("Biaya bagian unit tersedia atau tidak diperlukan")),
    ("risk", _("Keamanan dan ketertiban unit tetap terjaga")),
    ("risk", _("Hak dan martabat warga binaan atau klien terlindungi")),
    ("risk", _("Tidak ada benturan kepentingan petugas dengan mitra")),
    ("risk", _("Ada cara mengakhirinya tanpa merugikan penerima manfaat")),
]
TRIGGERS = [
    _("Ada pihak asing: lembaga, dana, atau tenaga dari luar negeri"),
    _("Melibatkan anak"),
    _("Ada uang atau barang dari mitra untuk unit"),
    _("Data pribadi warga binaan atau klien diserahkan kepada mitra"),
    _("Ada bangunan atau pemakaian tetap di atas tanah negara"),
    _("Mitra adalah partai politik atau berafiliasi dengannya"),
    _("Ada peliputan atau publikasi oleh media"),
]


def fill(apps, schema_editor=None):
    for place, (group, text) in enumerate(CRITERIA, start=1):
        apps.get_model("agreements", "FeasibilityCriterion").objects.get_or_create(
            text=text, defaults={"group": group, "order": 10 * place}
        )
    for place, text in enumerate(TRIGGERS, start=1):
        apps.get_model("agreements", "FeasibilityTrigger").objects.get_or_create(
            text=text, defaults={"order": 10 * place}
        )
