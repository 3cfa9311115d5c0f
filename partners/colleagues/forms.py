from django import forms
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.entrance import SignupForm
from pokmas.accounts.forms import WelcomeForm
from pokmas.accounts.models import ConsentText
from pokmas.accounts.roles import Role
from pokmas.forms.base import UserForm
from pokmas.forms.fields import EmailField
from pokmas.records.lines import LineFormField

# What each role may do, beside its name.
MAY = {
    Role.PARTNER: _(
        "Penanggung jawab: mengajukan, menjawab naskah kerja sama, menyatakan membaca "
        "pedoman, mengatur rekan, dan semua yang dapat dilakukan pelaksana"
    ),
    Role.PARTNER_WRITER: _(
        "Pelaksana: mengisi data, membahas naskah, merencanakan dan melaporkan kegiatan"
    ),
    Role.PARTNER_READER: _("Pembaca: melihat semuanya, tidak mengubah apa pun"),
}


class RoleForm(UserForm, forms.Form):
    role = forms.ChoiceField(
        label=_("Peran"), choices=MAY.items(), widget=forms.RadioSelect
    )


class InviteForm(RoleForm):
    email = EmailField(
        label=_("Alamat surel rekan"),
        help_text=_("Kami mengirim tautan yang berlaku tujuh hari."),
    )
    field_order = ["email", "role"]


class JoinForm(WelcomeForm):
    """The account of who has none yet."""

    full_name = LineFormField(
        label=_("Nama lengkap"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    consent = SignupForm.base_fields["consent"]
    field_order = ["full_name", "password", "consent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.consent_text = ConsentText.objects.newest(ConsentText.ACCOUNT)
