import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.groups.compliance import chairless, counted, of_units, short_of
from partners.groups.models import CommunityGroup
from partners.registry.filters import ArchiveFilter, StatusFilter
from pokmas.offices.filters import OfficeFilter
from pokmas.offices.models import Office
from pokmas.rules.models import Rule
from pokmas.server.outside import whole_number

STATES = [("lacking", _("Belum terpenuhi")), ("met", _("Terpenuhi"))]


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

    # Asked by the totals of the compliance page, whose units these are.
    bapas = django_filters.ChoiceFilter(
        label=_("Bapas"),
        method="of_bapas",
        choices=[("all", _("Semua")), *STATES],
        empty_label=None,
    )
    bapas_named = django_filters.CharFilter(
        label=_("Nama Bapas"), method="of_bapas_named", max_length=100
    )

    class Meta:
        model = CommunityGroup
        fields = ["q", "status", "field", "office", "mine"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        for name in ("bapas", "bapas_named"):
            if user.acting.is_community or not data.get(name):
                del self.filters[name]

    def of_bapas(self, queryset, name, value):
        units = Office.objects.visible_to(self.user).active()
        units = of_units(units, timezone.localdate())
        if value != "all":
            units = units.filter(compliance=value)
        return counted(queryset, units)

    def of_bapas_named(self, queryset, name, value):
        units = Office.objects.visible_to(self.user).active()
        return counted(queryset, units.search(value))

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
        choices=STATES,
        empty_label=_("Semua"),
    )

    class Meta(OfficeFilter.Meta):
        fields = ["q", "region", "state"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        # One came from the table of units.
        if asked := data.get("office"):
            units = Office.objects.visible_to(user)
            one = django_filters.ModelChoiceFilter(
                label=_("Unit"),
                queryset=units.filter(pk=whole_number(asked) or 0),
                method="of_unit",
                empty_label=_("Semua"),
            )
            one.field_name, one.parent, one.model = "office", self, Office
            self.filters["office"] = one

    def of_unit(self, queryset, name, value):
        return queryset.filter(pk=value.pk)
