"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from partners.registry.models import Offer, Partnership
from pokmas.audit.moments import Part, comes_and_goes, tell_with
from pokmas.audit.phrases import describe

describe(
    {
        "partnership.moved": _("memindahkan catatan mitra ke kemitraan dengan unitnya"),
        "partnership.started": _("memulai pendaftaran"),
        "partnership.entered": _("mencatat mitra atas nama pendaftar"),
        "partnership.paper_handed_in": _("menyerahkan surat mitra"),
        "partnership.submitted": _("mengajukan pendaftaran"),
        "partnership.taken": _("mengambil pemeriksaan"),
        "partnership.handed_over": _("menyerahkan pemeriksaan kepada rekan"),
        "partnership.put_back": _("mengembalikan pemeriksaan ke antrean"),
        "partnership.draft": _("menarik pendaftaran untuk diperbaiki"),
        "partnership.withdrawn": _("menarik pendaftaran"),
        "partnership.discarded": _("membuang draf pendaftaran"),
        "partnership.verifying": _("memeriksa pendaftaran"),
        "partnership.visited": _("mencatat kunjungan lapangan"),
        "visitrule.created": _("menetapkan kewajiban kunjungan"),
        "visitquestion.created": _("menambah pertanyaan kunjungan"),
        "partnership.reexamined": _("memeriksa ulang mitra"),
        "partnership.prolonged": _("menyetujui mitra untuk masa berikutnya"),
        "partnership.examine_again": _("mengembalikan pemeriksaan ulang"),
        "partnership.sent_back": _("mengembalikan pendaftaran kepada pemeriksa"),
        "partnership.returned": _("mengembalikan pendaftaran untuk diperbaiki"),
        "partnership.declined": _("menolak pendaftaran"),
        "partnership.approved": _("menyetujui mitra"),
        "partnership.active": _("mengaktifkan mitra"),
        "partnership.suspended": _("menangguhkan mitra"),
        "partnership.resumed": _("melanjutkan kemitraan"),
        "partnership.ended": _("mengakhiri kemitraan"),
        "communitygroup.proposed": _("mengusulkan kelompok"),
        "communitygroup.assessed": _("mencatat asesmen kelompok"),
        "communitygroup.established": _("menetapkan kelompok dengan SK"),
        "communitygroup.active": _("mengaktifkan kelompok"),
        "communitygroup.dormant": _("menyatakan kelompok tidak aktif"),
        "communitygroup.dissolved": _("membubarkan kelompok"),
        "communitygroup.withdrawn": _("menarik usulan kelompok"),
        "communitygroup.member_added": _("menambah anggota kelompok"),
        "communitygroup.member_ended": _("mengakhiri keanggotaan kelompok"),
        "field.created": _("menambah bidang"),
        "partnerkind.created": _("menambah jenis mitra"),
        "requiredpaper.created": _("menambah surat yang diminta"),
        "criterion.created": _("menambah kriteria"),
        "rule.created": _("menetapkan angka ketentuan"),
    }
)
tell_with(
    Partnership,
    Part(
        Offer,
        "partnership",
        ("field_id",),
        comes_and_goes(_("bidang"), "field"),
        ("field",),
    ),
)
