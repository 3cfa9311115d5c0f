"""How the queue of examinations is narrowed."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from partners.vetting.waiting import late, turns
from pokmas.lists.filters import BoxFilter, RecordFilter

MINE, NOBODYS = "me", "nobody"


def _stages():
    return [(each, Partnership.Status(each).label) for each in turns()]


class QueueFilter(RecordFilter):
    handler = django_filters.ChoiceFilter(
        label=_("Pemeriksa"),
        choices=[(MINE, _("Milik saya")), (NOBODYS, _("Belum ada pemilik"))],
        empty_label=_("Semua"),
        method="in_hand",
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=_stages, empty_label=_("Semua")
    )
    is_late = BoxFilter(label=_("Terlambat"), method="late")

    class Meta:
        model = Partnership
        fields = ["q", "handler", "status", "office", "is_late", "mine"]

    def in_hand(self, queryset, name, value):
        return queryset.filter(handler=self.user if value == MINE else None)

    def late(self, queryset, name, value):
        return queryset.filter(late(timezone.now())) if value else queryset
