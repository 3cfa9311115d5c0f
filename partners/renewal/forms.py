"""What is asked when a partner is examined again."""

from django.utils.translation import gettext_lazy as _

from partners.vetting.forms import VerifyForm
from pokmas.forms.base import VerdictForm

PROLONGED, AGAIN = "prolonged", "again"


class ReexamineForm(VerifyForm):
    """The checklist alone: there is one way on."""

    asks_verdict = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["verdict"], self.fields["reason"]


class ProlongForm(VerdictForm):
    verdicts = [
        (PROLONGED, _("Setujui untuk masa berikutnya")),
        (AGAIN, _("Kembalikan ke pemeriksa")),
    ]
