"""Reports as officers write them for WhatsApp; all that they say is invented."""

# ruff: noqa: E501 (a message is one long line)

from datetime import date, time

TODAY = date(2026, 11, 30)
M, F = "male", "female"

REPORTS = [
    (
        """*Kepada Yth. Bapak Kepala Bapas Contoh*

*Izin melaporkan*
Hari/tanggal : Selasa, 3 November 2026
Pukul : 09.00 - 11.00 WITA
Tempat : Balai Desa Tarus
Kegiatan : Penyuluhan hukum bagi klien dewasa
Mitra : LBH Cendana Uji
Jumlah petugas : 3 orang
Klien dewasa : 12 orang (L 10, P 2)
Hasil : Klien memahami hak dan kewajibannya selama pembebasan bersyarat.
Kendala : Listrik padam selama lima belas menit.
Tindak lanjut : Konsultasi perorangan bulan depan.

Dokumentasi terlampir 🙏
Demikian kami laporkan, terima kasih.""",
        {
            "title": "Penyuluhan hukum bagi klien dewasa",
            "day": date(2026, 11, 3),
            "starts": time(9),
            "ends": time(11),
            "place": "Balai Desa Tarus",
            "partners": ["LBH Cendana Uji"],
            "officers": 3,
            "counts": {("adult_client", M): 10, ("adult_client", F): 2},
            "output": "Klien memahami hak dan kewajibannya selama pembebasan bersyarat.",
            "obstacles": "Listrik padam selama lima belas menit.",
            "follow_up": "Konsultasi perorangan bulan depan.",
        },
    ),
    (
        """Assalamualaikum wr. wb.
Mohon izin melaporkan kegiatan pelatihan menjahit pada hari Rabu, 4 November 2026 pukul 08.30 s.d. 12.00 WITA bertempat di Aula Lapas Contoh.

Peserta: 20 orang narapidana (laki-laki 0, perempuan 20)
Instruktur: 2 orang
Hasil: Peserta menyelesaikan pola dasar kemeja.
Wassalamualaikum""",
        {
            "title": "Pelatihan menjahit",
            "day": date(2026, 11, 4),
            "starts": time(8, 30),
            "ends": time(12),
            "place": "Aula Lapas Contoh",
            "instructors": 2,
            "counts": {("convict", M): 0, ("convict", F): 20},
            "output": "Peserta menyelesaikan pola dasar kemeja.",
        },
    ),
    (
        """LAPORAN KEGIATAN HARIAN
1. Nama Kegiatan: Bersih pantai bersama Pokmas
2. Hari, tanggal: Sabtu, 7 November 2026
3. Waktu: 06.00 sampai 08.00
4. Lokasi: Pantai Uji Indah
5. Pokmas: Pokmas Lipas Mekar Uji
6. Jumlah peserta: 35 orang
7. Hasil kegiatan: Sampah plastik terkumpul 14 karung.
8. RTL: Dijadwalkan lagi bulan depan""",
        {
            "title": "Bersih pantai bersama Pokmas",
            "day": date(2026, 11, 7),
            "starts": time(6),
            "ends": time(8),
            "place": "Pantai Uji Indah",
            "partners": ["Pokmas Lipas Mekar Uji"],
            "output": "Sampah plastik terkumpul 14 karung.",
            "follow_up": "Dijadwalkan lagi bulan depan",
            "counts": {},
        },
    ),
    (
        """✅ *KEGIATAN* : Pendampingan diversi
✅ *TANGGAL* : 05-11-2026
✅ *JAM* : 10.00
✅ *TEMPAT* : Kantor Desa Uji Makmur
✅ *KLIEN ANAK* : 1 orang (L)
✅ *PETUGAS* : 2
✅ *HASIL* : Para pihak sepakat bertemu lagi.""",
        {
            "title": "Pendampingan diversi",
            "day": date(2026, 11, 5),
            "starts": time(10),
            "place": "Kantor Desa Uji Makmur",
            "officers": 2,
            "output": "Para pihak sepakat bertemu lagi.",
            "counts": {("child_client", "male"): 1},
        },
    ),
    (
        """Yth. Ibu Kabapas
Izin menyampaikan laporan:
Hari : Kamis
Tanggal : 12 November 2026
Waktu : Pukul 13.30 WITA s/d selesai
Tempat : Gedung Serbaguna Kelurahan Contoh
Agenda : Sosialisasi Sahabat Pemasyarakatan
Peserta :
- Masyarakat umum 40 orang (L 15, P 25)
- Klien dewasa 6 orang (L 5, P 1)
Narasumber : 2 orang
Hasil :
1. Sepuluh warga mendaftar sebagai Sahabat.
2. Lurah bersedia menyediakan tempat.
Terima kasih 🙏🙏""",
        {
            "title": "Sosialisasi Sahabat Pemasyarakatan",
            "day": date(2026, 11, 12),
            "starts": time(13, 30),
            "place": "Gedung Serbaguna Kelurahan Contoh",
            "instructors": 2,
            "counts": {
                ("public", M): 15,
                ("public", F): 25,
                ("adult_client", M): 5,
                ("adult_client", F): 1,
            },
            "output": (
                "Sepuluh warga mendaftar sebagai Sahabat.\n"
                "Lurah bersedia menyediakan tempat."
            ),
        },
    ),
    (
        """Izin melaporkan
Kegiatan: Bimbingan kepribadian
Hari/Tgl: Jumat/ 13 Nov 2026
Pukul: 09.00-10.30
Tempat: Masjid At-Taubah Rutan Contoh
Tahanan: 25 (L: 25)
Narapidana: 30 (L: 30)
Mitra: Majelis Taklim Uji Ikhlas
Hasil: Kajian berjalan tertib.""",
        {
            "title": "Bimbingan kepribadian",
            "day": date(2026, 11, 13),
            "starts": time(9),
            "ends": time(10, 30),
            "place": "Masjid At-Taubah Rutan Contoh",
            "counts": {("detainee", M): 25, ("convict", M): 30},
            "partners": ["Majelis Taklim Uji Ikhlas"],
            "output": "Kajian berjalan tertib.",
        },
    ),
    (
        """Selamat siang Komandan, izin melaporkan pelaksanaan senam bersama pada hari Jumat tanggal 20 November 2026 pukul 07.00 WITA di Lapangan Lapas Contoh.
Jumlah peserta 50 orang.
Kendala: nihil
Demikian, mohon arahan.""",
        {
            "title": "Senam bersama",
            "day": date(2026, 11, 20),
            "starts": time(7),
            "place": "Lapangan Lapas Contoh",
            "obstacles": "nihil",
            "counts": {},
        },
    ),
    (
        """*LAPORAN*
Nama kegiatan : Bazar produk klien
Hari/tanggal : Minggu, 15 November 2026
Waktu : 08.00 s/d 15.00 WITA
Tempat : Taman Kota Uji
Mitra : Koperasi Uji Sejahtera, Rumah Kriya Contoh
Klien dewasa : 8 laki-laki dan 4 perempuan
Keluarga : L = 3, P = 5
Uraian : Produk kayu dan anyaman terjual.
Biaya : swadaya mitra""",
        {
            "title": "Bazar produk klien",
            "day": date(2026, 11, 15),
            "starts": time(8),
            "ends": time(15),
            "place": "Taman Kota Uji",
            "partners": ["Koperasi Uji Sejahtera", "Rumah Kriya Contoh"],
            "counts": {
                ("adult_client", M): 8,
                ("adult_client", F): 4,
                ("family", M): 3,
                ("family", F): 5,
            },
            "output": "Produk kayu dan anyaman terjual.",
        },
    ),
    (
        """izin melaporkan
kegiatan : penyuluhan bahaya narkotika
hari tanggal : senin 16 november 2026
waktu : 9
tempat : aula bapas contoh
penyuluh : 1 orang
peserta : klien anak 9 org (lk 7, pr 2)
hasil : peserta mengisi lembar umpan balik""",
        {
            "title": "penyuluhan bahaya narkotika",
            "day": date(2026, 11, 16),
            "starts": time(9),
            "place": "aula bapas contoh",
            "instructors": 1,
            "counts": {("child_client", M): 7, ("child_client", F): 2},
            "output": "peserta mengisi lembar umpan balik",
        },
    ),
    (
        """📌 Kegiatan : Pemeriksaan kesehatan gratis
📅 Hari/Tanggal : Selasa, 17/11/2026
⏰ Waktu : 08:00 - 12:00 WITA
📍 Tempat : Klinik Lapas Contoh
🤝 Mitra : Puskesmas Uji Sehat
👥 Peserta : 60 WBP (L 55, P 5)
📝 Hasil : 60 orang diperiksa, 4 dirujuk.""",
        {
            "title": "Pemeriksaan kesehatan gratis",
            "day": date(2026, 11, 17),
            "starts": time(8),
            "ends": time(12),
            "place": "Klinik Lapas Contoh",
            "partners": ["Puskesmas Uji Sehat"],
            "output": "60 orang diperiksa, 4 dirujuk.",
            "counts": {},
        },
    ),
    (
        """Kepada Yth.
Kepala Bapas Contoh
Dari: Pos Bapas Uji

Perihal: Kunjungan ke rumah kriya
Hari/tanggal: Rabu, 18 Nov 2026
Pukul: 10.00 s.d selesai
Lokasi: Rumah Kriya Contoh
Petugas: Orang Uji Satu, Orang Uji Dua
Hasil yang dicapai: Rumah kriya menerima tiga klien magang.
Rencana tindak lanjut: Menyusun jadwal magang.""",
        {
            "title": "Kunjungan ke rumah kriya",
            "day": date(2026, 11, 18),
            "starts": time(10),
            "place": "Rumah Kriya Contoh",
            "output": "Rumah kriya menerima tiga klien magang.",
            "follow_up": "Menyusun jadwal magang.",
            "counts": {},
        },
    ),
    (
        """Siap, izin melaporkan:
a. Kegiatan: Pendidikan kesetaraan Paket C
b. Tanggal: 19 November 2026
c. Waktu: 08.00-11.00
d. Tempat: Ruang belajar LPKA Contoh
e. Anak Binaan: 15 orang (L 15, P 0)
f. Instruktur: 3 orang
g. Hasil: Materi matematika selesai.
h. Hambatan: Buku kurang.""",
        {
            "title": "Pendidikan kesetaraan Paket C",
            "day": date(2026, 11, 19),
            "starts": time(8),
            "ends": time(11),
            "place": "Ruang belajar LPKA Contoh",
            "instructors": 3,
            "counts": {("child", M): 15, ("child", F): 0},
            "output": "Materi matematika selesai.",
            "obstacles": "Buku kurang.",
        },
    ),
    (
        """Ijin melaporkan kegiatan Rapat Koordinasi dengan mitra

Hari/Tgl : Senin/ 23 November 2026
Jam : 09.00 Wita
Tempat : Ruang rapat Bapas Contoh
Mitra yang terlibat : Yayasan Uji Harapan; LPK Contoh Terampil
Petugas : 6 orang
Hasil :
- Disepakati jadwal pelatihan
- LPK menyediakan alat
Tindak lanjut :
- Surat undangan dikirim""",
        {
            "title": "Rapat Koordinasi dengan mitra",
            "day": date(2026, 11, 23),
            "starts": time(9),
            "place": "Ruang rapat Bapas Contoh",
            "partners": ["Yayasan Uji Harapan", "LPK Contoh Terampil"],
            "officers": 6,
            "output": "Disepakati jadwal pelatihan\nLPK menyediakan alat",
            "follow_up": "Surat undangan dikirim",
            "counts": {},
        },
    ),
    (
        """*IZIN MELAPORKAN HASIL KEGIATAN*
*Hari/Tanggal* : _Selasa, 24 November 2026_
*Waktu* : _14.00 - 16.00 WITA_
*Tempat* : _Gereja Uji Damai_
*Kegiatan* : _Ibadah dan konseling_
*Jumlah Klien* : _18 orang_
*Laki-laki* : _14_
*Perempuan* : _4_
*Hasil* : _Klien mengikuti konseling kelompok_""",
        {
            "title": "Ibadah dan konseling",
            "day": date(2026, 11, 24),
            "starts": time(14),
            "ends": time(16),
            "place": "Gereja Uji Damai",
            "output": "Klien mengikuti konseling kelompok",
            "counts": {},
        },
    ),
    (
        """Dengan hormat kami laporkan
Nama acara: Lomba pidato
Tanggal kegiatan: 25/11/26
Pkl: 8.30
Tempat kegiatan: Pondok Pesantren Uji
Peserta: Narapidana 10 orang (L 10), Tahanan 4 orang (L 3, P 1)
Hasil: Juara dipilih untuk tingkat wilayah.""",
        {
            "title": "Lomba pidato",
            "day": date(2026, 11, 25),
            "starts": time(8, 30),
            "place": "Pondok Pesantren Uji",
            "counts": {("convict", M): 10, ("detainee", M): 3, ("detainee", F): 1},
            "output": "Juara dipilih untuk tingkat wilayah.",
        },
    ),
    (
        """Kegiatan: Bakti sosial
Hari: Kamis, 26 November 2026
Waktu: 15.00-17.00
Tempat: Desa Uji Tani
Mitra: Pokmas Lipas Tani Uji dan Karang Taruna Contoh
Masyarakat : 30 orang (L 12, P 20)
Hasil: Sembako dibagikan kepada 30 keluarga.""",
        {
            "title": "Bakti sosial",
            "day": date(2026, 11, 26),
            "starts": time(15),
            "ends": time(17),
            "place": "Desa Uji Tani",
            "partners": ["Pokmas Lipas Tani Uji", "Karang Taruna Contoh"],
            "output": "Sembako dibagikan kepada 30 keluarga.",
            "counts": {},  # 12 and 20 are not 30: it is asked
        },
    ),
    (
        """Mohon izin pak, kegiatan hari ini
Kegiatan = Pelatihan barista
Tanggal = 27 November 2026
Tempat = Kedai Uji Kopi
Hasil = Lima klien lulus uji seduh.""",
        {
            "title": "Pelatihan barista",
            "day": date(2026, 11, 27),
            "place": "Kedai Uji Kopi",
            "output": "Lima klien lulus uji seduh.",
            "counts": {},
        },
    ),
    (
        """Izin melaporkan Kegiatan Penandatanganan Kerja Sama pada hari Jum'at, 27 November 2026, pukul 10.00 WITA, bertempat di Aula Bapas Contoh.
Mitra : Universitas Uji Nusantara
Hasil : PKS ditandatangani kedua pihak.
Dokumentasi :
Terlampir
#pemasyarakatan #pokmas""",
        {
            "title": "Penandatanganan Kerja Sama",
            "day": date(2026, 11, 27),
            "starts": time(10),
            "place": "Aula Bapas Contoh",
            "partners": ["Universitas Uji Nusantara"],
            "output": "PKS ditandatangani kedua pihak.",
            "counts": {},
        },
    ),
    (
        """Tema: Pentas seni klien
Hari/tanggal: Sabtu 28 November
Waktu pelaksanaan: 18.00 s.d. 21.00 WITA
Bertempat di: Sanggar Contoh
Sasaran: Klien anak (L 6, P 7); Keluarga (L 9, P 11)
Jumlah petugas: 5 org
Ringkasan: Pentas dihadiri keluarga klien.
Saran: Diadakan setiap triwulan.""",
        {
            "title": "Pentas seni klien",
            "day": date(2026, 11, 28),
            "starts": time(18),
            "ends": time(21),
            "place": "Sanggar Contoh",
            "officers": 5,
            "counts": {
                ("child_client", M): 6,
                ("child_client", F): 7,
                ("family", M): 9,
                ("family", F): 11,
            },
            "output": "Pentas dihadiri keluarga klien.",
            "follow_up": "Diadakan setiap triwulan.",
        },
    ),
    (
        """Bapak/Ibu, kegiatan rehabilitasi sosial sudah terlaksana.
Tanggal : 2-3 November 2026
Waktu : 09.00-15.00
Tempat : Griya Abhipraya Contoh
Peserta : Klien dewasa L 11 P 3
Instruktur : 2 orang
Hasil kegiatan : Sesi kelompok selesai sesuai modul.
Kendala : Dua orang izin sakit.""",
        {
            "day": date(2026, 11, 2),
            "starts": time(9),
            "ends": time(15),
            "place": "Griya Abhipraya Contoh",
            "instructors": 2,
            "counts": {("adult_client", M): 11, ("adult_client", F): 3},
            "output": "Sesi kelompok selesai sesuai modul.",
            "obstacles": "Dua orang izin sakit.",
            "title": "rehabilitasi sosial",
        },
    ),
]
