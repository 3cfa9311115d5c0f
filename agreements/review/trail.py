"""How the audit trail calls what reviewers do."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "agreement.reviewed_substance": _("menelaah isi naskah"),
        "agreement.reviewed_formality": _("menelaah naskah dan administrasinya"),
        "reviewrule.created": _("menetapkan siapa yang menelaah naskah"),
    }
)
