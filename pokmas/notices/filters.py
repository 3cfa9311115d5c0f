import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from pokmas.notices.models import Notice


class NoticeFilter(django_filters.FilterSet):
    unread = django_filters.BooleanFilter(
        label=_("Hanya yang belum dibaca"),
        method="only_unread",
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = Notice
        fields = ["unread"]

    def only_unread(self, queryset, name, value):
        return queryset.unread() if value else queryset
