import django_filters
from django.utils.translation import gettext_lazy as _

from outreach.restorative.models import RestorativeMeeting, RestorativeOutcome
from pokmas.lists.filters import DayFilter, PeriodForm, RecordFilter


class MeetingFilter(RecordFilter):
    outcome = django_filters.ModelChoiceFilter(
        label=_("Hasil"),
        queryset=RestorativeOutcome.objects.all(),
        empty_label=_("Semua"),
    )
    since = DayFilter(
        label=_("Sejak"), field_name="activity__held_on", lookup_expr="gte"
    )
    until = DayFilter(
        label=_("Sampai"), field_name="activity__held_on", lookup_expr="lte"
    )

    class Meta:
        model = RestorativeMeeting
        form = PeriodForm
        fields = ["q", "outcome", "since", "until", "office"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        del self.filters["mine"]
