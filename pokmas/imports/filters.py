import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pokmas.imports.kinds import KINDS
from pokmas.imports.models import Import, ImportRow
from pokmas.lists.filters import MineFilter

MEND = "mend"


class ImportFilter(MineFilter):
    FOLDED = ()

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Import.Status, empty_label=_("Semua")
    )
    kind = django_filters.ChoiceFilter(label=_("Daftar"), empty_label=_("Semua"))

    class Meta:
        model = Import
        fields = ["status", "kind", "mine"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(kind.name, kind.title) for kind in KINDS.values()]
        self.filters["kind"].extra["choices"] = kinds


class RowFilter(django_filters.FilterSet):
    FOLDED = ()

    q = django_filters.CharFilter(label=_("Cari"), method="search", max_length=100)
    result = django_filters.ChoiceFilter(
        label=_("Hasil"),
        choices=[*ImportRow.Result.choices, (MEND, _("Salah atau bentrok"))],
        empty_label=_("Semua"),
        method="having",
    )

    class Meta:
        model = ImportRow
        fields = ["q", "result"]

    def having(self, queryset, name, value):
        """Rows of one result; or all that somebody may put right."""
        results = ImportRow.MENDED if value == MEND else [value]
        return queryset.filter(result__in=results)

    def search(self, queryset, name, value):
        """In the words of any cell, and in what is said of the row."""
        return queryset.filter(Q(cells__icontains=value) | Q(reason__icontains=value))
