from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.activities.remarks import NoNames
from pokmas.forms.base import RecordForm
from pokmas.forms.kept_files import KeptFileField
from pokmas.words import dates
from reports.bundles.models import PlanFile
from reports.figures.periods import Period


class PlanFileForm(NoNames, RecordForm):
    """A file that shows what no record does."""

    REMARKS = ("shows",)

    month = forms.TypedChoiceField(
        label=_("Bulan"), coerce=date.fromisoformat, empty_value=None, required=False
    )
    document = KeptFileField(label=_("Berkas"))

    class Meta:
        model = PlanFile
        fields = ["shows", "month"]

    def __init__(self, *args, period: Period, **kwargs):
        super().__init__(*args, **kwargs)
        months = [(each.first.isoformat(), each.first) for each in period.months]
        self.fields["month"].choices = [
            ("", _("Seluruh masa")),
            *((value, dates.month_year(first)) for value, first in months),
        ]
        if not period.is_longer:
            del self.fields["month"]
