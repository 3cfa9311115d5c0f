from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.pasted.reading import LONGEST
from pokmas.forms.base import UserForm


class PasteForm(UserForm, forms.Form):
    text = forms.CharField(
        label=_("Teks laporan"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Tempel apa adanya. Yang dikenali: hari dan tanggal, waktu, tempat, "
            "kegiatan, mitra, jumlah, hasil, kendala, dan tindak lanjut."
        ),
    )
