"""How the audit trail calls what is done here."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "agreement.evaluated": _("mengajukan evaluasi kerja sama"),
        "agreement.evaluation_confirmed": _("mengesahkan evaluasi kerja sama"),
        "agreement.evaluation_returned": _("mengembalikan evaluasi kerja sama"),
        "evaluation.printed": _("meminta cetakan evaluasi kerja sama"),
    }
)
