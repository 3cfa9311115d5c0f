from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "regionmonth.created": _("membuka halaman bulanan wilayah"),
        "regionmonth.printed": _("meminta halaman bulanan wilayah"),
    }
)
