import django_filters
from django.utils.translation import gettext_lazy as _

from outreach.coverage.models import Coverage
from pokmas.lists.filters import DayFilter, PeriodForm, RecordFilter


class CoverageFilter(RecordFilter):
    kind = django_filters.ChoiceFilter(
        label=_("Jenis media"), choices=Coverage.Kind, empty_label=_("Semua")
    )
    since = DayFilter(label=_("Sejak"), field_name="published_on", lookup_expr="gte")
    until = DayFilter(label=_("Sampai"), field_name="published_on", lookup_expr="lte")

    class Meta:
        model = Coverage
        form = PeriodForm
        fields = ["q", "kind", "since", "until", "office"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        del self.filters["mine"]
