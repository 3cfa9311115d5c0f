"""How the audit trail calls what is done here."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "agreement.proved": _("mengisi bukti kerja sama"),
        "agreement.baseline_locked": _("mengunci posisi awal kerja sama"),
        "agreement.proofs_printed": _("meminta cetakan kartu bukti"),
    }
)
