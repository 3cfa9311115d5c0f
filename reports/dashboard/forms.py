from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outreach.models import ActivityType
from partners.models import Field
from pokmas.accounts.models import User
from pokmas.offices.models import Office
from pokmas.server.outside import whole_number
from reports.duties.expected import month_told
from reports.figures.periods import Kind, Period


class DashboardForm(forms.Form):
    """What the figures are narrowed to; what cannot be is not asked."""

    period = forms.ChoiceField(label=_("Masa"), required=False)
    type = forms.ModelChoiceField(
        label=_("Jenis kegiatan"),
        queryset=ActivityType.objects.all(),
        required=False,
        empty_label=_("Semua"),
    )
    field = forms.ModelChoiceField(
        label=_("Bidang kelompok"),
        queryset=Field.objects.all(),
        required=False,
        empty_label=_("Semua"),
    )
    office = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Office.objects.none(),
        required=False,
        empty_label=_("Semua"),
    )

    def __init__(self, params: Mapping, *, user: User):
        own = user.acting.office
        self.now = Period.of(Kind.MONTHLY, own.today)
        self.period = _asked(params.get("period", ""), own.today)
        super().__init__({**params.dict(), "period": self.period.code})
        self.fields["period"].choices = _choices(self.now, self.period)
        asked = whole_number(params.get("office", "")) or 0
        if own.is_top:
            self.fields["office"].label = _("Kanwil")
            chosen = Q(level=Office.Level.REGIONAL) | Q(pk=asked)
            self.fields["office"].queryset = Office.objects.filter(chosen)
        elif own.is_wide:
            units = Office.objects.visible_to(user).units()
            self.fields["office"].queryset = units
        else:
            del self.fields["office"]
        self.is_valid()
        # Whose branch is shown.
        self.own, self.office = own, self.cleaned_data.get("office") or own


def _asked(code: str, today: date) -> Period:
    """The one of the address, unless there is none such or it has not begun."""
    try:
        found = Period.read(code)
    except ValueError:
        found = None
    if found and date(2000, 1, 1) <= found.first <= today:
        return found
    return Period.of(Kind.MONTHLY, month_told(today).first)


def _choices(now: Period, asked: Period) -> list:
    """The recent ones of each kind, and the one that is asked for however old."""
    found = []
    for kind in Kind:
        recent = Period.of(kind, now.first).up_to_here(kind.recent)[::-1]
        if asked.kind == kind and asked not in recent:
            recent.append(asked)
        found.append((kind.label, [(each.code, each.name) for each in recent]))
    return found
