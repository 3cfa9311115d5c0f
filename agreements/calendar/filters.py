from agreements.calendar.models import RegionMonth
from agreements.register.models import Agreement
from pokmas.lists.filters import RecordFilter


class CalendarFilter(RecordFilter):
    class Meta:
        model = Agreement
        fields = ["office"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        del self.filters["mine"], self.filters["q"]


class RegionMonthFilter(RecordFilter):
    class Meta:
        model = RegionMonth
        fields = ["office"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        del self.filters["mine"], self.filters["q"]
