"""From what was held to figures that count."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.corrections.conditions import OPEN_OR_CORRECTION
from outreach.results import services
from outreach.results.forms import VerifyForm
from outreach.results.hints import hints
from pokmas.records.steps import Step, Turn, Watch, When
from pokmas.words import dates

Status = Activity.Status
NOT_COUNTED = _("Kegiatan tidak dihitung dalam laporan bulanan.")

HAS_BEGUN = When(
    rows=lambda user: Q(starts_at__lte=timezone.now()),
    holds=lambda activity, user: activity.has_begun,
    refusal=_("Kegiatan ini belum berlangsung; laporkan sesudahnya."),
    begins=lambda activity: (
        "" if activity.has_begun else dates.date_time(activity.starts_at, activity.zone)
    ),
)

Activity.STEPS.add(
    Step(
        "report",
        to=Status.REPORTED,
        permission="outreach.report_activity",
        label=_("Laporkan hasil"),
        labels={Status.RETURNED: _("Perbaiki laporan")},
        for_partner=True,
        when=(HAS_BEGUN, OPEN_OR_CORRECTION),
        turns={
            Status.PLANNED: Turn(
                _("Laksanakan, lalu laporkan hasilnya"), 7, NOT_COUNTED, Watch.UNIT
            ),
            Status.RETURNED: Turn(
                _("Perbaiki laporan sesuai catatan, lalu laporkan lagi"),
                5,
                NOT_COUNTED,
                Watch.UNIT,
            ),
        },
    ),
    Step(
        "verify",
        to={Status.VERIFIED, Status.RETURNED},
        permission="outreach.verify_activity",
        service=services.judge,
        form=VerifyForm,
        label=_("Verifikasi"),
        title=_("Verifikasi kegiatan"),
        warning=_(
            "Setelah diverifikasi, angkanya dihitung dalam laporan bulanan dan tidak "
            "dapat diubah lagi."
        ),
        done=_("Kegiatan diverifikasi; angkanya kini dihitung."),
        not_by=("reported_by",),
        when=(OPEN_OR_CORRECTION,),
        turns={
            Status.REPORTED: Turn(
                _("Periksa angka dan bukti, lalu verifikasi"),
                5,
                NOT_COUNTED,
                Watch.REGION,
            )
        },
        cautions=hints,
    ),
)
