"""What a closed month still holds is opened as a correction."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.corrections import services
from outreach.corrections.conditions import CLOSED_TO_CHANGES, NOT_CORRECTED
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step

Status = Activity.Status
WHAT_FOLLOWS = _(
    "Laporan bulannya sudah diterima dan tidak berubah. Koreksi tampak pada halaman "
    "laporan itu dan dicantumkan dalam laporan bulan berjalan."
)


def _form_of_it(activity: Activity, user):
    """The report of the correction, for who may report; else its page."""
    made = activity.replacement
    if not made.may(user, Activity.STEPS["report"]):
        return made
    return reverse("outreach:report", args=[made.pk])


Activity.STEPS.add(
    Step(
        "correct",
        at={Status.PLANNED, Status.REPORTED, Status.RETURNED},
        permission=services.RIGHT,
        service=services.correct,
        form=ReasonForm,
        label=_("Buka sebagai koreksi"),
        title=_("Buka sebagai koreksi"),
        done=_("Kegiatan dibuka sebagai koreksi bulan yang sudah ditutup."),
        cautions=lambda activity: [WHAT_FOLLOWS],
        when=(CLOSED_TO_CHANGES,),
        is_main=True,
        needs_reason=True,
    ),
    Step(
        "replace",
        at={Status.LOCKED},
        permission=services.RIGHT,
        service=services.replace,
        form=ReasonForm,
        label=_("Koreksi angka"),
        title=_("Koreksi angka"),
        done=_("Koreksi dibuat. Laporkan angka yang benar."),
        onward=_form_of_it,
        cautions=lambda activity: [WHAT_FOLLOWS],
        when=(NOT_CORRECTED,),
        needs_reason=True,
    ),
)
