"""How the audit trail calls what is done to an agreement."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "agreement.drafted": _("menyusun draf kerja sama"),
        "agreement.changed": _("mengubah naskah"),
        "agreement.discussion": _("membuka pembahasan dengan mitra"),
        "agreement.legal_review": _("mengajukan telaah naskah"),
        "agreement.sent_back": _("mengembalikan naskah kepada unit"),
        "agreement.reopened": _("membuka kembali pembahasan naskah"),
        "agreement.ready_to_sign": _("menyatakan naskah siap ditandatangani"),
        "agreement.signed": _("mencatat penandatanganan kerja sama"),
        "agreement.rectified": _("membetulkan catatan penandatanganan"),
        "agreement.suspended": _("menangguhkan kerja sama"),
        "agreement.resumed": _("melanjutkan kerja sama"),
        "agreement.terminated": _("mengakhiri kerja sama"),
        "agreement.amending": _("menyusun adendum"),
        "agreement.amended": _("mengubah kerja sama dengan adendum"),
        "agreement.renewing": _("menyusun perpanjangan"),
        "agreement.dropped": _("membuang naskah"),
        "agreement.extracted": _("meminta ringkasan kerja sama"),
    }
)
