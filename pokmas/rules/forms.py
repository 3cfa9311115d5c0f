from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pokmas.forms.base import RecordForm
from pokmas.forms.fields import FROM_TOMORROW
from pokmas.rules.models import Rule


class RuleForm(RecordForm):
    class Meta:
        model = Rule
        fields = ["code", "value", "valid_from", "source"]
        help_texts = {
            "source": _("Nomor keputusan atau pedoman yang menjadi dasar."),
            "valid_from": format_lazy(
                "{} {}",
                _("Angka lama tetap berlaku sampai hari sebelumnya."),
                FROM_TOMORROW,
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            ("", _("Pilih ketentuan")),
            *Rule.Code.choices,
        ]
