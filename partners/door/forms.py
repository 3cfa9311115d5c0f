"""What is asked at the counter, and of whoever comes back with a code."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from pokmas.documents.forms import CodeForm
from pokmas.forms.base import StepForm, UserForm


class SlipForm(StepForm):
    """However often it is sent, it is one code; on what, is asked when it is shown."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    paper = forms.ChoiceField(
        label=_("Kertas"),
        choices=[("A5", _("A5 (setengah A4)")), ("A4", "A4")],
        initial="A5",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["submission_key"].initial = uuid.uuid4()
        self.fields["paper"].optional_words = ""

    def clean_paper(self):
        return self.cleaned_data["paper"] or self.fields["paper"].initial


class TakeOverForm(UserForm, CodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Kode pada slip")
        self.fields["code"].help_text = _(
            "12 huruf dan angka, misalnya 7KQM-2XVD-9TRB."
        )
