"""How the trail calls what people do with lists of groups."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "communitygroup.ceremony_planned": _("menyiapkan pengukuhan kelompok"),
        "communitygroup.paper_drafted": _("menyiapkan konsep naskah kelompok"),
        "communitygroup.sent_back": _("mengembalikan usulan kelompok"),
        "communitygroup.decree_undone": _("mengembalikan kelompok ke asesmen"),
        "communitygroup.revoked": _("membatalkan penetapan kelompok"),
        "communitygroup.revived": _("mengaktifkan kembali kelompok"),
        "communitygroup.role_changed": _("mengubah kedudukan anggota kelompok"),
        "office.compliance.exported": _("mengekspor daftar kepatuhan Bapas"),
    }
)
