"""How the audit trail calls what is done here."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "programme.begun": _("memulai program mandiri"),
        "programme.phase_submitted": _("mengajukan fase program"),
        "programme.phase_returned": _("mengembalikan fase program"),
        "programme.phase_approved": _("menyetujui fase program"),
        "programme.completed": _("menyelesaikan program mandiri"),
        "programme.stopped": _("menghentikan program mandiri"),
        "programme.resumed": _("melanjutkan program mandiri"),
        "programme.handed_over": _("mengganti yang memimpin program"),
    }
)
