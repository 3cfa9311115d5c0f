"""How the audit trail calls what is said between unit and partner."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "agreement.sent_to_partner": _("mengirim naskah ke mitra"),
        "agreement.partner_agreed": _("mencatat persetujuan mitra atas naskah"),
        "agreement.partner_asked_change": _("mencatat permintaan perubahan mitra"),
        "textcomment.written": _("mengomentari naskah"),
        "textcomment.resolved": _("menandai komentar naskah selesai"),
        "textcomment.reopened": _("membuka kembali komentar naskah"),
    }
)
