"""Words that names, titles and places are made of, and SQL that picks among them."""

import random


def _list(words: str, sign: str = " ") -> list[str]:
    return words.split(sign)


_SYLLABLES = _list(
    "ba be bi bo bu da de di do du ga gi gu ha hi ja ji ka ke ki ko ku la le li lo lu "
    "ma me mi mo mu na ni nu pa pe pi ra re ri ro ru sa se si so su ta te ti to tu wa "
    "we ya yo ng rt nd st mp"
)
_chance = random.Random(7)
_INVENTED = [
    "".join(_chance.choice(_SYLLABLES) for _ in range(_chance.choice((2, 3, 3, 4))))
    for _ in range(3000)
]
_KINDS = [
    ("foundation", "Yayasan"),
    ("company", "PT"),
    ("company", "CV"),
    ("small_business", "UMKM"),
    ("civil_society", "LSM"),
    ("legal_aid", "LBH"),
    ("school", "PKBM"),
    ("religious", "Majelis"),
    ("government", "Dinas Sosial"),
    ("local_government", "Kelurahan"),
    ("person", "Keluarga"),
    ("university", "Universitas"),
    ("health", "Klinik"),
    ("training", "LPK"),
    ("media", "Radio"),
    ("rehabilitation", "Griya Rehabilitasi"),
]
WORDS = {
    "first": _list(
        "Ahmad Budi Citra Dewi Eko Fitri Gunawan Hadi Indah Joko Kartika Lestari Maria "
        "Nur Oki Putri Rahmat Siti Tri Umar Vina Wahyu Yosef Zainal Muhammad Kristina "
        "Elisabeth Gregorius Agus Bambang Dian Endang Ferdinand Hendra Iwan Jamal "
        "Kurnia Lukas Markus Nia Oscar Paulus Ratna Suryani Theresia Untung Wati "
        "Yohanes Yuliana Abdul Anastasia Benediktus Damianus Emilia Fransiskus "
        "Ignatius Magdalena"
    ),
    "last": _list(
        "Nasution Siregar Wijaya Santoso Hidayat Pratama Saputra Lubis Simanjuntak "
        "Hutapea Kusuma Rahman Setiawan Nugroho Wibowo Susanto Halim Manurung Sinaga "
        "Tampubolon Purba Ginting Sembiring Tarigan Bria Nahak Seran Klau Bere Mau "
        "Leki Fallo Taneo Nenobais Lopo Sonbai Boimau Natonis Tefa Liu Kase Benu Nope "
        "Manafe Adoe Dethan Radja Lado Haning Pellokila Ndun Mooy Pah Foeh Henukh "
        "Messakh Ndolu Bessie"
    ),
    "odd": [word.capitalize() for word in _INVENTED],
    "kind": [kind for kind, _form in _KINDS],
    "form": [form for _kind, form in _KINDS],
    "virtue": _list(
        "Harapan Mandiri Sejahtera Cahaya Kasih Bangsa Abadi Makmur Bersama Peduli "
        "Mulia Sentosa Bakti Nusantara Lestari Damai Sinar Karya Jaya Utama Amanah "
        "Berkah"
    ),
    "what": _list(
        "Sosialisasi pidana kerja sosial|Kerja sosial membersihkan tempat umum|"
        "Bimbingan kepribadian|Pelatihan menjahit bagi klien|Pelatihan las listrik|"
        "Penyuluhan hukum|Pendampingan diversi anak|Bantuan modal usaha kecil|"
        "Pelatihan barista kopi|Pertanian hidroponik warga binaan|Konseling adiksi|"
        "Pemeriksaan kesehatan gratis|Pendidikan kesetaraan paket B|"
        "Pengajian dan pembinaan rohani|Ibadah dan pembinaan rohani|"
        "Pameran hasil karya|Rapat koordinasi kelompok|Pelatihan perbengkelan|"
        "Edukasi bahaya narkotika|Penanaman pohon bersama warga|"
        "Pelatihan pangkas rambut|Kunjungan keluarga|"
        "Wawancara kerja dan penyaluran tenaga|Pelatihan pembuatan tenun ikat",
        "|",
    ),
    "place": _list(
        "Balai Desa|Aula Lapas|Griya Abhipraya|Lapangan|Kantor Bapas|Puskesmas|Gereja|"
        "Masjid|Sekolah|Balai Latihan Kerja|Kantor Camat|Bengkel Kerja",
        "|",
    ),
    "output": _list(
        "Masyarakat mengetahui cara menjadi mitra; peserta aktif bertanya.|"
        "Lingkungan bersih; warga setempat ikut bergotong royong bersama klien.|"
        "Konseling kelompok selesai; peserta diminta hadir pada sesi berikutnya.|"
        "Peserta menyelesaikan materi dasar dan menghasilkan contoh karya.|"
        "Keluarga menerima penjelasan tentang hak dan kewajiban klien.",
        "|",
    ),
}


def _array(words: list[str]) -> str:
    return "ARRAY[" + ",".join(f"'{word}'" for word in words) + "]"


# The words as one row, to be joined to whatever is written.
PICKED = (
    "(SELECT "
    + ", ".join(f"{_array(words)} AS {name}" for name, words in WORDS.items())
    + ") word"
)


def pick(name: str, skew: float = 1) -> str:
    """SQL: one of the words; with a skew the first ones far more often."""
    return f"word.{name}[1 + floor(power(random(), {skew}) * {len(WORDS[name])})::int]"
