"""How the lists of people, of requests and of sign-ins are narrowed."""

import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import AssignmentRequest, SignIn, User
from pokmas.accounts.roles import Role
from pokmas.lists.filters import MineFilter, PeriodFilter
from pokmas.offices.models import Office


class PersonFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Cari nama atau surel"), method="search")
    role = django_filters.ChoiceFilter(
        label=_("Peran"), choices=Role, method="holding", empty_label=_("Semua peran")
    )
    region = django_filters.ModelChoiceFilter(
        label=_("Wilayah"),
        queryset=Office.objects.none(),
        method="in_region",
        empty_label=_("Semua wilayah"),
    )
    office = django_filters.ModelChoiceFilter(
        label=_("Kantor"),
        queryset=Office.objects.none(),
        method="holding",
        empty_label=_("Semua kantor"),
    )
    status = django_filters.ChoiceFilter(
        label=_("Keadaan akun"),
        choices=[
            ("active", _("Aktif")),
            ("invited", _("Diundang")),
            ("closed", _("Nonaktif")),
            ("idle", _("Tanpa penugasan")),
        ],
        method="in_state",
        empty_label=_("Semua"),
    )

    class Meta:
        model = User
        fields = []

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset)
        offices = Office.objects.visible_to(user)
        regions = offices.filter(level=Office.Level.REGIONAL)
        if user.acting.office.level == Office.Level.HEADQUARTERS:
            # One region after the other: a list of all offices is too long.
            choice = self.filters["region"].field
            choice.queryset = regions
            try:
                offices = offices.filter(region=choice.clean(data.get("region")))
            except ValidationError:
                offices = offices.none()
        else:
            del self.filters["region"]
        self.filters["office"].field.queryset = offices

    def search(self, queryset, name, value):
        return queryset.search(value.strip())

    def holding(self, queryset, name, value):
        return queryset.holding(**{name: value})

    def in_region(self, queryset, name, value):
        return queryset.holding(region=value)

    def in_state(self, queryset, name, value):
        return queryset.idle() if value == "idle" else queryset.in_state(value)


class RequestFilter(MineFilter):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=AssignmentRequest.Status, empty_label=_("Semua")
    )

    class Meta:
        model = AssignmentRequest
        fields = ["status", "mine"]


class SignInFilter(PeriodFilter):
    FOLDED = ()

    outcome = django_filters.ChoiceFilter(
        label=_("Hasil"), choices=SignIn.Outcome, empty_label=_("Semua")
    )

    class Meta(PeriodFilter.Meta):
        model = SignIn
        fields = ["outcome", "since", "until"]
