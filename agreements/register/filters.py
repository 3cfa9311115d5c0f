import django_filters
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.lists.filters import DayFilter, RecordFilter


class AgreementFilter(RecordFilter):
    FOLDED = ("in_force_on",)

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Agreement.Status, empty_label=_("Semua")
    )
    validity = django_filters.ChoiceFilter(
        label=_("Masa berlaku"),
        choices=list(Agreement.VALIDITY.items()),
        empty_label=_("Semua"),
        method="of_validity",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Agreement.Kind, empty_label=_("Semua")
    )
    in_force_on = DayFilter(label=_("Berlaku pada"), method="in_force")
    expiring_on = DayFilter(label=_("Akan berakhir per"), method="expiring")

    class Meta:
        model = Agreement
        fields = ["q", "status", "validity", "kind", "office", "mine"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        if not data.get("expiring_on"):
            del self.filters["expiring_on"]  # asked by figures only

    def of_validity(self, queryset, name, value):
        return queryset.of_validity(value)

    def in_force(self, queryset, name, value):
        return queryset.in_force(value)

    def expiring(self, queryset, name, value):
        return queryset.expiring(value)
