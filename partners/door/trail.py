"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

SAID = {
    "slip_printed": _("mencetak slip kode akun"),
    "slip_revoked": _("membatalkan kode akun"),
    "taken_over": _("mengambil alih akun dengan kode pada slip"),
}

describe(
    {
        f"{model}.{verb}": words
        for model in ("partnership", "volunteer")
        for verb, words in SAID.items()
    }
)
