import django_filters
from django.utils.translation import gettext_lazy as _

from pokmas.lists.filters import RecordFilter
from reports.figures.periods import YEARS, Kind
from reports.monthly.models import Report


class ReportFilter(RecordFilter):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Report.Status, empty_label=_("Semua")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Kind, empty_label=_("Semua")
    )
    year = django_filters.NumberFilter(
        label=_("Tahun"),
        field_name="month",
        lookup_expr="year",
        min_value=YEARS[0],
        max_value=YEARS[-1],
    )

    class Meta:
        model = Report
        fields = ["q", "status", "kind", "year", "office", "mine"]
