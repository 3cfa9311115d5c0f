"""Units are invited to an activity of an office above, and answer."""

from datetime import timedelta

from django.db.models import DateField, ExpressionWrapper, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.desks import WIDE
from outreach.activities.models import Activity
from outreach.attended import services
from outreach.attended.forms import (
    ConfirmForm,
    InviteForm,
    MaterialForm,
    SpeakerForm,
    StateForm,
)
from outreach.attended.models import OPEN, Attendance
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Call, Reckoned, Step, Turn, Watch, When

Status = Attendance.Status
INVITE = "outreach.invite_unit"
# So long after it was held a unit says who took part.
DAYS = 7

IS_HELD_HERE = When(
    rows=lambda user: WIDE if user is None else WIDE & Q(office=user.acting.office_id),
    holds=lambda activity, user: (
        activity.office.is_wide
        and (user is None or activity.office_id == user.acting.office_id)
    ),
    refusal=_("Unit diundang oleh Kanwil atau Pusat ke kegiatannya sendiri."),
)
IS_AHEAD = When(
    rows=lambda user: Q(
        activity__status=Activity.Status.PLANNED,
        activity__starts_at__gt=timezone.now(),
    ),
    holds=lambda attendance, user: (
        attendance.activity.status == Activity.Status.PLANNED
        and not attendance.activity.has_begun
    ),
    refusal=_("Kegiatan ini sudah mulai atau dibatalkan."),
)
IS_OPEN = When(
    rows=lambda user: Q(activity__status__in=OPEN),
    holds=lambda attendance, user: attendance.activity.status in OPEN,
    refusal=_("Kegiatan ini sudah diverifikasi atau dibatalkan."),
)
WAS_HELD = When(
    rows=lambda user: Q(
        activity__status__in=OPEN, activity__starts_at__lte=timezone.now()
    ),
    holds=lambda attendance, user: (
        attendance.activity.status in OPEN and attendance.activity.has_begun
    ),
    refusal=_("Kegiatan ini belum mulai, sudah diverifikasi, atau dibatalkan."),
)
IS_DUE = When(
    rows=lambda user: WAS_HELD.rows(user) & Q(status__in=[*AWAITED]),
    holds=lambda attendance, user: (
        attendance.status in AWAITED and WAS_HELD.holds(attendance, user)
    ),
    refusal="",
)
AWAITED = (Status.INVITED, Status.CONFIRMED)
IS_ORGANISER = When(
    rows=lambda user: (
        Q() if user is None else Q(activity__office=user.acting.office_id)
    ),
    holds=lambda attendance, user: (
        user is None or attendance.activity.office_id == user.acting.office_id
    ),
    refusal=_("Undangan ini milik kantor lain."),
)
LAST_DAY = Reckoned(
    lambda: ExpressionWrapper(
        F("activity__held_on") + timedelta(days=DAYS), output_field=DateField()
    ),
    lambda attendance: attendance.activity.held_on + timedelta(days=DAYS),
)


def _at(tab):
    return lambda activity, user: f"{activity.get_absolute_url()}?tab={tab}#tabs"


Activity.STEPS.add(
    Step(
        "invite",
        at=set(OPEN),
        permission=INVITE,
        service=services.invite,
        form=InviteForm,
        label=_("Undang unit"),
        button=_("Undang"),
        onward=_at("invited"),
        when=(IS_HELD_HERE,),
    ),
    Step(
        "remind",
        at=set(OPEN),
        permission=INVITE,
        service=services.remind,
        label=_("Ingatkan yang belum menjawab"),
        question=_("Ingatkan unit yang belum menjawab?"),
        onward=_at("invited"),
        when=(IS_HELD_HERE,),
        is_inside=True,
    ),
    Step(
        "add_speaker",
        at={*OPEN, Activity.Status.VERIFIED},
        permission=INVITE,
        service=services.add_speaker,
        form=SpeakerForm,
        label=_("Catat narasumber"),
        done=_("Narasumber tercatat."),
        onward=_at("speakers"),
        when=(IS_HELD_HERE,),
    ),
    Step(
        "add_material",
        at={*OPEN, Activity.Status.VERIFIED},
        permission=INVITE,
        service=services.add_material,
        form=MaterialForm,
        label=_("Tambah materi"),
        done=_("Materi tersimpan; unit yang diundang dapat membukanya."),
        onward=_at("speakers"),
        when=(IS_HELD_HERE,),
    ),
)

Attendance.STEPS.add(
    Step(
        "state",
        to=Status.STATED,
        permission=services.ANSWER,
        service=services.state,
        form=StateForm,
        label=_("Catat keikutsertaan"),
        labels={Status.STATED: _("Betulkan keikutsertaan")},
        title=_("Catat keikutsertaan unit"),
        button=_("Simpan"),
        done=_("Keikutsertaan unit tercatat."),
        when=(WAS_HELD,),
        call=Call(
            _("Catat berapa orang dari unit Anda yang ikut serta"),
            IS_DUE,
            until=LAST_DAY,
            days=DAYS,
            watch=Watch.UNIT,
        ),
    ),
    Step(
        "confirm",
        to=Status.CONFIRMED,
        permission=services.ANSWER,
        service=services.confirm,
        form=ConfirmForm,
        label=_("Akan hadir"),
        labels={Status.CONFIRMED: _("Ubah jawaban")},
        title=_("Jawab undangan"),
        button=_("Simpan jawaban"),
        done=_("Jawaban Anda tersimpan."),
        when=(IS_AHEAD,),
        turns={
            Status.INVITED: Turn(
                _("Jawab undangan: siapa yang hadir, atau berhalangan"),
                3,
                watch=Watch.UNIT,
            )
        },
    ),
    Step(
        "decline",
        to=Status.DECLINED,
        permission=services.ANSWER,
        service=services.decline,
        form=ReasonForm,
        label=_("Berhalangan"),
        title=_("Unit berhalangan"),
        button=_("Simpan jawaban"),
        done=_("Jawaban Anda tersimpan."),
        needs_reason=True,
        is_beside=True,
        when=(IS_OPEN,),
    ),
    Step(
        "withdraw",
        to=Status.WITHDRAWN,
        permission=INVITE,
        service=services.withdraw,
        label=_("Tarik undangan"),
        question=_("Tarik undangan unit ini?"),
        warning=_("Unitnya diberi tahu; unit ini dapat diundang lagi."),
        done=_("Undangan ditarik; unitnya diberi tahu."),
        is_danger=True,
        when=(IS_ORGANISER, IS_OPEN),
    ),
)
