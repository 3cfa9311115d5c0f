"""How the audit trail calls what is done here."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "task.given": _("memberi tugas"),
        "task.assigned_to": _("menunjuk pelaksana tugas"),
        "task.done": _("menyelesaikan tugas"),
        "task.handed_back": _("mengembalikan tugas"),
        "task.given_again": _("memberi tugas lagi"),
        "task.reopened": _("meminta tugas dilengkapi"),
        "task.withdrawn": _("membatalkan tugas"),
        "task.written": _("menulis kabar tugas"),
        "task.released": _("melepas tugas dari petugas yang pindah"),
    }
)
