"""What texts of agreements say when the portal begins: headquarters keeps it.

A line is a paragraph or an ayat; one that begins with a dash is a letter below it.
"""

from datetime import date

LAW = date(2022, 8, 3)
ALL, PKS, NOTES = "all", "pks", "notes"
RECITAL, BASIS, ARTICLE = "recital", "basis", "article"
ALWAYS, GROUP, UMBRELLA = "always", "group", "umbrella"
GOVERNMENT, CHILDREN, SEVERAL = "government", "children", "several"
PLANNED, UNPLANNED = "planned", "unplanned"

# For which texts, the part, the condition, the heading, the words.
CLAUSES = [
    (
        ALL,
        RECITAL,
        ALWAYS,
        "Tugas unit",
        "bahwa {{ nama_unit }} menyelenggarakan fungsi Pemasyarakatan berdasarkan "
        "Undang-Undang Nomor 22 Tahun 2022 tentang Pemasyarakatan dan dalam "
        "penyelenggaraannya dapat bekerja sama dengan masyarakat;",
    ),
    (
        ALL,
        RECITAL,
        ALWAYS,
        "Urgensi",
        "bahwa kerja sama ini diperlukan dengan pertimbangan: {{ urgensi }};",
    ),
    (
        PKS,
        RECITAL,
        UMBRELLA,
        "Nota payung",
        "bahwa Perjanjian Kerja Sama ini merupakan pelaksanaan {{ nota_payung }};",
    ),
    (
        ALL,
        RECITAL,
        ALWAYS,
        "Kesediaan para pihak",
        "bahwa PARA PIHAK bersedia bekerja sama atas dasar kesetaraan dan saling "
        "menghormati tugas dan kewenangan masing-masing.",
    ),
    (
        ALL,
        BASIS,
        ALWAYS,
        "UU Pemasyarakatan",
        "Undang-Undang Nomor 22 Tahun 2022 tentang Pemasyarakatan;",
    ),
    (
        ALL,
        BASIS,
        ALWAYS,
        "UU Pelindungan Data Pribadi",
        "Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi;",
    ),
    (
        ALL,
        BASIS,
        CHILDREN,
        "UU Sistem Peradilan Pidana Anak",
        "Undang-Undang Nomor 11 Tahun 2012 tentang Sistem Peradilan Pidana Anak;",
    ),
    (
        ALL,
        BASIS,
        GOVERNMENT,
        "UU Pemerintahan Daerah",
        "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;",
    ),
    (
        ALL,
        BASIS,
        ALWAYS,
        "PP Kerja Sama Pembinaan",
        "Peraturan Pemerintah Nomor 57 Tahun 1999 tentang Kerja Sama Penyelenggaraan "
        "Pembinaan dan Pembimbingan Warga Binaan Pemasyarakatan.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Maksud dan Tujuan",
        "Maksud {{ jenis }} ini adalah menjadi dasar bagi PARA PIHAK untuk bekerja "
        "sama dalam bentuk {{ bentuk }}.\n"
        "Tujuan {{ jenis }} ini adalah mendukung pembinaan, pembimbingan, dan "
        "kembalinya warga binaan dan klien ke tengah masyarakat.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Ruang Lingkup",
        "Ruang lingkup {{ jenis }} ini meliputi:\n- {{ pokok }}",
    ),
    (
        ALL,
        ARTICLE,
        GROUP,
        "Ruang Lingkup",
        "Kegiatan dilaksanakan bersama {{ kelompok }}, kelompok masyarakat peduli "
        "pemasyarakatan yang dibina PIHAK KESATU.",
    ),
    (
        PKS,
        ARTICLE,
        ALWAYS,
        "Hak dan Kewajiban Pihak Kesatu",
        "PIHAK KESATU berhak:\n"
        "- mengatur waktu, tempat, dan peserta kegiatan sesuai dengan ketentuan "
        "keamanan dan ketertiban;\n"
        "- menerima laporan hasil kegiatan dari PIHAK KEDUA; dan\n"
        "- menghentikan kegiatan sementara bila keamanan dan ketertiban terganggu.\n"
        "PIHAK KESATU berkewajiban:\n"
        "- menyiapkan peserta, tempat, dan petugas pendamping sesuai dengan "
        "kemampuannya;\n"
        "- menyampaikan kepada PIHAK KEDUA ketentuan yang berlaku di "
        "{{ nama_unit }}; dan\n"
        "- mencatat pelaksanaan kegiatan beserta buktinya.",
    ),
    (
        PKS,
        ARTICLE,
        ALWAYS,
        "Hak dan Kewajiban Pihak Kedua",
        "PIHAK KEDUA berhak:\n"
        "- memperoleh akses ke tempat kegiatan pada waktu yang disepakati; dan\n"
        "- memperoleh keterangan yang diperlukan untuk melaksanakan kegiatan, sejauh "
        "tidak dilarang peraturan perundang-undangan.\n"
        "PIHAK KEDUA berkewajiban:\n"
        "- menyiapkan tenaga, materi, dan peralatan sesuai dengan bagiannya;\n"
        "- mematuhi tata tertib dan ketentuan keamanan di {{ nama_unit }}; dan\n"
        "- menyampaikan laporan hasil kegiatan kepada PIHAK KESATU.",
    ),
    (
        PKS,
        ARTICLE,
        SEVERAL,
        "Hak dan Kewajiban Pihak Lainnya",
        "Pihak selain PIHAK KESATU dan PIHAK KEDUA mempunyai hak dan kewajiban yang "
        "sama dengan PIHAK KEDUA untuk bagian kegiatan yang dilaksanakannya.",
    ),
    (
        PKS,
        ARTICLE,
        UNPLANNED,
        "Pelaksanaan",
        "PARA PIHAK menyusun rencana kerja yang memuat kegiatan, waktu, peserta, dan "
        "penanggung jawab.\n"
        "Rencana kerja ditetapkan paling lambat 30 (tiga puluh) hari sejak "
        "Perjanjian Kerja Sama ini ditandatangani dan dapat disesuaikan atas "
        "kesepakatan PARA PIHAK.",
    ),
    (
        NOTES,
        ARTICLE,
        ALWAYS,
        "Pelaksanaan",
        "{{ jenis }} ini ditindaklanjuti dengan Perjanjian Kerja Sama yang mengatur "
        "hak dan kewajiban secara rinci.\n"
        "Perjanjian Kerja Sama dapat ditandatangani oleh satuan kerja atau perangkat "
        "yang ditunjuk PARA PIHAK.",
    ),
    (
        ALL,
        ARTICLE,
        PLANNED,
        "Rencana Kerja",
        "Kegiatan dilaksanakan menurut rencana kerja yang memuat kegiatan, waktu, "
        "sasaran, dan penanggung jawab, sebagaimana tercantum dalam Lampiran.\n"
        "Lampiran merupakan bagian yang tidak terpisahkan dari {{ jenis }} ini.\n"
        "Rencana kerja dapat disesuaikan atas kesepakatan tertulis PARA PIHAK.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Pembiayaan",
        "Biaya yang timbul dari pelaksanaan {{ jenis }} ini dibebankan kepada PARA "
        "PIHAK sesuai dengan bagian masing-masing menurut peraturan "
        "perundang-undangan.\n"
        "PARA PIHAK tidak memungut biaya apa pun dari warga binaan, klien, atau "
        "keluarganya.",
    ),
    (
        ALL,
        ARTICLE,
        GOVERNMENT,
        "Pembiayaan",
        "Biaya yang menjadi bagian pemerintah daerah dianggarkan dalam anggaran "
        "pendapatan dan belanja daerah sesuai dengan kemampuan keuangan daerah.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Jangka Waktu",
        "{{ jenis }} ini berlaku selama {{ jangka_waktu }}, sejak {{ mulai }} sampai "
        "dengan {{ berakhir }}.\n"
        "{{ jenis }} ini dapat diperpanjang atas kesepakatan tertulis PARA PIHAK "
        "sesudah dievaluasi; pihak yang menghendaki perpanjangan memberitahukannya "
        "paling lambat 3 (tiga) bulan sebelum berakhir.\n"
        "{{ jenis }} ini dapat diakhiri sebelum waktunya oleh salah satu pihak dengan "
        "pemberitahuan tertulis paling lambat 30 (tiga puluh) hari sebelumnya.\n"
        "Pengakhiran tidak menghapus kewajiban yang sudah timbul sebelumnya.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Pemantauan dan Evaluasi",
        "PARA PIHAK memantau pelaksanaan {{ jenis }} ini dan mengevaluasinya paling "
        "sedikit 1 (satu) kali dalam setahun.\n"
        "Hasil evaluasi menjadi bahan untuk melanjutkan, mengubah, atau mengakhiri "
        "kerja sama.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Pelindungan Data Pribadi",
        "PARA PIHAK memproses data pribadi hanya untuk melaksanakan {{ jenis }} ini "
        "dan sesuai dengan peraturan perundang-undangan tentang pelindungan data "
        "pribadi.\n"
        "PARA PIHAK dilarang menyebarkan identitas, gambar, atau perkara warga binaan "
        "dan klien tanpa dasar hukum atau persetujuan yang sah.\n"
        "Pihak yang mengetahui kegagalan pelindungan data pribadi memberitahukannya "
        "kepada pihak lainnya paling lambat 3 x 24 (tiga kali dua puluh empat) jam.\n"
        "Kewajiban dalam Pasal ini tetap berlaku sesudah {{ jenis }} ini berakhir.",
    ),
    (
        ALL,
        ARTICLE,
        CHILDREN,
        "Pelindungan Anak",
        "Kegiatan yang melibatkan anak mengutamakan kepentingan terbaik bagi anak dan "
        "didampingi petugas PIHAK KESATU.\n"
        "PARA PIHAK dilarang mengambil atau menyebarkan gambar yang menunjukkan wajah "
        "atau identitas anak.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Keadaan Kahar",
        "Keadaan kahar adalah peristiwa di luar kemampuan PARA PIHAK, seperti bencana "
        "alam, wabah, kerusuhan, atau perubahan kebijakan pemerintah, yang "
        "menghalangi pelaksanaan {{ jenis }} ini.\n"
        "Pihak yang mengalaminya memberitahukan kepada pihak lainnya paling lambat 14 "
        "(empat belas) hari sejak peristiwa itu, lalu PARA PIHAK bermusyawarah "
        "tentang kelanjutan kerja sama.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Penyelesaian Perselisihan",
        "Perselisihan yang timbul dari pelaksanaan {{ jenis }} ini diselesaikan PARA "
        "PIHAK secara musyawarah untuk mufakat.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Korespondensi",
        "Surat-menyurat mengenai {{ jenis }} ini disampaikan ke alamat berikut:\n"
        "- PIHAK KESATU: {{ nama_unit }}, {{ alamat_unit }}, surel {{ surel_unit }};\n"
        "- PIHAK KEDUA: {{ nama_mitra }}, {{ alamat_mitra }}.\n"
        "Perubahan alamat diberitahukan secara tertulis.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Perubahan",
        "Hal yang belum diatur atau perlu diubah dituangkan dalam adendum yang "
        "disepakati PARA PIHAK dan menjadi bagian tidak terpisahkan dari {{ jenis }} "
        "ini.",
    ),
    (
        ALL,
        ARTICLE,
        ALWAYS,
        "Penutup",
        "{{ jenis }} ini dibuat dalam rangkap {{ rangkap }} asli, bermeterai cukup, "
        "masing-masing mempunyai kekuatan hukum yang sama, dan ditandatangani PARA "
        "PIHAK pada hari dan tanggal tersebut di atas.",
    ),
]


def fill(apps, schema_editor=None):
    clause = apps.get_model("agreements", "Clause")
    for place, (serves, part, condition, heading, text) in enumerate(CLAUSES, start=1):
        clause.objects.get_or_create(
            serves=serves,
            part=part,
            condition=condition,
            heading=heading,
            defaults={"text": text, "order": place * 10, "valid_from": LAW},
        )
