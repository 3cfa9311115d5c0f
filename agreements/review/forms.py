from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.review.aspects import left
from agreements.review.models import Review, ReviewRule
from pokmas.forms.base import StepForm
from pokmas.rules.forms import OfficeRuleForm

Aspect = Review.Aspect
WHAT_IT_IS = {
    Aspect.SUBSTANCE: _("Isi: pokok, bentuk, hak dan kewajiban, kewenangan, tanggal"),
    Aspect.FORMALITY: _(
        "Naskah dan administrasi: susunan naskah, para pihak dan penanda tangan, "
        "berkas mitra"
    ),
}


class ReviewForm(StepForm):
    """Where two people review, the first says which half is his."""

    aspect = forms.ChoiceField(
        label=_("Yang Anda telaah"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih yang Anda telaah.")},
    )
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.left = left(self.record)
        if len(self.left) > 1:
            self.fields["aspect"].choices = [
                (each, WHAT_IT_IS[each]) for each in self.left
            ]
        else:
            del self.fields["aspect"]

    @property
    def half(self):
        """What is left for the second of two people, in words."""
        return WHAT_IT_IS.get(self.left[0], "") if len(self.left) == 1 else ""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == Review.Verdict.REVISE and not cleaned.get("notes"):
            self.add_error("notes", _("Jelaskan apa yang perlu diperbaiki."))
        return cleaned


class ReviewRuleForm(OfficeRuleForm):
    class Meta(OfficeRuleForm.Meta):
        model = ReviewRule
        fields = ["office", "is_by_two", "valid_from", "source"]
        help_texts = {
            **OfficeRuleForm.Meta.help_texts,
            "is_by_two": _(
                "Satu orang menelaah isi, orang lain naskah dan administrasinya: "
                "Kanwilnya perlu sedikitnya dua penelaah. Tanpa tanda: satu orang "
                "menelaah semuanya."
            ),
        }
