"""How the queue of verification is narrowed."""

from datetime import timedelta

import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.evidence.models import Evidence
from outreach.types.models import ActivityType
from pokmas.lists.filters import RecordFilter

AGES = [
    (3, _("Lebih dari 3 hari")),
    (5, _("Lebih dari 5 hari")),
    (14, _("Lebih dari 14 hari")),
    (30, _("Lebih dari 30 hari")),
]
WITH, WITHOUT = "with", "without"


class QueueFilter(RecordFilter):
    type = django_filters.ModelChoiceFilter(
        label=_("Jenis"), queryset=ActivityType.objects.all(), empty_label=_("Semua")
    )
    age = django_filters.ChoiceFilter(
        label=_("Menunggu"), choices=AGES, method="older", empty_label=_("Semua")
    )
    photos = django_filters.ChoiceFilter(
        label=_("Foto"),
        choices=[(WITH, _("Ada foto")), (WITHOUT, _("Tanpa foto"))],
        method="with_photos",
        empty_label=_("Semua"),
    )

    class Meta:
        model = Activity
        fields = ["q", "type", "age", "photos", "office", "mine"]

    def older(self, queryset, name, value):
        since = timezone.now() - timedelta(days=int(value))
        return queryset.filter(status_since__lt=since)

    def with_photos(self, queryset, name, value):
        photos = Evidence.objects.present().filter(
            activity=OuterRef("pk"), kind=Evidence.Kind.PHOTO
        )
        found = Exists(photos)
        return queryset.filter(found if value == WITH else ~found)
