"""What may come in about people and their assignments."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.entrance import PASSWORD_HELP
from pokmas.accounts.models import Assignment, AssignmentRequest, User
from pokmas.accounts.roles import APPOINTS, LEVELS, Role
from pokmas.accounts.services.people import appointable_roles
from pokmas.accounts.services.substitutes import candidates
from pokmas.forms.base import ReasonForm, UserForm
from pokmas.forms.choosing import Choosing
from pokmas.forms.fields import DateField, EmailField, PhoneField
from pokmas.offices.models import Office
from pokmas.records.lines import LineFormField

DAILY_ACTING = Office.Capacity.DAILY_ACTING


def _with_level(office: Office) -> str:
    return f"{office.name} ({office.get_level_display()})"


class TermForm(Choosing, UserForm, forms.ModelForm):
    """Role, office, term and decree; which of them are offered depends on the user."""

    role = forms.ChoiceField(label=_("Peran"))
    office = forms.ModelChoiceField(
        label=_("Kantor"),
        queryset=Office.objects.none(),
        empty_label=_("Pilih kantor"),
    )
    starts_on = DateField(
        label=_("Mulai berlaku"),
        required=False,
        help_text=_("Kosongkan bila mulai hari ini."),
    )
    ends_on = DateField(
        label=_("Sampai"),
        required=False,
        help_text=_("Kosongkan bila tanpa batas. Wajib untuk Plh."),
    )

    class Meta:
        model = Assignment
        fields = ["role", "office", "capacity", "starts_on", "ends_on", "decree_number"]
        help_texts = {
            "capacity": _(
                "Pejabat pengganti sementara: pilih Plh. atau Plt. dan isi masanya."
            ),
        }

    def __init__(self, *args, offices, roles, **kwargs):
        super().__init__(*args, **kwargs)
        levels = set().union(*(LEVELS[role] for role in roles))
        offices = offices.active().filter(level__in=levels)
        self.offer("office", offices, label=_with_level)
        self.fields["role"].choices = [("", _("Pilih peran"))] + [
            (role.value, role.label) for role in roles
        ]
        self.fields["decree_number"].widget.attrs["autocomplete"] = "off"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("office") and "starts_on" not in self.errors:
            # Today is the day where the post is, wherever it is given.
            cleaned["starts_on"] = cleaned["starts_on"] or cleaned["office"].today
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("Tanggal akhir sebelum tanggal mulai."))
        is_substitute = cleaned.get("capacity") == DAILY_ACTING
        if is_substitute and not ends_on and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Plh. harus punya tanggal akhir."))
        return cleaned

    def _get_validation_exclusions(self):
        # The service sets the person, and only then all the rules can be checked.
        return {*super()._get_validation_exclusions(), "user"}


class InvitationForm(TermForm):
    full_name = LineFormField(label=_("Nama lengkap"), max_length=120)
    email = EmailField(
        label=_("Alamat surel"),
        help_text=_("Undangan dikirim ke sini. Sebaiknya surel kedinasan."),
    )
    # Whom the address belongs to, once that was shown and confirmed.
    owner = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ["full_name", "email", *TermForm.Meta.fields]

    def __init__(self, *args, user, offices, **kwargs):
        super().__init__(
            *args,
            user=user,
            offices=offices,
            roles=appointable_roles(user),
            **kwargs,
        )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class AssignmentForm(TermForm):
    def __init__(self, *args, user, offices, **kwargs):
        super().__init__(
            *args,
            user=user,
            offices=offices,
            roles=appointable_roles(user),
            **kwargs,
        )


class SubstituteForm(Choosing, UserForm, forms.ModelForm):
    """Who stands in for the head that fills this in, and when."""

    LAYOUT = [("", ("user", ("starts_on", "ends_on"), "decree_number"))]

    user = forms.ModelChoiceField(
        label=_("Yang menggantikan"),
        queryset=User.objects.none(),
        empty_label=_("Pilih petugas"),
    )
    starts_on = DateField(label=_("Mulai berlaku"))
    ends_on = DateField(label=_("Sampai"))

    class Meta:
        model = Assignment
        fields = ["user", "starts_on", "ends_on", "decree_number"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["starts_on"].initial = user.acting.office.today
        self.offer(
            "user",
            candidates(user),
            label=lambda other: f"{other} · {Role(other.role).label}",
            lacking=_("Belum ada petugas lain di kantor Anda; minta admin membukanya."),
        )


class RequestForm(TermForm):
    class Meta(TermForm.Meta):
        model = AssignmentRequest
        fields = [*TermForm.Meta.fields, "purpose"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, user, offices, **kwargs):
        given = set().union(*APPOINTS.values())
        super().__init__(
            *args,
            user=user,
            offices=offices,
            roles=[role for role in Role if role in given],
            **kwargs,
        )


class AuditedReasonForm(ReasonForm):
    """A reason that only the trail of the audit keeps."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Tersimpan dalam jejak audit.")


class EndForm(AuditedReasonForm):
    on = DateField(label=_("Hari terakhir"))
    field_order = ["on", "reason"]


class RoleForm(AuditedReasonForm):
    """Which roles hold one permission; the locked ones are not asked."""

    roles = forms.MultipleChoiceField(
        label=_("Peran yang memegang hak ini"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["roles", "reason"]

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, role.label) for role in roles]


class ProfileForm(forms.Form):
    use_required_attribute = False

    full_name = LineFormField(
        label=_("Nama lengkap"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label=_("Nomor telepon"), required=False)


class WelcomeForm(forms.Form):
    """The first password of an invited person."""

    use_required_attribute = False

    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
