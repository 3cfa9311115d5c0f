import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.groups.compliance import chairless, short_of
from partners.groups.models import CommunityGroup
from partners.registry.filters import ArchiveFilter, StatusFilter
from pokmas.offices.filters import OfficeFilter
from pokmas.rules.models import Rule


class GroupFilter(ArchiveFilter):
    FOLDED = ("standing",)

    status = StatusFilter(CommunityGroup, CommunityGroup.CLOSED)
    field = django_filters.ModelChoiceFilter(
        label=_("Bidang"), queryset=Field.objects.all(), empty_label=_("Semua")
    )

    standing = django_filters.ChoiceFilter(
        label=_("Menurut pedoman"),
        method="stands",
        choices=[
            ("formed", _("Ditetapkan atau aktif")),
            ("short", _("Di antaranya yang mitranya kurang")),
            ("chairless", _("Di antaranya yang tanpa ketua")),
        ],
        empty_label=_("Semua"),
    )

    class Meta:
        model = CommunityGroup
        fields = ["q", "status", "field", "office", "mine"]

    def stands(self, queryset, name, value):
        formed = queryset.formed()
        if value == "formed":
            return formed
        if value == "chairless":
            return chairless(formed)
        rules = Rule.objects.holding(timezone.localdate())
        return short_of(formed, rules.get(Rule.Code.MIN_PARTNERS, 0))


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
