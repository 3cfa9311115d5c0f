"""How the audit trail calls what happens to accounts."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "user.assigned": _("memberi penugasan"),
        "user.substitute_named": _("menunjuk pengganti selama tidak di tempat"),
        "user.substitute_ended": _("mengakhiri masa pengganti"),
        "user.unassigned": _("mengakhiri penugasan"),
        "user.invited_again": _("mengirim undangan lagi"),
        "user.accepted": _("menerima undangan dan membuat kata sandi"),
        "user.deactivated": _("menonaktifkan akun"),
        "user.reactivated": _("mengaktifkan akun"),
        "user.second_factor_reset": _("mengatur ulang langkah kedua"),
        "user.changed": _("mengubah profil"),
        "role.changed": _("mengubah hak peran"),
        "consent.given": _("memberi persetujuan pemrosesan data"),
        "consent.withdrawn": _("menarik persetujuan pemrosesan data"),
    }
)
