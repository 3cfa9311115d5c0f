"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "partner.merged": _("menggabungnya dengan mitra lain"),
        "partnership.merged": _("menggabung dua catatan dari mitra yang sama"),
    }
)
