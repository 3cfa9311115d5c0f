from datetime import date

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from outreach.activities.models import Activity
from outreach.types.models import ActivityType
from partners.models import CommunityGroup, Field, Partner
from pokmas.lists.filters import DayFilter, PeriodForm, RecordFilter
from pokmas.records.search import MOST, numbers
from pokmas.server.outside import whole_number
from pokmas.words import dates

MONTHS_OFFERED = 18


class ActivityFilter(RecordFilter):
    FOLDED = ("since", "until", "change", "partner_name")

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Activity.Status, empty_label=_("Semua")
    )
    type = django_filters.ModelChoiceFilter(
        label=_("Jenis"), queryset=ActivityType.objects.all(), empty_label=_("Semua")
    )
    month = django_filters.ChoiceFilter(
        label=_("Bulan"), method="in_month", empty_label=_("Semua")
    )
    since = DayFilter(label=_("Sejak"), field_name="held_on", lookup_expr="gte")
    until = DayFilter(label=_("Sampai"), field_name="held_on", lookup_expr="lte")
    change = django_filters.ChoiceFilter(
        label=_("Perubahan yang diupayakan"),
        choices=Activity.Change,
        method="seeking",
        empty_label=_("Semua"),
    )
    partner_name = django_filters.CharFilter(
        label=_("Nama mitra"), method="with_partner_named", max_length=100
    )

    class Meta:
        model = Activity
        form = PeriodForm
        fields = [
            "q",
            "status",
            "type",
            "month",
            "since",
            "until",
            "change",
            "partner_name",
            "office",
            "mine",
        ]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        self.filters["month"].extra["choices"] = _months(data.get("month"))
        # A figure of a report or a dashboard leads here.
        for name, label in (
            ("counted", _("Sudah diverifikasi")),
            ("unverified", _("Belum diverifikasi")),
            ("accepted", _("Dalam laporan yang diterima")),
            ("without_result", _("Lewat tanpa hasil")),
            ("beside_plan", _("Di luar butir rencana kerja")),
        ):
            if name in data:
                self.add(
                    name,
                    django_filters.BooleanFilter(
                        label=label,
                        method=name,
                        widget=forms.CheckboxInput,
                        initial=False,
                    ),
                )
        if "place" in data:
            self.add(
                "place",
                django_filters.CharFilter(
                    label=_("Tempat"), lookup_expr="exact", max_length=200
                ),
            )
        if chosen := data.get("field"):
            fields = Field.objects.filter(pk=whole_number(chosen) or 0)
            self.add(
                "field",
                django_filters.ModelChoiceFilter(
                    label=_("Bidang kelompok"),
                    field_name="group__field",
                    queryset=fields,
                    empty_label=_("Semua"),
                ),
            )
        # One came from a partner's, a group's or an agreement's page.
        for name, model, label in (
            ("partners", Partner, _("Mitra")),
            ("group", CommunityGroup, _("Kelompok")),
            ("agreement", Agreement, _("Kerja sama")),
        ):
            if chosen := data.get(name):
                rows = model.objects.visible_to(user)
                pk = whole_number(chosen) or 0
                self.add(
                    name,
                    django_filters.ModelChoiceFilter(
                        label=label,
                        queryset=rows.filter(pk=pk),
                        empty_label=_("Semua"),
                    ),
                )

    def counted(self, queryset, name, value):
        return queryset.counted() if value else queryset

    def unverified(self, queryset, name, value):
        return queryset.unverified() if value else queryset

    def accepted(self, queryset, name, value):
        return queryset.accepted() if value else queryset

    def without_result(self, queryset, name, value):
        return queryset.without_result() if value else queryset

    def beside_plan(self, queryset, name, value):
        return queryset.filter(planned_as=None) if value else queryset

    def in_month(self, queryset, name, value):
        return queryset.in_month(date.fromisoformat(f"{value}-01"))

    def seeking(self, queryset, name, value):
        return queryset.filter(changes_sought__contains=[value])

    def with_partner_named(self, queryset, name, value):
        """Of few such partners, those they took part in, by their numbers: no plan may
        depend on how often a name is thought to occur."""
        found = Partner.objects.visible_to(self.user).search(value)
        rows = _together_with(queryset, found.values("pk"))
        partners = numbers(found)
        if len(partners) > MOST:
            return rows
        few = numbers(_together_with(queryset, partners))
        if len(few) > MOST:
            rows.are_many = True
            return rows
        return queryset.filter(pk__in=few)


def _together_with(rows, partners):
    among = Activity.partners.through.objects.filter(
        activity=OuterRef("pk"), partner__in=partners
    )
    return rows.filter(Exists(among))


def _months(asked: str | None) -> list[tuple[str, str]]:
    """The latest months, and the one in the address however old it is."""
    today = timezone.localdate()
    last = today.year * 12 + today.month - 1
    months = [
        date(number // 12, number % 12 + 1, 1)
        for number in range(last + 2, last + 2 - MONTHS_OFFERED, -1)
    ]
    try:
        older = date.fromisoformat(f"{asked}-01")
    except ValueError:
        older = months[0]
    if older not in months:
        months.append(older)
    return [(f"{month:%Y-%m}", dates.month_year(month)) for month in months]
