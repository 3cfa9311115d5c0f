"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "activity.covered": _("mencatat liputan media"),
        "activity.uncovered": _("menghapus liputan media"),
    }
)
