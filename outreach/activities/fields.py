from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity


class ChangesField(forms.MultipleChoiceField):
    """The changes that an activity seeks, asked in its plan and in its report, or a
    programme."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Perubahan yang diupayakan"))
        super().__init__(choices=Activity.Change.choices, required=False, **kwargs)
