import django_filters
from django.utils.translation import gettext_lazy as _

from pokmas.coordination import about
from pokmas.coordination.models import Task
from pokmas.lists.filters import BoxFilter, DayFilter, RecordFilter
from pokmas.offices.models import office_today

OPEN = "open"


class TaskFilter(RecordFilter):
    FOLDED = ("until",)

    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[(OPEN, _("Belum selesai")), *Task.Status.choices],
        empty_label=_("Semua"),
        method="at_status",
    )
    whose = django_filters.ChoiceFilter(
        label=_("Tugas"),
        choices=[("owned", _("Yang saya kerjakan")), ("given", _("Yang saya berikan"))],
        empty_label=_("Semua"),
        method="of_person",
    )
    late = BoxFilter(label=_("Lewat batas"), method="that_are_late")
    until = DayFilter(label=_("Batas sampai"), field_name="until", lookup_expr="lte")
    batch = django_filters.UUIDFilter(label=_("Diberikan bersama"))
    about = django_filters.CharFilter(label=_("Tentang"), method="about_record")

    class Meta:
        model = Task
        fields = ["q", "status", "whose", "office", "late", "until", "mine", "then"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        for name in ("batch", "about"):
            if not data.get(name):
                del self.filters[name]  # asked by links alone

    def at_status(self, queryset, name, value):
        return queryset.running() if value == OPEN else queryset.filter(status=value)

    def of_person(self, queryset, name, value):
        column = "owner" if value == "owned" else "created_by"
        return queryset.filter(**{column: self.user})

    def that_are_late(self, queryset, name, value):
        if not value:
            return queryset
        return queryset.running().filter(until__lt=office_today())

    def about_record(self, queryset, name, value):
        record = about.record_of(value, self.user)
        return queryset.about(record) if record else queryset.none()
