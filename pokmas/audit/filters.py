import django_filters
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.lists.filters import PeriodFilter


def kinds():
    """The kinds of records that tell their history."""
    named = [
        (model._meta.label_lower, capfirst(model._meta.verbose_name))
        for model in apps.get_models()
        if getattr(model, "pgh_event_models", None)
    ]
    return sorted(named, key=lambda kind: kind[1])


class EntryFilter(PeriodFilter):
    person = django_filters.CharFilter(
        label=_("Orang"), method="by_person", max_length=100
    )
    words = django_filters.CharFilter(
        label=_("Nama data"), field_name="label", lookup_expr="icontains"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Jenis data"), method="of_kind", empty_label=_("Semua")
    )
    deed = django_filters.ChoiceFilter(
        label=_("Tindakan"),
        choices=[
            ("deeds", _("Mengubah sesuatu")),
            ("readings", _("Melihat atau mengunduh")),
            ("denied", _("Ditolak")),
        ],
        method="of_deed",
        empty_label=_("Semua"),
    )

    class Meta(PeriodFilter.Meta):
        model = Entry
        fields = ["person", "words", "kind", "deed", "since", "until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = kinds()

    def by_person(self, queryset, name, value):
        people = User.objects.filter(
            Q(full_name__icontains=value) | Q(email__iexact=value)
        )
        return queryset.filter(actor__in=people.order_by())

    def of_kind(self, queryset, name, value):
        kind = ContentType.objects.get_for_model(apps.get_model(value))
        return queryset.filter(about_type=kind)

    def of_deed(self, queryset, name, value):
        if value == "denied":
            return queryset.filter(action="access.denied")
        return getattr(queryset, value)()
