from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models import Office
from pokmas.server.outside import whole_number
from reports.figures.periods import Kind, Period
from reports.obligations.board import GROUPS, State, holds, periods_of

YEARS = (2020, 2100)


class BoardForm(forms.Form):
    """Which kind of report, of which year, of whom."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Kind.choices, required=False)
    year = forms.TypedChoiceField(label=_("Tahun"), coerce=int, required=False)
    office = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Office.objects.none(),
        required=False,
        empty_label=_("Semua"),
    )

    def __init__(self, data, *, user):
        this_year = timezone.localdate().year
        # What is not asked for, or cannot be, is the months of this year.
        kind, year = data.get("kind"), whole_number(data.get("year", ""))
        self.kind = Kind(kind) if kind in Kind.values else Kind.MONTHLY
        self.year = year if year and YEARS[0] <= year <= YEARS[1] else this_year
        super().__init__({**data.dict(), "kind": self.kind, "year": self.year})
        years = {this_year, this_year - 1, this_year - 2, self.year}
        self.fields["year"].choices = [(each, each) for each in sorted(years)[::-1]]
        own = user.acting.office
        asked = whole_number(data.get("office", "")) or 0
        if own.is_top:
            self.fields["office"].label = _("Kanwil")
            chosen = Q(level=Office.Level.REGIONAL) | Q(pk=asked)
            self.fields["office"].queryset = Office.objects.filter(chosen)
        elif own.is_wide:
            units = Office.objects.visible_to(user).filter(level=Office.Level.UNIT)
            self.fields["office"].queryset = units | Office.objects.filter(pk=own.pk)
        else:
            del self.fields["office"]
        self.prepare()
        self.is_valid()
        # Whose branch is shown.
        self.office = self.cleaned_data.get("office") or own

    def prepare(self) -> None:
        pass

    @property
    def shown(self) -> dict:
        """For templates, in which the names of the form are its fields."""
        return {"office": self.office, "kind": self.kind, "year": self.year}

    @property
    def periods(self) -> list[Period]:
        return periods_of(self.kind, self.year)


class DueForm(BoardForm):
    """What the list of expected reports is narrowed to, beside that."""

    period = forms.ChoiceField(label=_("Periode"), required=False)
    state = forms.ChoiceField(label=_("Keadaan"), required=False)
    # Without the offices below: a row of the matrix is one office.
    alone = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def prepare(self):
        self.fields["period"].choices = [
            ("", _("Semua")),
            *((each.code, each.name) for each in super().periods),
        ]
        self.fields["state"].choices = [
            ("", _("Semua")),
            *((name, label) for name, (label, _holds) in GROUPS.items()),
            *((state.value, state.label) for state in State),
        ]

    @property
    def periods(self):
        asked = self.cleaned_data.get("period")
        return [each for each in super().periods if asked in ("", None, each.code)]

    def holds(self, cell) -> bool:
        if self.cleaned_data.get("alone") and cell.office != self.office:
            return False
        asked = self.cleaned_data.get("state")
        return not asked or holds(cell, asked)
