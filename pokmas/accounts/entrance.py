"""The forms at the entrance: allauth's, in the words of this portal."""

import time

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.adapter import AccountAdapter, account_of, count_try
from pokmas.accounts.models import ConsentText
from pokmas.accounts.services import own
from pokmas.forms.fields import PhoneField
from pokmas.records import tries
from pokmas.records.lines import LineFormField
from pokmas.server.outside import SoundDecoder

PASSWORD_HELP = _(
    "Sedikitnya 12 huruf, angka, atau tanda. Beberapa kata yang mudah Anda ingat sudah "
    "kuat; jangan pakai nama atau surel Anda, atau kata sandi yang sering dipakai "
    "orang."
)
LABELS = {
    "login": _("Alamat surel"),
    "email": _("Alamat surel"),
    "password": _("Kata sandi"),
    "oldpassword": _("Kata sandi saat ini"),
    "password1": _("Kata sandi baru"),
    "password2": _("Kata sandi baru sekali lagi"),
    "code": _("Kode enam angka"),
    "name": _("Nama kunci sandi"),
}


class Worded:
    """Our labels, no placeholders, and errors that stay when the page is left."""

    labels = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            # A browser would cut what is pasted without a word: the form says it.
            field.widget.attrs.pop("maxlength", None)
            field.label = self.labels.get(name, LABELS.get(name, field.label))
            if name == "password1":
                field.help_text = PASSWORD_HELP
            elif name in ("password", "oldpassword"):
                field.help_text = ""
        if isinstance(self.fields.get("code"), forms.CharField):
            self.fields["code"].widget.attrs["inputmode"] = "numeric"


class LoginForm(Worded, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(Worded, account.SignupForm):
    """For partners and volunteers: who they are, and their consent."""

    field_order = ["full_name", "email", "password1", "phone", "consent"]
    labels = {"password1": LABELS["password"]}

    full_name = LineFormField(
        label=_("Nama lengkap"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=_("Nomor telepon"), required=False)
    consent = forms.BooleanField(
        label=_(
            "Saya menyetujui pemrosesan data pribadi saya seperti pada naskah itu."
        ),
        error_messages={
            "required": _("Tanpa persetujuan ini akun tidak dapat dibuat.")
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.consent_text = ConsentText.objects.newest(ConsentText.ACCOUNT)

    def try_save(self, request):
        # Storing an account takes longer than finding one; the adapter evens it out.
        request.sign_up_began = time.monotonic()
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        try:
            return super().try_save(request)
        except IntegrityError:
            # The same address a moment earlier: the mail that proves it is on its way.
            return None, get_adapter().respond_email_verification_sent(request, None)

    @transaction.atomic
    def save(self, request):
        return super().save(request)

    def custom_signup(self, request, user):
        user.full_name = self.cleaned_data["full_name"]
        user.phone = self.cleaned_data["phone"]
        user.save(update_fields=["full_name", "phone"])
        own.give_consent(user, self.consent_text)


class NewEmailForm(Worded, account.AddEmailForm):
    labels = {"email": _("Alamat surel baru")}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    pass


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    pass


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    pass


class OnceOnly:
    """A code is guessed five times in five minutes, and taken once.

    Strangers' guesses are counted apart from those at a device that is known. A code
    that was taken is not taken again while it could still be right:
    allauth forgets a used code after one period; with a tolerance it is valid longer.
    """

    VALID_SECONDS = 120

    def clean_code(self):
        counted = f"code:{account_of(context.request, self.user.email)}"
        count_try(counted)
        code = super().clean_code()
        key = f"second-factor:{self.user.pk}:{code.strip()}"
        if not cache.add(key, 1, self.VALID_SECONDS):
            raise ValidationError(AccountAdapter.error_messages["incorrect_code"])
        tries.forget(counted)
        return code


class OfWhatOneHas:
    """Who has no application to read a code from is asked for a recovery code."""

    labels = {"code": _("Kode dari aplikasi, atau kode pemulihan")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_mfa_enabled(self.user, [Authenticator.Type.TOTP]):
            self.fields["code"].label = _("Kode pemulihan")


class CodeForm(OfWhatOneHas, Worded, OnceOnly, mfa.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(OfWhatOneHas, Worded, OnceOnly, mfa.ReauthenticateForm):
    pass


class ActivateAppForm(Worded, totp.ActivateTOTPForm):
    pass


class OfPasskey:
    """What a passkey answered: JSON that a script sends, so of any shape."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"].decoder = SoundDecoder

    def clean_credential(self):
        return self._read(getattr(super(), "clean_credential", self._as_it_is))

    def clean(self):
        return self._read(super().clean)

    def _as_it_is(self):
        return self.cleaned_data["credential"]

    def _read(self, clean):
        try:
            return clean()
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            refusal = AccountAdapter.error_messages["incorrect_code"]
            raise ValidationError(refusal) from error


class LoginByPasskeyForm(OfPasskey, webauthn.LoginWebAuthnForm):
    pass


class AuthenticateByPasskeyForm(OfPasskey, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateByPasskeyForm(OfPasskey, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(OfPasskey, Worded, webauthn.AddWebAuthnForm):
    labels = {
        "passwordless": _("Masuk cukup dengan kunci sandi ini, tanpa kata sandi"),
    }

    name = LineFormField(required=False, max_length=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _(
            "Agar Anda mengenalinya nanti, misalnya “Ponsel saya”."
        )
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "Perangkat akan meminta sidik jari, wajah, atau PIN Anda. Tanpa centang "
            "ini kunci hanya dipakai sebagai langkah kedua, sesudah kata sandi."
        )


class EditPasskeyForm(Worded, webauthn.EditWebAuthnForm):
    name = LineFormField(max_length=60)
