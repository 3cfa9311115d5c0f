"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "indicator.created": _("menetapkan indikator kinerja"),
        "target.set": _("menetapkan target"),
        "enteredvalue.entered": _("mengisi nilai indikator"),
        "enteredvalue.changed": _("mengubah nilai indikator"),
        "enteredvalue.returned": _("mengembalikan nilai indikator"),
        "enteredvalue.confirmed": _("mengesahkan nilai indikator"),
    }
)
