"""What the list of background work shows."""

from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import display_name_of
from pokmas.jobs.models import Job
from pokmas.jobs.services import kinds
from pokmas.lists.columns import Badge, Choice, Column, Moment, Nothing, Number, Table

JOBS = Table(
    model=Job,
    title=_("Pekerjaan latar"),
    list_page="jobs:index",
    page="jobs:detail",
    order="-asked",
    kept=("-asked", "asked"),
    nothing=Nothing(
        _("Tidak ada pekerjaan"),
        _("Pekerjaan muncul di sini begitu seseorang meminta laporan atau dokumen."),
        "jobs",
    ),
    columns=[
        Choice(name="kind", label=_("Pekerjaan"), value="kind", words=kinds),
        Column(
            name="by",
            label=_("Diminta oleh"),
            value=display_name_of("requested_by"),
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
