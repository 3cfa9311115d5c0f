import django_filters
from django.utils.translation import gettext_lazy as _

from pokmas.lists.filters import RecordFilter
from pokmas.numbering.models import Kind, Number


class NumberFilter(RecordFilter):
    year = django_filters.NumberFilter(
        label=_("Tahun"), min_value=1995, max_value=2999, field_name="year"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Jenis naskah"), choices=Kind, empty_label=_("Semua")
    )

    class Meta:
        model = Number
        fields = ["q", "year", "kind", "office"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        del self.filters["mine"]
