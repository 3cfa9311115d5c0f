"""How the trail calls what is done with numbers."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "number.given": _("memberi nomor naskah"),
        "number.cancelled": _("membatalkan nomor naskah"),
        "numberbook.continued": _("memajukan nomor urut"),
        "numberbook.printed": _("meminta cetakan buku nomor"),
        "numbertemplate.created": _("menetapkan pola nomor"),
        "numbertemplate.changed": _("membetulkan pola nomor"),
    }
)
