from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.review.models import Review
from pokmas.forms.base import StepForm


class ReviewForm(StepForm):
    verdict = forms.ChoiceField(
        label=_("Hasil telaah"), choices=Review.Verdict, widget=forms.RadioSelect
    )
    notes = forms.CharField(
        label=_("Catatan"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Wajib bila naskah dikembalikan."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == Review.Verdict.REVISE and not cleaned.get("notes"):
            self.add_error("notes", _("Jelaskan apa yang perlu diperbaiki."))
        return cleaned
