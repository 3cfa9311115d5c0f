"""The skills, the promise and the consent text that volunteers begin with."""

from datetime import date

from django.utils.translation import gettext_noop as _

from pokmas.accounts import consent_texts

SKILLS = [
    _("Mengajar baca tulis dan berhitung"),
    _("Mengajar bahasa"),
    _("Bimbingan rohani"),
    _("Konseling dan pendampingan"),
    _("Penyuluhan hukum"),
    _("Kesehatan dan pertolongan pertama"),
    _("Pertanian dan peternakan"),
    _("Memasak dan tata boga"),
    _("Menjahit dan kerajinan"),
    _("Perbengkelan dan las"),
    _("Pertukangan dan bangunan"),
    _("Komputer dan desain"),
    _("Usaha kecil dan keuangan"),
    _("Musik dan seni"),
    _("Olahraga"),
    _("Dokumentasi dan media"),
]
PROMISE_SINCE = date(2026, 1, 1)
TITLE = _("Janji Sahabat Pemasyarakatan")
PROMISE = _(
    """\
Saya berjanji:

1. menghormati martabat setiap warga binaan, klien, anak, dan keluarganya, tanpa \
membeda-bedakan;
2. menjaga rahasia tentang diri mereka, dan tidak memotret atau menyebarkan wajah, \
nama, atau perkara mereka;
3. mematuhi tata tertib dan arahan petugas di tempat saya membantu;
4. tidak membawa barang terlarang, tidak menitipkan pesan, dan tidak meminta atau \
menerima imbalan dari mereka atau keluarganya;
5. segera memberi tahu petugas bila melihat bahaya, kekerasan, atau penyimpangan;
6. memberi kabar bila tidak dapat hadir, dan berhenti dengan baik bila tidak dapat \
lagi membantu.
"""
)
VOLUNTEER = "volunteer"
CONSENTS = [
    {
        "purpose": VOLUNTEER,
        "version": 1,
        "title": _("Persetujuan data Sahabat Pemasyarakatan"),
        "valid_from": date(2026, 1, 1),
        "text": _(
            """\
Naskah ini menambah naskah persetujuan akun: data apa yang kami minta dari seorang \
Sahabat Pemasyarakatan dan untuk apa.

Data yang kami simpan
Nama, jenis kelamin, tahun lahir, kabupaten/kota, nomor telepon, surel, pekerjaan, \
keahlian, bidang yang diminati, dan waktu luang Anda. Kami tidak menanyakan agama, \
kesehatan, atau riwayat pidana.

Untuk apa
Memutuskan pendaftaran Anda, menghubungi Anda, dan mencari Sahabat yang cocok untuk \
suatu kegiatan.

Siapa yang dapat melihat
Petugas unit tujuan Anda, Kantor Wilayah, dan Pusat, sebatas tugasnya. Nomor telepon \
dan surel hanya dibaca petugas unit yang memerlukannya; setiap pembacaan dicatat.

Hak Anda
Anda dapat memperbaiki data, menarik pendaftaran, berhenti, atau menarik persetujuan \
ini kapan saja. Bila persetujuan ini ditarik, pendaftaran atau tugas Anda sebagai \
Sahabat berakhir saat itu juga; yang sudah dilakukan tetap tercatat.
"""
        ),
    }
]


def fill(apps, schema_editor=None):
    for name in SKILLS:
        apps.get_model("partners", "Skill").objects.get_or_create(name=name)
    apps.get_model("partners", "Promise").objects.get_or_create(
        valid_from=PROMISE_SINCE, defaults={"title": TITLE, "text": PROMISE}
    )
    consent_texts.load(apps.get_model("accounts", "ConsentText"), CONSENTS)
