import django_filters
from django.utils.translation import gettext_lazy as _

from pokmas.lists.filters import RecordFilter
from reports.figures.periods import YEARS
from reports.targets.models import EnteredValue


class ValueFilter(RecordFilter):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=EnteredValue.Status, empty_label=_("Semua")
    )
    year = django_filters.NumberFilter(
        label=_("Tahun"),
        field_name="starts_on",
        lookup_expr="year",
        min_value=YEARS[0],
        max_value=YEARS[-1],
    )

    class Meta:
        model = EnteredValue
        fields = ["q", "status", "year", "office", "mine"]
