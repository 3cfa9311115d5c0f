"""A programme begins, is written and judged phase by phase, and is completed or
stopped."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.programmes.models import (
    PhaseReport,
    Programme,
    ProgrammeActivity,
)
from partners.models import Partner, Partnership
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import next_in_turn, officers, own_people, tell

Status = Programme.Status
JUDGE = "outreach.judge_programme"


@transaction.atomic
def begin(
    programme: Programme, *, supporters: Iterable[Partner], by: User
) -> Programme:
    """Put it on record in its first phase; a form sent twice makes one."""
    _check_lead(programme)
    programme.full_clean(exclude=["region", "created_by", "submission_key"])
    if (made := programme.save_new(by)) is not programme:
        return made
    programme.supporters.set(supporters)
    Entry.record(by, "programme.begun", programme)
    tell(
        programme,
        "begun",
        {*officers(programme, JUDGE), *own_people(programme)},
        _("Program mandiri dimulai: %(name)s"),
        _("Dipimpin %(lead)s di %(office)s."),
        by=by,
        lead=lambda: str(programme.lead),
    )
    return programme


def _check_lead(programme):
    """A volunteer of the last stage who serves here, or a partner that works here."""
    office = programme.office
    if programme.volunteer_id:
        volunteer = programme.volunteer
        is_ready = (
            volunteer.office_id == office.pk
            and volunteer.is_serving
            and volunteer.stage == volunteer.Stage.INDEPENDENT_PROGRAMME
        )
        if not is_ready:
            words = _("Program mandiri dipimpin Sahabat tahap pembinaan mandiri.")
            raise ValidationError({"volunteer": words})
    elif programme.partner_id:
        here = Partnership.objects.filter(office=office, partner=programme.partner_id)
        if not here.working().exists():
            words = _("Mitra ini belum disetujui di unit ini.")
            raise ValidationError({"partner": words})


@transaction.atomic
def write(
    programme: Programme, *, by: User, papers: Iterable[Document] = (), **answers
) -> None:
    """What is said of the phase that is open; handed in for approval."""
    programme.begin("write", by=by)
    report = programme.reports.filter(phase=programme.phase).first() or PhaseReport(
        programme=programme, phase=programme.phase
    )
    for name, value in answers.items():
        setattr(report, name, value)
    report.written_by, report.written_at = by, timezone.now()
    report.note, report.decided_by = "", None
    report.full_clean(exclude=["programme", "written_by"])
    report.save()
    documents.attach_all([(paper, report) for paper in papers], by=by)
    programme.move_to(Status.SUBMITTED, by=by, verb="phase_submitted", submitted_by=by)
    tell(
        programme,
        "submitted",
        next_in_turn(programme),
        _("Menunggu persetujuan Anda: %(phase)s, %(name)s"),
        by=by,
        phase=programme.get_phase_display,
    )


@transaction.atomic
def judge(programme: Programme, *, verdict: str, by: User, reason: str = "") -> None:
    """Approve the phase, and open the next one, or send it back."""
    programme.begin("judge", by=by)
    report = programme.reports.get(phase=programme.phase)
    name = report.get_phase_display
    if verdict == Status.RETURNED:
        if not reason.strip():
            raise ValidationError({"reason": _("Tulis alasannya.")})
        programme.move_to(Status.RETURNED, by=by, reason=reason, verb="phase_returned")
        tell(
            programme,
            "returned",
            own_people(programme),
            _("Perlu perbaikan: %(phase)s, %(named)s"),
            "%(reason)s",
            by=by,
            phase=name,
            named=programme.title,
        )
        return
    report.note, report.decided_by = reason.strip(), by
    report.approved_at = timezone.now()
    report.validate_constraints()
    report.save()
    if following := programme.following_phase:
        programme.move_to(Status.WRITING, by=by, verb="phase_approved", phase=following)
        said = _("%(phase)s disetujui; fase berikutnya terbuka: %(named)s")
    else:
        programme.move_to(Status.COMPLETED, by=by)
        said = _("Program mandiri selesai: %(named)s")
    tell(
        programme,
        "approved",
        own_people(programme),
        said,
        by=by,
        phase=name,
        named=programme.title,
    )


@transaction.atomic
def stop(programme: Programme, *, reason: str, by: User) -> None:
    programme.begin("stop", by=by, reason=reason)
    programme.move_to(Status.STOPPED, by=by, reason=reason)
    tell(
        programme,
        "stopped",
        own_people(programme),
        _("Program mandiri dihentikan: %(name)s"),
        "%(reason)s",
        by=by,
    )


@transaction.atomic
def resume(programme: Programme, *, by: User) -> None:
    """It goes on in the phase in which it was stopped."""
    programme.begin("resume", by=by)
    _check_lead(programme)
    programme.move_to(Status.WRITING, by=by, verb="resumed")
    tell(
        programme,
        "resumed",
        own_people(programme),
        _("Program mandiri dilanjutkan: %(name)s"),
        by=by,
    )


@transaction.atomic
def hand_over(programme: Programme, *, by: User, volunteer=None, partner=None) -> None:
    """Somebody else leads it from now on."""
    programme.begin("hand_over", by=by)
    before = own_people(programme)
    programme.volunteer, programme.partner = volunteer, partner
    _check_lead(programme)
    programme.validate_constraints()
    programme.revision += 1
    programme.save(update_fields=["volunteer", "partner", "revision"])
    Entry.record(by, "programme.handed_over", programme, to=str(programme.lead))
    tell(
        programme,
        "handed_over",
        {*before, *own_people(programme)},
        _("Program mandiri kini dipimpin %(lead)s: %(name)s"),
        by=by,
        lead=lambda: str(programme.lead),
    )


def link(activity: Activity, programme: Programme | None) -> None:
    """The activity is held for this programme, or for none."""
    if programme is None:
        ProgrammeActivity.objects.filter(activity=activity).delete()
        return
    if programme.office_id != activity.office_id:
        raise ValidationError({"programme": _("Program ini milik unit lain.")})
    ProgrammeActivity.objects.update_or_create(
        activity=activity, defaults={"programme": programme}
    )
