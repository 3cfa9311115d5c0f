"""How the audit trail calls what is done to a guideline."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "guideline.drafted": _("menyusun draf pedoman"),
        "guideline.changed": _("mengubah draf pedoman"),
        "guideline.discarded": _("membuang draf pedoman"),
        "guideline.published": _("menerbitkan pedoman"),
        "guideline.replaced": _("menggantikan pedoman dengan versi baru"),
        "guideline.withdrawn": _("mencabut pedoman"),
        "guideline.reminded": _("mengingatkan yang belum membaca pedoman"),
        "guideline.acknowledged": _("menyatakan sudah membaca pedoman"),
    }
)
