"""The register of old agreements that comes in from a sheet."""

from django.utils.translation import gettext_lazy as _

from agreements.archive import of_agreements as agreements
from agreements.archive import parsers as own
from agreements.register.models import Agreement
from partners.imports.of_partners import own_unit
from partners.imports.sheets import NAME, REFERENCE, line, plain
from partners.models import Partner, Partnership
from pokmas.imports import parsers
from pokmas.imports.kinds import Column, Kind, Letting, register

PARTNERS = (*NAME.headings, "Instansi mitra", "Nama pihak kedua", "Pihak kedua")
PARTNERS += ("Mitra kerjasama", "Instansi/lembaga mitra", "Pihak II")
TITLES = ("Judul", "Judul kerja sama", "Judul PKS", "Judul MoU/PKS", "Nama kerja sama")
TITLES += ("Judul perjanjian", "Tentang", "Perihal", "Judul kerjasama")
KINDS = ("Jenis", "Jenis kerja sama", "Jenis naskah", "Bentuk naskah", "Jenis dokumen")
KINDS += ("Jenis kerjasama", "MoU/PKS", "Jenis perjanjian")
OURS = ("Nomor unit", "Nomor UPT", "No. UPT", "Nomor Bapas", "Nomor pihak I")
OURS += ("Nomor pihak kesatu", "Nomor pihak pertama", "Nomor per pihak UPT")
OURS += ("Nomor per pihak pihak I", "Nomor per pihak pihak kesatu", "No. pihak I")
OURS += ("Nomor per pihak pihak pertama", "Nomor pihak 1")
THEIRS = ("Nomor mitra", "Nomor pihak II", "Nomor pihak kedua", "Nomor per pihak mitra")
THEIRS += ("No. mitra", "Nomor per pihak pihak II", "Nomor per pihak pihak kedua")
THEIRS += ("Nomor instansi mitra", "No. pihak II", "Nomor pihak 2")
# One number is that of the unit; of two in a cell the second is the partner's.
BOTH = ("Nomor per pihak", "Nomor para pihak", "Nomor perjanjian para pihak", "Nomor")
BOTH += ("Nomor PKS", "No. PKS", "Nomor perjanjian", "Nomor naskah", "No. MoU/PKS")
BOTH += ("Nomor MoU/PKS", "Nomor kerja sama")
SIGNED = (
    "Tanggal tanda tangan",
    "Tgl tanda tangan",
    "Tanggal ditandatangani",
    "Tgl TTD",
)
SIGNED += ("Tanggal penandatanganan", "Tanggal PKS", "Tanggal TTD", "Ditandatangani")
SIGNED += ("Tanggal naskah", "Tanggal perjanjian", "Tanggal", "Tgl")
STARTS = ("Mulai", "Mulai berlaku", "Masa berlaku mulai", "Tanggal mulai", "TMT")
STARTS += ("Berlaku sejak", "Berlaku mulai", "Awal", "Masa berlaku awal", "Dari")
STARTS += ("Masa berlaku dari", "Tgl mulai", "Jangka waktu mulai")
ENDS = ("Selesai", "Berakhir", "Masa berlaku selesai", "Tanggal selesai", "Akhir")
ENDS += ("Tanggal berakhir", "Berlaku sampai", "Masa berlaku akhir", "Berlaku s.d.")
ENDS += ("Masa berlaku berakhir", "Sampai", "Masa berlaku sampai", "Tgl berakhir")
ENDS += ("Masa berlaku s.d.", "Jangka waktu selesai", "Tgl selesai")
DUE = ("Jatuh tempo", "Tanggal jatuh tempo", "Tgl jatuh tempo")
TERMS = ("Jangka", "Jangka waktu", "Masa berlaku", "Lama", "Durasi", "Jangka waktu PKS")
STATUSES = ("Status", "Status tahapan", "Status kerja sama", "Tahapan", "Keadaan")
STATUSES += ("Status PKS", "Status kerjasama")
SUBJECTS = ("Ruang lingkup", "Pokok kerja sama", "Objek", "Lingkup kerja sama")
SUBJECTS += ("Pokok", "Objek kerja sama")
UNUSED = ("Kategori pemrakarsa", "Pemrakarsa", "PIC", "Nama PIC", "Penanggung jawab")
UNUSED += ("Keterangan", "Ket.", "Catatan", "Kegiatan", "Sisa hari", "Sisa waktu")
UNUSED += ("Kanwil", "Wilayah", "Tahun", "Link", "Tautan", "Bukti dukung", "Dokumen")
UNITS = ("UPT", "Unit kerja", "Satker", "Nama UPT", "Satuan kerja")

register(
    Kind(
        name="agreements",
        title=_("Daftar kerja sama lama"),
        lead=_(
            "Kerja sama yang sudah ditandatangani dan tercatat di Excel unit Anda, "
            "juga yang sudah berakhir. Sebelum ada yang masuk, setiap baris diperiksa "
            "dan hasilnya ditunjukkan. Mitra yang belum dikenal ikut masuk sebagai "
            "draf."
        ),
        list_page="agreements:index",
        unused=UNUSED,
        makes=(Agreement, Partnership, Partner),
        judge=agreements.judge,
        guess=agreements.guess,
        outlook=agreements.outlook,
        insert=agreements.insert,
        undo=agreements.undo,
        values=agreements.fresh,
        letting=Letting(
            _("Perjanjian sejajar memang ada"),
            _(
                "Bila keduanya memang ditandatangani dan berlaku bersamaan, baris ini "
                "dapat ikut masuk di sampingnya, dengan alasan."
            ),
        ),
        permissions=("agreements.sign_agreement", "partners.add_partner"),
        is_of_unit=True,
        columns=(
            Column("name", _("Mitra"), PARTNERS, line(150), is_needed=True),
            REFERENCE,
            Column("title", _("Judul"), TITLES, line(200)),
            Column("kind", _("Jenis"), KINDS, own.kinds, words=own.names_of_kinds),
            Column("our_number", _("Nomor unit"), OURS, line(100)),
            Column("partner_number", _("Nomor mitra"), THEIRS, line(100)),
            Column("numbers", _("Nomor per pihak"), BOTH, plain(own.numbers), "jsonb"),
            Column(
                "signed_on", _("Tanggal tanda tangan"), SIGNED, own.signed_on, "date"
            ),
            Column("starts_on", _("Mulai"), STARTS, plain(parsers.day), "date"),
            Column("ends_on", _("Berakhir"), ENDS, plain(parsers.day), "date"),
            Column("due_on", _("Jatuh tempo"), DUE, plain(parsers.day), "date"),
            Column("term", _("Jangka waktu"), TERMS, plain(own.term), "jsonb"),
            Column(
                "status",
                _("Status"),
                STATUSES,
                own.statuses,
                words=own.names_of_statuses,
            ),
            Column("subject", _("Pokok kerja sama"), SUBJECTS, line(4000)),
            Column("office", _("Unit"), UNITS, own_unit),
        ),
    )
)
