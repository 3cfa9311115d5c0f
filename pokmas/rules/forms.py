from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pokmas.forms.base import RecordForm
from pokmas.forms.choosing import Choosing
from pokmas.forms.fields import FROM_TOMORROW
from pokmas.offices.models import Office
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


class OfficeRuleForm(Choosing, RecordForm):
    """Of an `OfficeRule`; its Meta names the model and the fields."""

    class Meta:
        help_texts = {
            "office": _("Tanpa pilihan: semua kantor. Kanwil: semua unit di bawahnya."),
            "valid_from": FROM_TOMORROW,
            "source": _("Nomor keputusan atau pedoman yang menjadi dasar."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("office", Office.objects.active(), none=_("Semua kantor"))
