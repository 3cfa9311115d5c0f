"""What is blurred and cut of a photo, and why one is refused."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outreach.evidence.models import PhotoRefusal
from pokmas.forms.base import RecordForm, UserForm
from pokmas.forms.fields import IntegerField
from pokmas.server.outside import whole_number

SIDES = {
    "left": _("Dari kiri"),
    "top": _("Dari atas"),
    "width": _("Lebar"),
    "height": _("Tinggi"),
}
# So many areas at once; whoever needs more saves, and blurs the rest after that.
BLURRED = [f"blur{number}" for number in range(1, 7)]
CUT = "cut"
# Less than this of a photo shows no activity.
LEAST = 10


@dataclass(frozen=True)
class Area:
    name: str
    label: str
    fields: list

    @property
    def is_cut(self) -> bool:
        return self.name == CUT


class RefusalForm(RecordForm):
    class Meta:
        model = PhotoRefusal
        fields = ["name"]


class EditForm(UserForm, forms.Form):
    """Areas in per cent of the photo that was looked at, each by four numbers."""

    # Of which version the person saw the areas.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = evidence.document_id
        for area in (*BLURRED, CUT):
            for side, label in SIDES.items():
                is_start = side in ("left", "top")
                self.fields[f"{area}_{side}"] = field = IntegerField(
                    label=label,
                    required=False,
                    min_value=0 if is_start else 1,
                    max_value=99 if is_start else 100,
                )
                field.optional_words = ""

    @property
    def areas(self) -> list[Area]:
        """Those to blur, then the one to keep, for the page."""
        names = [
            (name, _("Samarkan %(number)s") % {"number": number})
            for number, name in enumerate(BLURRED, 1)
        ]
        return [
            Area(name, label, [self[f"{name}_{side}"] for side in SIDES])
            for name, label in (*names, (CUT, _("Potong: yang tetap ada")))
        ]

    @property
    def is_preview(self) -> bool:
        return "preview" in self.data

    @property
    def has_trouble(self) -> bool:
        """Whether one of the numbers is wrong, so that they are shown at once."""
        return bool(self.errors.keys() - {"__all__"})

    @property
    def asked(self) -> dict:
        return {
            "blurred": [area for name in BLURRED if (area := self._area(name))],
            "cut": self._area(CUT),
        }

    def _area(self, name) -> list[int] | None:
        numbers = [self.cleaned_data.get(f"{name}_{side}") for side in SIDES]
        return None if None in numbers else numbers

    def clean(self):
        cleaned = super().clean()
        for name in (*BLURRED, CUT):
            self._check(name, cleaned)
        if not self.errors and not any(self.asked.values()):
            raise ValidationError(
                _("Tandai dahulu yang disamarkan, atau bagian foto yang tetap ada.")
            )
        return cleaned

    def _check(self, name, cleaned):
        names = {side: f"{name}_{side}" for side in SIDES}
        if self.errors.keys() & set(names.values()):
            return
        left, top, width, height = (cleaned.get(each) for each in names.values())
        given = [left, top, width, height]
        if set(given) == {None}:
            return
        if None in given:
            lacking = next(each for each in names.values() if cleaned.get(each) is None)
            self.add_error(lacking, _("Isi keempat angkanya, atau kosongkan semua."))
            return
        for start, length, side in ((left, width, "width"), (top, height, "height")):
            if start + length > 100:
                words = _("Paling banyak %(most)s: lebih dari itu keluar dari foto.")
                self.add_error(names[side], words % {"most": 100 - start})
            elif name == CUT and length < LEAST:
                words = _("Sisakan sedikitnya %(least)s persen.") % {"least": LEAST}
                self.add_error(names[side], words)


class RefuseForm(UserForm, forms.Form):
    refusal = forms.ModelChoiceField(
        label=_("Alasan"),
        queryset=PhotoRefusal.objects.in_use(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("Pelapor membaca alasan ini."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = evidence.document_id


def seen_of(form) -> int | None:
    """Which version somebody looked at; None of whoever says none."""
    return whole_number(form.cleaned_data.get("seen"))
