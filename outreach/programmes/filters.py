import django_filters
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.programmes.models import Phase, Programme
from pokmas.lists.filters import RecordFilter


class ProgrammeFilter(RecordFilter):
    FOLDED = ("change",)

    phase = django_filters.ChoiceFilter(
        label=_("Fase"), choices=Phase, empty_label=_("Semua")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Programme.Status, empty_label=_("Semua")
    )
    change = django_filters.ChoiceFilter(
        label=_("Perubahan yang dituju"),
        choices=Activity.Change,
        empty_label=_("Semua"),
        method="seeking",
    )

    class Meta:
        model = Programme
        fields = ["q", "phase", "status", "office", "change", "mine", "then"]

    def seeking(self, queryset, name, value):
        return queryset.filter(changes_sought__contains=[value])
