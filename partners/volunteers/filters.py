import django_filters
from django.db.models import Exists, OuterRef
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partners.registry.filters import StatusFilter
from partners.volunteers import term as terms
from partners.volunteers.days import Weekday
from partners.volunteers.models import Skill, Volunteer
from pokmas.lists.filters import RecordFilter
from pokmas.offices.models import Office, Regency

SOON = format_lazy(_("Berakhir dalam {days} hari"), days=terms.DUE_DAYS)


class VolunteerFilter(RecordFilter):
    """Whom one could ask for an activity: who can do what, where and when."""

    FOLDED = ("stage", "term", "regency")
    NAMED = ("day", "term")

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

    term = django_filters.ChoiceFilter(
        label=_("Masa tugas"),
        choices=[
            ("ending", SOON),
            ("lapsed", _("Sudah berakhir")),
        ],
        empty_label=_("Semua"),
        method="by_term",
    )

    class Meta:
        model = Volunteer
        fields = [
            *("q", "status", "skill", "day", "stage", "term", "regency", "office"),
            "mine",
        ]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        if not terms.is_known():
            del self.filters["term"]
        office = user.acting.office
        if office.level == Office.Level.HEADQUARTERS:
            del self.filters["regency"]  # it chooses among the regions
        else:
            here = Regency.objects.filter(province__region=office.region_id)
            self.filters["regency"].queryset = here

    @property
    def hides_archive(self):
        return not self.user.acting.is_community

    def who_can(self, queryset, name, value):
        able = Volunteer.skills.through.objects.filter(
            volunteer=OuterRef("pk"), skill=value
        )
        return queryset.filter(Exists(able))

    def by_term(self, queryset, name, value):
        return queryset.ending() if value == "ending" else queryset.lapsed()

    def free_on(self, queryset, name, value):
        return queryset.free_on(int(value))
