"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "partnership.set_apart": _("menyatakan bukan mitra yang sama"),
        "partnership.asked": _("bertanya kepada unit yang mengenal mitra yang mirip"),
        "partnership.taken_back": _("menarik pernyataan bukan mitra yang sama"),
    }
)
