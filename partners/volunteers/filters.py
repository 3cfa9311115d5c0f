import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from partners.registry.filters import StatusFilter
from partners.volunteers.days import Weekday
from partners.volunteers.models import Skill, Volunteer
from pokmas.lists.filters import RecordFilter
from pokmas.offices.models import Office, Regency


class VolunteerFilter(RecordFilter):
    """Whom one could ask for an activity: who can do what, where and when."""

    hides_archive = True
    FOLDED = ("stage", "regency")
    NAMED = ("day",)

    status = StatusFilter(Volunteer, Volunteer.CLOSED)
    skill = django_filters.ModelChoiceFilter(
        label=_("Keahlian"),
        queryset=Skill.objects.all(),
        empty_label=_("Semua"),
        method="who_can",
    )
    day = django_filters.ChoiceFilter(
        label=_("Ada waktu"),
        choices=Weekday.choices,
        empty_label=_("Hari apa pun"),
        method="free_on",
    )
    stage = django_filters.ChoiceFilter(
        label=_("Tahap"), choices=Volunteer.Stage, empty_label=_("Semua")
    )
    regency = django_filters.ModelChoiceFilter(
        label=_("Kabupaten/kota"),
        queryset=Regency.objects.none(),
        empty_label=_("Semua"),
    )

    class Meta:
        model = Volunteer
        fields = ["q", "status", "skill", "day", "stage", "regency", "office", "mine"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        office = user.acting.office
        if office.level == Office.Level.HEADQUARTERS:
            del self.filters["regency"]  # it chooses among the regions
        else:
            here = Regency.objects.filter(province__region=office.region_id)
            self.filters["regency"].queryset = here

    def who_can(self, queryset, name, value):
        able = Volunteer.skills.through.objects.filter(
            volunteer=OuterRef("pk"), skill=value
        )
        return queryset.filter(Exists(able))

    def free_on(self, queryset, name, value):
        return queryset.free_on(int(value))
