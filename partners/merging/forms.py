"""Which of two stays, what is taken of the other, and that there is no way back."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partners.merging.services import TAKEN
from partners.registry.models import Partner
from pokmas.forms.base import UserForm
from pokmas.records.guarded import value_text
from pokmas.records.lines import LineFormField

FIRST, SECOND = "first", "second"


class MergeForm(UserForm, forms.Form):
    """Two partners side by side; of what differs one answer is chosen."""

    seen = LineFormField(widget=forms.HiddenInput)
    stays = forms.ChoiceField(
        label=_("Yang tetap"),
        widget=forms.RadioSelect,
        help_text=_("Nomor pendaftaran dan alamat halamannya yang dipakai seterusnya."),
    )
    is_sure = forms.BooleanField(
        label=_(
            "Saya sudah membandingkan keduanya. Saya tahu penggabungan ini tidak dapat "
            "dibatalkan."
        ),
        error_messages={"required": _("Centang dahulu bahwa Anda yakin.")},
    )

    def __init__(self, *args, first: Partner, second: Partner, **kwargs):
        super().__init__(*args, **kwargs)
        self.both = {FIRST: first, SECOND: second}
        self.fields["seen"].initial = self._state()
        self.fields["stays"].choices = [
            (key, f"{each} · {each.reference}") for key, each in self.both.items()
        ]
        self.fields["stays"].initial = FIRST
        for name in TAKEN:
            answers = {key: value_text(each, name) for key, each in self.both.items()}
            if answers[FIRST] != answers[SECOND]:
                self.fields[f"take_{name}"] = forms.ChoiceField(
                    label=capfirst(Partner._meta.get_field(name).verbose_name),
                    choices=list(answers.items()),
                    initial=FIRST if getattr(first, name) else SECOND,
                    widget=forms.RadioSelect,
                )
        self.order_fields(
            ["seen", "stays", *(f"take_{name}" for name in TAKEN), "is_sure"]
        )

    def _state(self) -> str:
        return ".".join(f"{each.pk}-{each.revision}" for each in self.both.values())

    def clean_seen(self):
        if self.cleaned_data["seen"] != self._state():
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self._state()
            raise ValidationError(
                _("Salah satu mitra berubah sejak halaman ini dibuka. Bandingkan lagi.")
            )
        return self.cleaned_data["seen"]

    @property
    def kept(self) -> Partner:
        return self.both[self.cleaned_data["stays"]]

    @property
    def other(self) -> Partner:
        return next(each for each in self.both.values() if each is not self.kept)

    @property
    def taken(self) -> list[str]:
        """The answers that come from the one that goes."""
        stays = self.cleaned_data["stays"]
        return [
            name
            for name in TAKEN
            if self.cleaned_data.get(f"take_{name}", stays) != stays
        ]
