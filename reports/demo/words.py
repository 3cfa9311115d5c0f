"""Invented names and usual phrases the demo data is made of."""

GIVEN = [
    "Maria", "Yohanes", "Agustina", "Petrus", "Siti", "Ahmad", "Ni Made", "I Wayan",
    "Dewi", "Budi", "Kristina", "Stefanus", "Fransiska", "Markus", "Nurul", "Hendra",
    "Ratna", "Yosef", "Theresia", "Antonius", "Wahyu", "Lestari", "Melkianus", "Rina",
    "Gregorius", "Elisabeth", "Dominikus", "Aisyah", "Ferdinandus", "Yuliana",
]  # fmt: skip
FAMILY = [
    "Umpama", "Andaikata", "Rekaan", "Misalnya", "Contohan", "Semisal", "Ibarat",
    "Khayalan", "Angan", "Andaian",
]  # fmt: skip

EVIDENCE = {
    "further_collaboration": "Hadir pada tiga kegiatan unit dan membantu petugas.",
    "independent_programme": "Menyusun dan memimpin kelas sendiri selama dua bulan.",
}
OCCUPATIONS = [
    "Guru", "Petani", "Mahasiswa", "Pensiunan PNS", "Pedagang", "Perawat", "Penjahit",
    "Wiraswasta", "",
]  # fmt: skip

# Kind of partner → how such a partner is called; {city} is the town's name.
PARTNERS = {
    "foundation": ["Yayasan Umpama Kasih {city}", "Yayasan Andai Harapan {city}"],
    "legal_aid": ["LBH Misalnya Adil {city}", "Pos Bantuan Hukum Ibarat {city}"],
    "training": ["LPK Semisal Terampil {city}", "Balai Latihan Contohan {city}"],
    "religious": ["Persekutuan Doa Angan {city}", "Majelis Taklim Umpama {city}"],
    "small_business": ["Bengkel Rekaan Jaya {city}", "UMKM Tenun Khayalan {city}"],
    "company": ["PT Contohan Niaga {city}", "CV Kopi Umpama {city}"],
    "civil_society": [
        "Komunitas Hidroponik Andai {city}",
        "LSM Ibarat Sejahtera {city}",
    ],
    "school": ["PKBM Semisal Cerdas {city}", "SKB Contohan {city}"],
    "university": ["Universitas Umpama {city}"],
    "health": ["Klinik Misalnya Sehat {city}"],
    "media": ["Media Rekaan {city}"],
    "local_government": ["Dinas Sosial (contoh) {city}"],
    "person": ["Keluarga Andaian {city}"],
}
SERVICES = {
    "foundation": "Pendampingan keluarga dan rumah singgah.",
    "legal_aid": "Penyuluhan dan bantuan hukum tanpa biaya.",
    "training": "Pelatihan kerja: las, menjahit, dan perbengkelan.",
    "religious": "Bimbingan rohani dan konseling.",
    "small_business": "Tempat magang dan pelatihan usaha kecil.",
    "company": "Penyaluran kerja dan pembelian hasil karya.",
    "civil_society": "Pelatihan bertani dan kegiatan sosial.",
    "school": "Pendidikan kesetaraan Paket A, B, dan C.",
    "university": "Penelitian, konseling, dan pengabdian masyarakat.",
    "health": "Pemeriksaan kesehatan dan penyuluhan.",
    "media": "Publikasi kegiatan.",
    "local_government": "Bantuan sosial dan tempat kerja sosial.",
    "person": "Pendampingan klien di lingkungan tempat tinggal.",
}

# Activity type → title, result; {partner} and {city} are filled in.
ACTIVITIES = {
    "legal_counselling": (
        "Penyuluhan hukum bersama {partner}",
        "Peserta memahami hak dan kewajiban selama masa bimbingan.",
    ),
    "personality_guidance": (
        "Bimbingan kepribadian bersama {partner}",
        "Konseling kelompok selesai; peserta diminta hadir pada sesi berikutnya.",
    ),
    "independence_training": (
        "Pelatihan kerja bersama {partner}",
        "Peserta menyelesaikan latihan dasar dan menerima sertifikat.",
    ),
    "community_service": (
        "Kerja sosial membersihkan tempat umum di {city}",
        "Lingkungan bersih; warga setempat ikut bergotong royong.",
    ),
    "education": (
        "Belajar kesetaraan bersama {partner}",
        "Peserta mengikuti pelajaran dan ujian percobaan.",
    ),
    "health": (
        "Pemeriksaan kesehatan bersama {partner}",
        "Semua peserta diperiksa; yang perlu dirujuk sudah dicatat jumlahnya.",
    ),
    "social_aid": (
        "Bakti sosial bersama {partner}",
        "Paket bahan pokok diserahkan kepada keluarga.",
    ),
    "socialisation": (
        "Sosialisasi pidana kerja sosial di {city}",
        "Masyarakat mengetahui cara menjadi mitra dan lokasi kerja sosial.",
    ),
    "product_bazaar": (
        "Bazar hasil karya bersama {partner}",
        "Hasil karya terjual; pesanan lanjutan dicatat.",
    ),
}
PLACES = [
    "Aula {office}", "Balai Desa (contoh)", "Griya Abhipraya (contoh)",
    "Gereja (contoh)", "Lapangan (contoh)", "Ruang belajar {office}",
]  # fmt: skip
OBSTACLES = ["", "", "", "Peserta datang terlambat karena jarak.", "Hujan deras.",
             "Bahan latihan kurang."]  # fmt: skip
AGREEMENTS = {
    "legal_aid": "Penyuluhan dan Bantuan Hukum",
    "training": "Pelatihan Kerja bagi Klien Pemasyarakatan",
    "religious": "Bimbingan Kerohanian",
    "small_business": "Magang dan Pelatihan Usaha",
    "company": "Penyaluran Kerja dan Pemasaran Hasil Karya",
    "school": "Pendidikan Kesetaraan",
    "health": "Layanan Kesehatan",
}
AGREEMENT = "Pembinaan dan Pembimbingan Kemasyarakatan"

# What was seen on a visit, question by question.
SEEN = [
    "Ketua dan sekretaris lembaga.",
    "Sesuai; papan nama terpasang di depan rumah.",
    "Pelatihan menjahit dengan delapan peserta.",
    "Ruang bersih, terang, dan mudah dijangkau.",
]
