import django_filters
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.groups.models import CommunityGroup
from partners.registry.filters import ArchiveFilter, StatusFilter
from pokmas.offices.filters import OfficeFilter


class GroupFilter(ArchiveFilter):
    status = StatusFilter(CommunityGroup, CommunityGroup.CLOSED)
    field = django_filters.ModelChoiceFilter(
        label=_("Bidang"), queryset=Field.objects.all(), empty_label=_("Semua")
    )

    class Meta:
        model = CommunityGroup
        fields = ["q", "status", "field", "office", "mine"]


class ComplianceFilter(OfficeFilter):
    level = kind = active = None
    state = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        field_name="compliance",
        choices=[("lacking", _("Belum terpenuhi")), ("met", _("Terpenuhi"))],
        empty_label=_("Semua"),
    )

    class Meta(OfficeFilter.Meta):
        fields = ["q", "region", "state"]
