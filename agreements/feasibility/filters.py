import django_filters
from django.utils.translation import gettext_lazy as _

from agreements.feasibility.models import Feasibility
from pokmas.lists.filters import RecordFilter


class FeasibilityFilter(RecordFilter):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Feasibility.Status, empty_label=_("Semua")
    )

    class Meta:
        model = Feasibility
        fields = ["q", "status", "office", "mine"]
