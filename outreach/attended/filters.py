import django_filters
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.attended.models import Attendance
from pokmas.lists.filters import RecordFilter


class AttendanceFilter(RecordFilter):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Attendance.Status, empty_label=_("Semua")
    )
    activity = django_filters.ModelChoiceFilter(
        label=_("Kegiatan"),
        queryset=Activity.objects.none(),
        empty_label=_("Semua"),
    )

    class Meta:
        model = Attendance
        fields = ["q", "status", "office", "activity", "mine"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        if not data.get("activity"):
            del self.filters["activity"]  # asked by links alone
            return
        seen = Attendance.objects.visible_to(user).values("activity")
        self.filters["activity"].queryset = Activity.objects.filter(pk__in=seen)
