import django_filters
from django.utils.translation import gettext_lazy as _

from pokmas.lists.filters import RecordFilter
from reports.targets.models import EnteredValue


class ValueFilter(RecordFilter):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=EnteredValue.Status, empty_label=_("Semua")
    )
    year = django_filters.NumberFilter(
        label=_("Tahun"), field_name="starts_on", lookup_expr="year", min_value=2000
    )

    class Meta:
        model = EnteredValue
        fields = ["q", "status", "year", "office", "mine"]
