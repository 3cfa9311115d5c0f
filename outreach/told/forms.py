from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.told import people
from pokmas.forms.base import StepForm
from pokmas.records.lines import LineFormField
from pokmas.words.naming import first_of

# So many are named beside the field.
NAMED = 12


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        told = people.of(self.record, without=self.user)
        said = [self.fields["text"].help_text]
        for words, has_account in [
            (_("Diberi tahu di portal: %(names)s."), True),
            (_("Tanpa akun, Anda kirim sendiri lewat WhatsApp: %(names)s."), False),
        ]:
            names = [each.name for each in told if bool(each.user) == has_account]
            if names:
                said.append(words % {"names": first_of(names, NAMED)})
        self.fields["text"].help_text = " ".join(map(str, said))
