"""The lists of headquarters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Criterion, Field, Rule
from pokmas.fields import field_for
from pokmas.forms import UserForm


class FieldForm(UserForm, forms.ModelForm):
    class Meta:
        model = Field
        fields = ["name", "parent", "is_mandatory", "is_active"]
        formfield_callback = field_for
        help_texts = {
            "is_active": _("Bidang yang diarsipkan tetap tampak pada data lama."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        above = Field.objects.filter(parent=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = above
        self.fields["parent"].empty_label = _("Bidang utama")


class CriterionForm(UserForm, forms.ModelForm):
    class Meta:
        model = Criterion
        fields = ["text", "is_required", "order", "is_active"]
        formfield_callback = field_for
        help_texts = {
            "order": _("Angka kecil tampil lebih dahulu."),
            "is_active": _("Kriteria yang diarsipkan tidak ditanyakan lagi."),
        }


class RuleForm(UserForm, forms.ModelForm):
    class Meta:
        model = Rule
        fields = ["code", "value", "valid_from", "source"]
        formfield_callback = field_for
        help_texts = {
            "source": _("Nomor keputusan atau pedoman yang menjadi dasar."),
            "valid_from": _("Angka lama tetap berlaku sampai hari sebelumnya."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            ("", _("Pilih ketentuan")),
            *Rule.Code.choices,
        ]
