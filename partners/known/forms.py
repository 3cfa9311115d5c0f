"""What is asked about a partner before it is entered."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.known.likeness import Described
from pokmas.forms.base import UserForm
from pokmas.records.lines import LineFormField

# The digits of one; those of a tax number are more.
PHONE = re.compile("(0|62)[0-9]{6,12}")


class SeekForm(UserForm, forms.Form):
    """By name, telephone or number, in whichever habit; one of them will do."""

    only_asks = True

    name = LineFormField(
        label=_("Nama lembaga atau orang"),
        max_length=150,
        required=False,
        help_text=_("Ejaan, gelar, dan singkatan seperti Yys. tidak jadi soal."),
    )
    phone = LineFormField(
        label=_("Nomor telepon"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    number = LineFormField(
        label=_("NPWP atau nomor badan hukum"), max_length=60, required=False
    )

    LAYOUT = [(_("Isi salah satu"), ("name", ("phone", "number")))]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.optional_words = ""  # said of all of them by their heading

    @property
    def described(self) -> Described | None:
        """What is looked for; None as long as nothing is asked."""
        if not self.is_valid() or not any(self.cleaned_data.values()):
            return None
        asked = self.cleaned_data
        name, phone, number = asked["name"], asked["phone"], asked["number"]
        if name and not any(map(str.isalpha, name)):
            # Some type a number into the first field there is.
            if PHONE.fullmatch("".join(filter(str.isdigit, name))):
                name, phone = "", phone or name
            else:
                name, number = "", number or name
        return Described(
            name=name,
            phones=(phone,) if phone else (),
            registration_number=number,
            tax_number=number,
            is_typed=True,
        )


class TypedForm(forms.Form):
    """What stands in a section of a registration that is being written."""

    name = LineFormField(max_length=150, required=False)
    leader_name = LineFormField(max_length=120, required=False)
    village = LineFormField(max_length=80, required=False)
    registration_number = LineFormField(max_length=60, required=False)
    tax_number = LineFormField(max_length=30, required=False)
    phone = LineFormField(max_length=30, required=False)
