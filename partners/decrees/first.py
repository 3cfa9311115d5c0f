"""What decrees and letters about groups say when the portal begins: headquarters keeps
it. Only what was published is a basis here; other bases are added by headquarters."""

from datetime import date

LAW = date(2022, 8, 3)
GUIDEBOOK = date(2020, 2, 10)
DECREES, DECREE, DISSOLUTION = "decrees", "decree", "dissolution"
INVITATION, INAUGURATION = "invitation", "inauguration"
CONSIDERING, BASIS, RULING, BODY = "considering", "basis", "ruling", "body"

CLAUSES = [
    (
        DECREES,
        BASIS,
        LAW,
        "Undang-Undang Nomor 22 Tahun 2022 tentang Pemasyarakatan (Lembaran Negara "
        "Republik Indonesia Tahun 2022 Nomor 165, Tambahan Lembaran Negara Republik "
        "Indonesia Nomor 6811);",
    ),
    (
        DECREES,
        BASIS,
        GUIDEBOOK,
        "Peraturan Pemerintah Nomor 31 Tahun 1999 tentang Pembinaan dan Pembimbingan "
        "Warga Binaan Pemasyarakatan;",
    ),
    (
        DECREES,
        BASIS,
        GUIDEBOOK,
        "Peraturan Pemerintah Nomor 57 Tahun 1999 tentang Kerja Sama Penyelenggaraan "
        "Pembinaan dan Pembimbingan Warga Binaan Pemasyarakatan;",
    ),
    (
        DECREES,
        BASIS,
        GUIDEBOOK,
        "Keputusan Direktur Jenderal Pemasyarakatan Nomor PAS-06.OT.02.02 Tahun 2020 "
        "tentang Pedoman Pembentukan Kelompok Masyarakat Peduli Pemasyarakatan.",
    ),
    (
        DECREE,
        CONSIDERING,
        GUIDEBOOK,
        "bahwa untuk meningkatkan peran serta masyarakat dalam penyelenggaraan fungsi "
        "Pemasyarakatan pada {{ nama_unit }}, perlu dibentuk Kelompok Masyarakat "
        "Peduli Pemasyarakatan bidang {{ bidang }};",
    ),
    (
        DECREE,
        CONSIDERING,
        GUIDEBOOK,
        "bahwa mitra yang tercantum dalam Lampiran Keputusan ini telah dinilai "
        "memenuhi kriteria sebagai anggota kelompok;",
    ),
    (
        DECREE,
        CONSIDERING,
        GUIDEBOOK,
        "bahwa berdasarkan pertimbangan tersebut perlu menetapkan Keputusan Kepala "
        "{{ nama_unit }} tentang Pembentukan {{ nama_kelompok }};",
    ),
    (
        DECREE,
        RULING,
        GUIDEBOOK,
        "Membentuk {{ nama_kelompok }} bidang {{ bidang }} pada {{ nama_unit }}, "
        "beranggotakan {{ jumlah_anggota }} mitra sebagaimana tercantum dalam "
        "Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini.",
    ),
    (
        DECREE,
        RULING,
        GUIDEBOOK,
        "Kelompok bertugas membantu {{ nama_unit }} dalam pembinaan dan pembimbingan "
        "sesuai dengan bidangnya.",
    ),
    (
        DECREE,
        RULING,
        GUIDEBOOK,
        "Dalam melaksanakan tugasnya kelompok bertanggung jawab kepada Kepala "
        "{{ nama_unit }}.",
    ),
    (
        DECREE,
        RULING,
        GUIDEBOOK,
        "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    ),
    (
        DISSOLUTION,
        CONSIDERING,
        GUIDEBOOK,
        "bahwa {{ nama_kelompok }} dibentuk dengan Keputusan Kepala {{ nama_unit }} "
        "Nomor {{ nomor_sk }} tanggal {{ tanggal_sk }};",
    ),
    (
        DISSOLUTION,
        CONSIDERING,
        GUIDEBOOK,
        "bahwa berdasarkan hasil evaluasi kelompok tersebut perlu dibubarkan dengan "
        "Keputusan Kepala {{ nama_unit }};",
    ),
    (
        DISSOLUTION,
        RULING,
        GUIDEBOOK,
        "Membubarkan {{ nama_kelompok }} bidang {{ bidang }} pada {{ nama_unit }}.",
    ),
    (
        DISSOLUTION,
        RULING,
        GUIDEBOOK,
        "Keputusan Kepala {{ nama_unit }} Nomor {{ nomor_sk }} tanggal "
        "{{ tanggal_sk }} dicabut dan dinyatakan tidak berlaku.",
    ),
    (
        DISSOLUTION,
        RULING,
        GUIDEBOOK,
        "Keanggotaan mitra yang tercantum dalam Lampiran berakhir pada tanggal "
        "Keputusan ini ditetapkan.",
    ),
    (
        DISSOLUTION,
        RULING,
        GUIDEBOOK,
        "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    ),
    (
        INVITATION,
        BODY,
        GUIDEBOOK,
        "Dalam rangka pengukuhan {{ nama_kelompok }} bidang {{ bidang }} yang dibentuk "
        "dengan Keputusan Kepala {{ nama_unit }} Nomor {{ nomor_sk }} tanggal "
        "{{ tanggal_sk }}, kami mengundang Saudara untuk hadir pada acara berikut.",
    ),
    (
        INVITATION,
        BODY,
        GUIDEBOOK,
        "Atas perhatian dan kehadiran Saudara kami ucapkan terima kasih.",
    ),
    (
        INAUGURATION,
        BODY,
        GUIDEBOOK,
        "Pada {{ hari_pengukuhan }} pukul {{ jam_pengukuhan }}, bertempat di "
        "{{ tempat_pengukuhan }}, telah dikukuhkan {{ nama_kelompok }} bidang "
        "{{ bidang }} oleh {{ dikukuhkan_oleh }}.",
    ),
    (
        INAUGURATION,
        BODY,
        GUIDEBOOK,
        "Kelompok tersebut dibentuk dengan Keputusan Kepala {{ nama_unit }} Nomor "
        "{{ nomor_sk }} tanggal {{ tanggal_sk }} dan beranggotakan "
        "{{ jumlah_anggota }} mitra berikut.",
    ),
    (
        INAUGURATION,
        BODY,
        GUIDEBOOK,
        "Demikian berita acara ini dibuat dengan sebenarnya.",
    ),
]


def fill(apps, schema_editor=None):
    clause, places = apps.get_model("partners", "Clause"), {}
    for paper, part, valid_from, text in CLAUSES:
        place = places[paper, part] = places.get((paper, part), 0) + 10
        clause.objects.get_or_create(
            paper=paper,
            part=part,
            text=text,
            defaults={"order": place, "valid_from": valid_from},
        )
