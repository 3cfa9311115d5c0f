"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "pattern.kept": _("menyimpan pola kegiatan"),
        "pattern.changed": _("mengubah pola kegiatan"),
    }
)
