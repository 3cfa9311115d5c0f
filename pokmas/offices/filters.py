import django_filters
from django.utils.translation import gettext_lazy as _

from pokmas.lists.filters import BoxFilter
from pokmas.offices.models import Office, OfficeChange


class OfficeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Cari"), method="search", max_length=100)
    level = django_filters.ChoiceFilter(
        label=_("Tingkat"), choices=Office.Level, empty_label=_("Semua")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Office.Kind, empty_label=_("Semua")
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Kanwil"), queryset=Office.objects.none(), empty_label=_("Semua")
    )
    active = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        choices=[("yes", _("Aktif")), ("no", _("Tidak aktif"))],
        method="at_work",
        empty_label=_("Semua"),
    )

    class Meta:
        model = Office
        fields = ["q", "level", "kind", "region", "active"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset)
        if user.acting.office.level == Office.Level.HEADQUARTERS:
            regions = Office.objects.filter(level=Office.Level.REGIONAL)
            self.filters["region"].queryset = regions
        else:
            del self.filters["region"]

    def search(self, queryset, name, value):
        return queryset.search(value)

    def at_work(self, queryset, name, value):
        return queryset.filter(is_active=value == "yes")


class ChangeFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("Perubahan"), choices=OfficeChange.Kind, empty_label=_("Semua")
    )
    held = BoxFilter(label=_("Hanya yang tertahan"), method="only_held")

    class Meta:
        model = OfficeChange
        fields = ["kind", "held"]

    def only_held(self, queryset, name, value):
        return queryset.exclude(refusal="") if value else queryset
