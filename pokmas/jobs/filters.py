import django_filters
from django.utils.translation import gettext_lazy as _

from pokmas.jobs.models import Job
from pokmas.jobs.services import kinds
from pokmas.lists.filters import PeriodFilter


class JobFilter(PeriodFilter):
    MOMENT = "created_at"
    FOLDED = ()

    state = django_filters.ChoiceFilter(
        label=_("Keadaan"), choices=Job.State, empty_label=_("Semua")
    )
    kind = django_filters.ChoiceFilter(label=_("Jenis"), empty_label=_("Semua"))

    class Meta(PeriodFilter.Meta):
        model = Job
        fields = ["state", "kind", "since", "until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["kind"].extra["choices"] = list(kinds().items())
