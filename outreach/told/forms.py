from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.told import people
from pokmas.forms.base import StepForm
from pokmas.records.lines import LineFormField


class LetterForm(StepForm):
    """What the organiser writes to all who take part."""

    subject = LineFormField(
        label=_("Perihal"),
        max_length=120,
        help_text=_("Misalnya: Mohon membawa daftar peserta."),
    )
    text = forms.CharField(
        label=_("Isi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Tanpa nama warga binaan, klien, atau anak."),
    )


def who_is_told(activity) -> list[str]:
    """Said before one writes."""
    told = people.of(activity)
    without = [person.name for person in told if person.user is None]
    named = ", ".join(sorted(person.name for person in told if person.user))
    said = [_("Diberi tahu di portal: %(names)s.") % {"names": named or "–"}]
    if without:
        words = _("Tanpa akun, Anda kirim sendiri lewat WhatsApp: %(names)s.")
        said.append(words % {"names": ", ".join(without)})
    return said
