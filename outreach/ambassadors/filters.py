import django_filters
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.ambassadors.funnel import STAGES, at_stage
from outreach.ambassadors.models import Ambassador, Contact, ContactResult
from pokmas.accounts.models import User
from pokmas.lists.filters import DayFilter, PeriodForm, RecordFilter
from pokmas.offices.models import Office
from pokmas.server.outside import whole_number


class AmbassadorFilter(RecordFilter):
    validity = django_filters.ChoiceFilter(
        label=_("Masa tugas"),
        choices=list(Ambassador.VALIDITY.items()),
        empty_label=_("Semua"),
    )

    class Meta:
        model = Ambassador
        fields = ["q", "validity", "office"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        del self.filters["mine"]  # nothing of an appointment is awaited


class ContactFilter(RecordFilter):
    FOLDED = ("approach", "since", "until")

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Contact.Status, empty_label=_("Semua")
    )
    result = django_filters.ModelChoiceFilter(
        label=_("Hasil"),
        queryset=ContactResult.objects.all(),
        empty_label=_("Semua"),
    )
    approach = django_filters.ChoiceFilter(
        label=_("Pendekatan"), choices=Activity.Approach, empty_label=_("Semua")
    )
    since = DayFilter(label=_("Sejak"), field_name="met_on", lookup_expr="gte")
    until = DayFilter(label=_("Sampai"), field_name="met_on", lookup_expr="lte")

    class Meta:
        model = Contact
        form = PeriodForm
        fields = [
            *("q", "status", "result", "approach", "since", "until"),
            *("office", "mine"),
        ]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        # A number of the funnel leads here.
        if "stage" in data:
            self.add(
                "stage",
                django_filters.ChoiceFilter(
                    label=_("Kontak pertama, sekarang"),
                    choices=list(STAGES.items()),
                    method="come_to",
                    empty_label=_("Semua"),
                ),
            )
        if chosen := data.get("person"):
            people = User.objects.visible_to(user).filter(pk=whole_number(chosen) or 0)
            self.add(
                "person",
                django_filters.ChoiceFilter(
                    label=_("Petugas"),
                    choices=[(each.pk, str(each)) for each in people],
                    empty_label=_("Semua"),
                ),
            )
        if chosen := data.get("at"):
            offices = Office.objects.visible_to(user)
            self.add(
                "at",
                django_filters.ModelChoiceFilter(
                    label=_("Kantor"),
                    queryset=offices.filter(pk=whole_number(chosen) or 0),
                    field_name="office",
                    empty_label=_("Semua"),
                ),
            )

    def come_to(self, queryset, name, value):
        return at_stage(queryset.firsts(), value)
