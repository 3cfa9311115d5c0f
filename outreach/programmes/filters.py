import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.programmes.models import Phase, Programme
from pokmas.lists.filters import RecordFilter

STANDS = {
    "open": _("Sedang berjalan"),
    "overdue": _("Fase lewat batas"),
    "silent": _("Tanpa kegiatan 30 hari"),
}


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

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        # The overview leads here.
        for name, label in STANDS.items():
            if name in data:
                added = django_filters.BooleanFilter(
                    label=label,
                    method=name,
                    widget=forms.CheckboxInput,
                    initial=False,
                )
                added.field_name, added.parent, added.model = name, self, Programme
                self.filters[name] = added

    def open(self, queryset, name, value):
        return queryset.filter(status__in=Programme.OPEN) if value else queryset

    def overdue(self, queryset, name, value):
        return queryset.standing().filter(is_overdue=True) if value else queryset

    def silent(self, queryset, name, value):
        return queryset.standing().filter(is_silent=True) if value else queryset

    def seeking(self, queryset, name, value):
        return queryset.filter(changes_sought__contains=[value])
