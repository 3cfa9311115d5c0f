import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pokmas.lists.filters import BoxFilter, PeriodFilter
from pokmas.notices.models import Notice


class NoticeFilter(PeriodFilter):
    MOMENT = "due_at"

    q = django_filters.CharFilter(label=_("Cari"), method="search", max_length=100)
    unread = BoxFilter(label=_("Hanya yang belum dibaca"), method="only_unread")

    class Meta(PeriodFilter.Meta):
        model = Notice
        fields = ["q", "since", "until", "unread"]

    def search(self, queryset, name, value):
        return queryset.filter(Q(title__icontains=value) | Q(body__icontains=value))

    def only_unread(self, queryset, name, value):
        return queryset.unread() if value else queryset
