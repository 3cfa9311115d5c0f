import django_filters
from django.utils.translation import gettext_lazy as _

from pokmas.lists.filters import RecordFilter
from reports.figures.periods import Kind
from reports.monthly.models import Report


class ReportFilter(RecordFilter):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Report.Status, empty_label=_("Semua")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Kind, empty_label=_("Semua")
    )
    year = django_filters.NumberFilter(
        label=_("Tahun"), field_name="month", lookup_expr="year", min_value=2000
    )

    class Meta:
        model = Report
        fields = ["q", "status", "kind", "year", "office", "mine"]
