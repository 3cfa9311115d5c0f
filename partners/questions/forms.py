"""A question, and what it is asked of, as headquarters writes it."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.kinds.models import PartnerKind
from pokmas.forms.base import RecordForm
from pokmas.forms.fields import FROM_TOMORROW


class QuestionForm(RecordForm):
    LAYOUT = [("", ("text", "is_required", "kinds", ("valid_from", "valid_until")))]

    kinds = forms.MultipleChoiceField(
        label=_("Ditanyakan kepada"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tanpa pilihan: kepada semua jenis mitra."),
    )

    class Meta:
        fields = ["text", "kinds", "valid_from", "valid_until", "order"]
        help_texts = {
            "valid_from": FROM_TOMORROW,
            "valid_until": _("Kosongkan bila tanpa batas."),
            "order": _("Angka kecil tampil lebih dahulu."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = self.instance.kinds
        kinds = PartnerKind.objects.filter(Q(is_active=True) | Q(code__in=chosen))
        self.fields["kinds"].choices = [(kind.code, str(kind)) for kind in kinds]
        # What the portal began with holds since ever.
        self.fields["valid_from"].required = self.instance._state.adding
