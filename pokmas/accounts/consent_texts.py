"""The texts people agree to. A new wording is a new version with its own migration."""

from datetime import date

from django.utils.translation import gettext_noop as _

ACCOUNT = [
    {
        "purpose": "account",
        "version": 1,
        "title": _("Persetujuan pemrosesan data pribadi"),
        "valid_from": date(2026, 1, 1),
        "text": _(
            """\
Naskah ini menjelaskan data pribadi apa yang kami minta ketika Anda membuat akun, \
untuk apa dipakai, dan apa hak Anda menurut Undang-Undang Nomor 27 Tahun 2022 \
tentang Pelindungan Data Pribadi.

Siapa yang memproses
Direktorat Jenderal Pemasyarakatan beserta Kantor Wilayah dan UPT tempat Anda \
mendaftar.

Data yang kami simpan
Nama lengkap, alamat surel, nomor telepon bila Anda mengisinya, serta catatan teknis \
akun: waktu masuk, alamat IP, dan jenis perangkat. Kami tidak meminta data tentang \
kesehatan, agama, atau riwayat pidana.

Untuk apa
Mengenali Anda saat masuk, mengirim pemberitahuan tentang pendaftaran, kerja sama, \
dan kegiatan Anda, serta menjaga keamanan portal. Data Anda tidak dijual dan tidak \
dipakai untuk iklan.

Siapa yang dapat melihat
Petugas kantor yang menangani pendaftaran dan kegiatan Anda, sebatas tugasnya. Nomor \
telepon dan surel Anda disamarkan bagi petugas yang tidak memerlukannya. Setiap \
perubahan dan setiap pengunduhan data dicatat.

Berapa lama
Selama akun Anda aktif. Setelah itu data dihapus atau dibuat anonim, kecuali catatan \
yang wajib disimpan menurut peraturan kearsipan.

Hak Anda
Anda dapat melihat, meminta salinan, dan memperbaiki data Anda, serta menarik \
persetujuan ini kapan saja di halaman akun. Bila Anda menariknya, akun Anda ditutup \
saat itu juga dan pemrosesan dihentikan paling lambat 3 x 24 jam. Yang sudah \
dilakukan sebelum penarikan tetap sah.

Anak
Akun hanya untuk orang berusia 18 tahun ke atas. Untuk anak diperlukan persetujuan \
orang tua atau wali melalui kantor kami.

Bila ada kebocoran data
Kami memberi tahu Anda secara tertulis paling lambat 3 x 24 jam: data apa, kapan dan \
bagaimana terjadinya, dan apa yang kami lakukan.
"""
        ),
    }
]


def load(model, texts) -> None:
    for text in texts:
        key = {"purpose": text["purpose"], "version": text["version"]}
        model.objects.get_or_create(**key, defaults=text)
