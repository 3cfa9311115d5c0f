"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from partners.registry.models import Offer, Partner
from pokmas.audit.moments import Part, comes_and_goes, tell_with
from pokmas.audit.phrases import describe

describe(
    {
        "partner.started": _("memulai pendaftaran"),
        "partner.entered": _("mencatat mitra atas nama pendaftar"),
        "partner.submitted": _("mengajukan pendaftaran"),
        "partner.verifying": _("memeriksa pendaftaran"),
        "partner.returned": _("mengembalikan pendaftaran untuk diperbaiki"),
        "partner.declined": _("menolak pendaftaran"),
        "partner.approved": _("menyetujui mitra"),
        "partner.active": _("mengaktifkan mitra"),
        "partner.suspended": _("menangguhkan mitra"),
        "partner.ended": _("mengakhiri kemitraan"),
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
        "criterion.created": _("menambah kriteria"),
        "rule.created": _("menetapkan angka ketentuan"),
    }
)
tell_with(
    Partner,
    Part(
        Offer,
        "partner",
        ("field_id",),
        comes_and_goes(_("bidang"), "field"),
        ("field",),
    ),
)
