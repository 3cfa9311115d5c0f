"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "partnership.colleague_invited": _("mengundang rekan"),
        "partnership.colleague_invited_again": _("mengirim ulang undangan rekan"),
        "partnership.colleague_uninvited": _("menarik undangan rekan"),
        "partnership.colleague_changed": _("mengubah peran rekan"),
        "partnership.colleague_joined": _("ikut mewakili mitra"),
        "partnership.colleague_removed": _("mengeluarkan rekan"),
    }
)
