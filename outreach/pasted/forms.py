from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.pasted.reading import LONGEST
from pokmas.forms.base import UserForm
from pokmas.words.glyphs import unprintable


class AsSent(forms.CharField):
    """Signs that no paper can print, as people send to each other, are left out."""

    def to_python(self, value):
        text = super().to_python(value)
        return text.translate(dict.fromkeys(map(ord, unprintable(text))))


class PasteForm(UserForm, forms.Form):
    text = AsSent(
        label=_("Teks laporan"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Tempel apa adanya. Yang dikenali: hari dan tanggal, waktu, tempat, "
            "kegiatan, mitra, jumlah, hasil, kendala, dan tindak lanjut."
        ),
    )
