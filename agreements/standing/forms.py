from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.signing.forms import TYPED, SignForm
from pokmas.documents.models import Document
from pokmas.forms.base import ReasonForm
from pokmas.forms.kept_files import KeptFileField


class TerminateForm(ReasonForm):
    paper = KeptFileField(label=_("Surat pengakhiran"), kinds=[Document.Kind.PDF])


class RectifyForm(SignForm):
    """What was recorded of the signing, to be put right."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Yang berkepentingan akan membaca alasan ini."),
    )

    def __init__(self, *args, record, **kwargs):
        initial = {name: getattr(record, name) for name in (*TYPED, "scan")}
        super().__init__(*args, record=record, initial=initial, **kwargs)
