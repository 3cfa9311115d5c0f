"""What the list of background work shows."""

from django.utils.translation import gettext_lazy as _

from pokmas.jobs.models import Job
from pokmas.jobs.services import kinds
from pokmas.lists.columns import Badge, Choice, Column, Moment, Number, Table

JOBS = Table(
    model=Job,
    title=_("Pekerjaan latar"),
    list_page="jobs:index",
    page="jobs:detail",
    order="-asked",
    kept=("-asked", "asked"),
    columns=[
        Choice(name="kind", label=_("Pekerjaan"), value="kind", words=kinds),
        Column(
            name="by",
            label=_("Diminta oleh"),
            value="requested_by__full_name",
            may_be_empty=True,
            empty=_("Portal"),
        ),
        Moment(name="asked", label=_("Diminta"), value="created_at"),
        Number(name="attempt", label=_("Percobaan"), value="attempt"),
        Badge(
            name="state",
            label=_("Keadaan"),
            value="state",
            words=dict(Job.State.choices),
            tones=Job.TONES,
        ),
        Number(name="percent", label=_("Kemajuan (%)"), value="percent"),
    ],
)
