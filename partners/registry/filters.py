import django_filters
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.kinds.models import PartnerKind
from partners.registry.models import Partnership
from pokmas.lists.filters import BoxFilter, DayFilter, RecordFilter

EVERYTHING = "all"


class StatusFilter(django_filters.ChoiceFilter):
    """By status; as long as none is chosen, what has come to an end stays away."""

    def __init__(self, model, ended, **kwargs):
        self.ended = ended
        super().__init__(
            label=_("Status"),
            choices=[*model.Status.choices, (EVERYTHING, _("Semua, juga arsip"))],
            empty_label=_("Tanpa arsip"),
            **kwargs,
        )

    def filter(self, queryset, value):
        if value == EVERYTHING:
            return queryset
        if not value and self.parent.hides_archive:
            return queryset.exclude(status__in=self.ended)
        return super().filter(queryset, value)


class ArchiveFilter(RecordFilter):
    """Officers look into the archive when they ask for it; a partner sees its own.

    What was active on a day of the past may have ended since.
    """

    active_on = DayFilter(label=_("Aktif pada"), method="active")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        if not data.get("active_on"):
            del self.filters["active_on"]  # asked by figures only

    @property
    def hides_archive(self):
        return not self.user.acting.is_community and "active_on" not in self.filters

    def active(self, queryset, name, value):
        return queryset.active_on(value)


class PartnerFilter(ArchiveFilter):
    status = StatusFilter(Partnership, Partnership.CLOSED)
    kind = django_filters.ModelChoiceFilter(
        field_name="partner__kind",
        label=_("Jenis mitra"),
        queryset=PartnerKind.objects.all(),
        to_field_name="code",
        empty_label=_("Semua"),
    )
    field = django_filters.ModelChoiceFilter(
        field_name="fields",
        label=_("Bidang"),
        queryset=Field.objects.all(),
        empty_label=_("Semua"),
    )

    ending = BoxFilter(label=_("Perlu pemeriksaan ulang"), method="to_be_reexamined")

    class Meta:
        model = Partnership
        fields = ["q", "status", "kind", "field", "office", "ending", "mine"]

    def to_be_reexamined(self, queryset, name, value):
        return queryset.to_be_reexamined() if value else queryset
