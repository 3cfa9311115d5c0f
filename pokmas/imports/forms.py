from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pokmas.documents.inspection import LISTS
from pokmas.forms.base import RecordForm, StepForm, UserForm
from pokmas.forms.kept_files import KeptFileField
from pokmas.imports.kinds import Kind
from pokmas.imports.models import Import, KnownHeading

OPEN = _("Excel (.xlsx, .xls), ODS, atau CSV; paling banyak 60.000 baris.")


def file_field() -> KeptFileField:
    return KeptFileField(label=_("Berkas daftar"), kinds=LISTS, help_text=OPEN)


def choices_of(kind: Kind) -> list[tuple]:
    """What may stand in a column of a sheet."""
    needed = {kind.needed: format_lazy("{} {}", kind.labels[kind.needed], _("(wajib)"))}
    return [("", _("Tidak dipakai")), *(kind.labels | needed).items()]


def asked_of(kind: Kind, **asked) -> forms.ChoiceField:
    """What stands in one column: which of them is required is said in the choices."""
    field = forms.ChoiceField(choices=choices_of(kind), required=False, **asked)
    field.optional_words = ""
    return field


class ImportForm(RecordForm):
    document = file_field()
    way = forms.ChoiceField(label=_("Masuk sebagai"), widget=forms.RadioSelect)

    class Meta:
        model = Import
        fields = ["way"]

    field_order = ["document", "way"]

    def __init__(self, *args, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(way.name, way.label) for way in kind.ways]
        if len(kind.ways) == 1:
            del self.fields["way"]
        else:
            self.initial["way"] = kind.ways[0].name


class MendForm(StepForm):
    document = file_field()


class MapForm(StepForm):
    """One question for each column of the sheet: what stands in it."""

    def __init__(self, *args, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.titles = {}
        for heading in self.record.headings:
            name = f"column_{heading['place']}"
            self.titles[name] = heading["title"]
            samples = " · ".join(heading["samples"]) or "–"
            is_strange = heading.get("is_strange")
            said = (
                _("Belum dikenal. Isinya: %(samples)s")
                if is_strange
                else _("Isinya: %(samples)s")
            )
            self.fields[name] = asked_of(
                kind,
                label=heading["title"] or _("Tanpa judul"),
                help_text=said % {"samples": samples},
                initial=heading["name"],
            )

    def clean(self):
        cleaned = super().clean()
        chosen = [cleaned.get(name) for name in self.titles]
        needed = self.kind.column(self.kind.needed)
        if needed.name not in chosen:
            raise ValidationError(
                _("Tunjukkan kolom mana yang berisi “%(label)s”."),
                params={"label": needed.label},
            )
        for name in self.titles:
            value = cleaned.get(name)
            if value and chosen.count(value) > 1:
                self.add_error(name, _("Isi ini dipilih untuk lebih dari satu kolom."))
        return cleaned

    @property
    def columns(self) -> dict[str, str]:
        """Our column of each heading of which something new was said."""
        return {
            heading["title"]: self.cleaned_data[f"column_{heading['place']}"]
            for heading in self.record.headings
            if heading["title"]
            and (
                heading.get("is_strange")
                or self.cleaned_data[f"column_{heading['place']}"] != heading["name"]
            )
        }


class HeadingsForm(UserForm, forms.Form):
    """One question for each heading that an office explained: what stands below it."""

    FORGET = "?"

    def __init__(self, *args, kind: Kind, known: Sequence[KnownHeading], **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {f"heading_{each.pk}": each for each in known}
        for name, each in self.known.items():
            self.fields[name] = asked_of(
                kind,
                label=each.heading,
                help_text=each.office.name,
                initial=each.column,
            )
            self.fields[name].choices += [(self.FORGET, _("Lupakan; tanyakan lagi"))]

    @property
    def answers(self) -> dict[KnownHeading, str | None]:
        """The column that each heading now stands for; None: ask again."""
        said = {each: self.cleaned_data[name] for name, each in self.known.items()}
        return {
            each: None if column == self.FORGET else column
            for each, column in said.items()
            if column != each.column
        }
