"""Lists of partners and of members that come in from a sheet."""

from django.utils.translation import gettext_lazy as _

from partners.groups.models import CommunityGroup, GroupMembership
from partners.imports import of_members as members
from partners.imports import of_partners as partners
from partners.registry.models import Partner, Partnership
from pokmas.imports import parsers
from pokmas.imports.kinds import Column, Kind, Way, register

Status = Partnership.Status
NAMES = ("Nama", "Nama lembaga", "Nama mitra", "Mitra", "Lembaga", "Nama instansi")
NAMES += ("Instansi", "Instansi mitra", "Nama mitra/lembaga", "Nama organisasi")
NAMES += ("Organisasi", "Nama mitra kerja sama", "Mitra kerja sama", "Nama lengkap")
NAMES += ("Nama yayasan", "Nama lembaga/instansi", "Nama Pokmas")
PHONES = ("No. HP/Telp", "No. HP", "Nomor HP", "HP", "Telepon", "No. telepon", "Telp")
PHONES += ("No. telp", "Nomor telp", "Kontak", "No. kontak", "WA", "No. WA", "WhatsApp")
PHONES += ("Nomor WhatsApp", "Telp/HP", "HP/WA", "Nomor kontak", "Handphone")
UNUSED = ("No. & tgl SK/PKS", "Nomor dan tanggal SK/PKS", "No. dan tanggal SK/PKS")
UNUSED += ("No. SK/PKS", "No. SK", "Nomor SK", "No. PKS", "Nomor PKS", "SK/PKS", "PKS")
UNUSED += ("No. & tgl SK", "No. & tgl PKS", "No. & tgl MoU/PKS", "No. MoU/PKS")
UNUSED += ("Nomor dan tanggal SK", "Nomor dan tanggal PKS", "Nomor SK/PKS")
UNUSED += ("Keterangan", "Ket.", "Catatan", "Keterangan lain")

LEADERS = ("Penanggung jawab/Pimpinan", "Penanggung jawab", "Pimpinan", "Ketua")
LEADERS += ("Nama penanggung jawab", "Pimpinan lembaga", "Direktur", "Nama ketua")
LEADERS += ("Nama PJ", "PJ")
LEGAL = ("Nomor badan hukum", "NIB", "No. AHU", "Nomor AHU", "No. akta", "Nomor akta")
LEGAL += ("Akta", "SKT", "No. SKT", "Legalitas")
FIELDS = ("Bidang kegiatan", "Bidang kerja sama", "Bidang kerja", "Bidang layanan")
SERVICES = ("Layanan", "Kegiatan", "Bentuk kegiatan", "Program", "Ruang lingkup")
SERVICES += ("Bentuk kerja sama",)


def line(most: int):
    return lambda record: parsers.text(most)


def plain(reader):
    return lambda record: reader


NAME = Column("name", _("Nama lembaga/mitra"), NAMES, line(150), is_needed=True)
REFERENCE = Column(
    "reference",
    _("Nomor pendaftaran"),
    ("No. pendaftaran", "Kode pendaftaran"),
    line(20),
)
PHONE = Column("phone", _("Nomor telepon"), PHONES, plain(parsers.phone))

register(
    Kind(
        name="partners",
        title=_("Daftar mitra"),
        lead=_(
            "Mitra yang sudah tercatat di Excel unit Anda. Sebelum ada yang masuk, "
            "setiap baris diperiksa dan hasilnya ditunjukkan."
        ),
        list_page="partners:index",
        unused=UNUSED,
        makes=(Partnership, Partner),
        links=(("partners_partnership_fields", "partnership_id"),),
        judge=partners.judge,
        guess=partners.guess,
        insert=partners.insert,
        values=partners.fresh,
        permissions=("partners.add_partner",),
        is_of_unit=True,
        ways=(
            Way(
                Status.DRAFT.value,
                _("Draf, untuk dilengkapi dan diajukan satu per satu"),
            ),
            Way(Status.SUBMITTED.value, _("Diajukan, untuk diperiksa satu per satu")),
            Way(
                Status.APPROVED.value,
                _("Disetujui, karena sudah bekerja sama; kepala mengesahkan daftarnya"),
                is_confirmed=True,
            ),
        ),
        columns=(
            NAME,
            REFERENCE,
            Column(
                "kind",
                _("Jenis mitra"),
                ("Jenis", "Jenis lembaga", "Kategori", "Bentuk lembaga", "Bentuk"),
                partners.kinds,
                words=partners.names_of_kinds,
            ),
            Column(
                "fields",
                _("Bidang"),
                FIELDS,
                partners.fields,
                "jsonb",
                words=partners.names_of_fields,
            ),
            Column(
                "leader_name",
                _("Nama pimpinan"),
                LEADERS,
                line(120),
            ),
            Column(
                "leader_position",
                _("Jabatan pimpinan"),
                ("Jabatan",),
                line(80),
            ),
            Column(
                "contact_name",
                _("Nama narahubung"),
                ("Narahubung", "Contact person", "CP", "PIC", "Kontak person"),
                line(120),
            ),
            PHONE,
            Column(
                "email",
                _("Alamat surel"),
                ("Surel", "Email", "E-mail", "Alamat email"),
                plain(parsers.email),
            ),
            Column(
                "address",
                _("Alamat"),
                ("Alamat lengkap", "Alamat kantor", "Alamat lembaga", "Alamat mitra"),
                line(250),
            ),
            Column(
                "village",
                _("Desa atau kelurahan"),
                ("Desa/Kelurahan", "Kelurahan/Desa", "Desa", "Kelurahan"),
                line(80),
            ),
            Column(
                "regency",
                _("Kabupaten/kota"),
                ("Kab/Kota", "Kab./Kota", "Kabupaten", "Kota", "Kota/Kabupaten"),
                partners.regencies,
            ),
            Column(
                "registration_number",
                _("Nomor badan hukum atau NIB"),
                LEGAL,
                line(60),
            ),
            Column(
                "tax_number",
                _("NPWP"),
                ("No. NPWP", "Nomor NPWP"),
                plain(parsers.tax_number),
            ),
            Column(
                "services",
                _("Layanan yang ditawarkan"),
                SERVICES,
                line(1500),
            ),
            Column(
                "capacity",
                _("Kapasitas per bulan (orang)"),
                ("Kapasitas", "Daya tampung", "Kapasitas per bulan"),
                plain(parsers.count(100_000)),
                "integer",
            ),
            Column(
                "office", _("Unit"), ("UPT", "Unit kerja", "Satker"), partners.own_unit
            ),
            Column(
                "status",
                _("Status"),
                ("Status kerja sama", "Status mitra", "Keadaan"),
                partners.statuses,
            ),
        ),
    )
)

register(
    Kind(
        name="members",
        title=_("Anggota kelompok"),
        lead=_(
            "Mitra unit yang sudah tercatat dan menjadi anggota kelompok ini. Sebelum "
            "ada yang masuk, setiap baris diperiksa dan hasilnya ditunjukkan."
        ),
        list_page="partners:group_index",
        unused=UNUSED,
        makes=(GroupMembership,),
        found=Partnership,
        about=CommunityGroup,
        refusal=members.refusal,
        judge=members.judge,
        insert=members.insert,
        keeps_all=members.keeps_all,
        undo=members.undo,
        permissions=("partners.change_communitygroup",),
        columns=(
            NAME,
            REFERENCE,
            PHONE,
            Column(
                "role",
                _("Kedudukan"),
                ("Jabatan", "Jabatan dalam kelompok", "Peran"),
                members.roles,
                words=members.names_of_roles,
            ),
            Column(
                "starts_on",
                _("Mulai"),
                ("Tanggal mulai", "Terhitung mulai", "TMT", "Sejak"),
                members.days,
                "date",
            ),
        ),
    )
)
