"""How a list of headquarters is narrowed."""

import django_filters
from django.utils.translation import gettext_lazy as _


class ReferenceFilter(django_filters.FilterSet):
    """By the name of a row and by whether it is still offered."""

    q = django_filters.CharFilter(label=_("Cari"), method="search", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        field_name="is_active",
        choices=[("True", _("Dipakai")), ("False", _("Diarsipkan"))],
        empty_label=_("Semua"),
    )

    def __init__(self, data, reference):
        super().__init__(data, reference.rows())
        if reference.is_fixed:
            self.filters.clear()

    def search(self, queryset, name, value):
        return queryset.filter(**{f"{queryset.model.SAID}__icontains": value})
