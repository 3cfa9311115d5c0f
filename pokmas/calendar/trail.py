from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "calendarfeed.renewed": _("membuat alamat kalender yang baru"),
        "calendarfeed.closed": _("menutup alamat kalender"),
    }
)
