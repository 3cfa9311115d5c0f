"""How the trail calls what is done with old agreements."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "agreement.scan_added": _("menambahkan pindaian kerja sama dari arsip"),
        "agreement.scan_removed": _("melepas pindaian kerja sama dari arsip"),
    }
)
