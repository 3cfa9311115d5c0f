"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "activity.correction": _("membuka kegiatan sebagai koreksi bulan yang ditutup"),
        "activity.superseded": _("mengganti angka kegiatan ini dengan koreksinya"),
    }
)
