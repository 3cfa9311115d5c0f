from django import forms
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.entrance import SignupForm
from pokmas.accounts.forms import WelcomeForm
from pokmas.accounts.models import ConsentText
from pokmas.forms.base import UserForm
from pokmas.records.lines import LineFormField


class InviteForm(UserForm, forms.Form):
    email = forms.EmailField(
        label=_("Alamat surel rekan"),
        help_text=_("Kami mengirim tautan yang berlaku tujuh hari."),
    )


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
