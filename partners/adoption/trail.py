"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "partnership.proposed": _("mengusulkan mitra yang sudah dikenal"),
        "partnership.adopted": _("menjadikannya mitra unit ini"),
        "partnership.proposal_sent_back": _("mengembalikan usulan menjadi mitra"),
        "partnership.proposed_again": _("mengusulkan mitra itu lagi"),
        "partnership.proposal_dropped": _("menarik usulan menjadi mitra"),
        "partnership.turned_down": _("menolak usulan menjadi mitra"),
    }
)
