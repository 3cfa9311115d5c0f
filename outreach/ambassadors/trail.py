"""How the audit trail calls what is done to appointments and contacts."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "ambassador.appointed": _("mencatat penunjukan Duta Kerja Sama"),
        "ambassador.changed": _("membetulkan penunjukan Duta Kerja Sama"),
        "ambassador.ended": _("mengakhiri penunjukan Duta Kerja Sama"),
        "contact.logged": _("mencatat kontak"),
        "contact.changed": _("mengubah kontak"),
        "contact.open": _("membuka lagi tindak lanjut kontak"),
        "contact.closed": _("menyelesaikan tindak lanjut kontak"),
        "contact.registered": _("mendaftarkan kontak sebagai mitra"),
        "contact.viewed": _("melihat nomor telepon kontak"),
        "contact.phone_removed": _("menghapus nomor telepon kontak"),
    }
)
