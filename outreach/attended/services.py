"""Units are invited, answer, and say who took part; speakers and material."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from outreach.activities.models import Activity
from outreach.attended import reach
from outreach.attended.models import (
    COUNTS,
    Attendance,
    AttendanceWay,
    Material,
    Speaker,
)
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices import reminding
from pokmas.notices.services import notices_to, send
from pokmas.notices.telling import ABOVE, officers_of
from pokmas.offices.models import Office
from pokmas.words import dates

Status = Attendance.Status
ANSWER = "outreach.answer_invitation"
UNCOUNTED = dict.fromkeys(COUNTS)


@transaction.atomic
def invite(
    activity: Activity, *, offices: Iterable[Office], way: AttendanceWay, by: User
) -> str:
    """Invite those that are not invited yet, also those whose invitation was
    withdrawn."""
    activity.begin("invite", by=by)
    asked = {office.pk for office in offices}
    if not asked <= set(reach.units_of(by).values_list("pk", flat=True)):
        raise ValidationError({"offices": _("Pilih UPT di bawah kantor Anda.")})
    known = Attendance.objects.filter(activity=activity, office__in=asked)
    there = set(known.values_list("office", flat=True))
    again = known.filter(status=Status.WITHDRAWN).select_related("office")
    again = list(again.select_for_update(of=("self",)))
    for row in again:
        row.move_to(Status.INVITED, by=by, asked_way=way, way=None, coming=None)
    fresh = Attendance.objects.bulk_create(
        Attendance(
            activity=activity,
            office_id=pk,
            asked_way=way,
            created_by=by,
            submission_key=uuid.uuid4(),
        )
        for pk in sorted(asked - there)
    )
    Entry.record_all(by, "attendance.invited", [(row, {}) for row in fresh])
    invited = [row.pk for row in (*fresh, *again)]
    Entry.record(by, "activity.invited", activity, units=len(invited))
    _tell(
        Attendance.objects.filter(pk__in=invited),
        "invited",
        _("Undangan %(from)s: %(name)s"),
        _("%(when)s di %(place)s. Jawab: siapa yang hadir, dan dengan cara apa."),
        asks=True,
    )
    return ngettext(
        "%(count)s UPT diundang dan diberi tahu.",
        "%(count)s UPT diundang dan diberi tahu.",
        len(invited),
    ) % {"count": dates.number(len(invited))}


@transaction.atomic
def remind(activity: Activity, *, by: User) -> str:
    """Whoever owes an answer is reminded, once a day."""
    activity.begin("remind", by=by)
    today = activity.office.today
    silent = Attendance.objects.silent().filter(activity=activity)
    pks = list(silent.values_list("pk", flat=True))
    last = reminded_days(pks)
    chosen = [pk for pk in pks if last.get(pk) != today]
    if not chosen:
        raise ValidationError(
            _("Semua yang belum menjawab sudah diingatkan hari ini.")
            if pks
            else _("Tidak ada unit yang masih harus menjawab.")
        )
    rows = Attendance.objects.filter(pk__in=chosen)
    Entry.record(by, "activity.reminded", activity, units=len(chosen))
    has_begun = activity.has_begun
    _tell(
        rows,
        "reminded",
        _("Mengingatkan: %(name)s"),
        _("Catat berapa orang dari unit Anda yang ikut serta.")
        if has_begun
        else _("%(when)s di %(place)s. Jawab: siapa yang hadir, dan dengan cara apa."),
        asks=True,
        today=today,
    )
    return ngettext(
        "%(count)s unit diingatkan.", "%(count)s unit diingatkan.", len(chosen)
    ) % {"count": dates.number(len(chosen))}


def reminded_days(pks: Iterable[int]) -> dict[int, date]:
    """When each of these invitations was last reminded of."""
    last = reminding.last_days("attendance.reminded", Attendance, pks)
    return {int(what): day for what, day in last.items()}


@transaction.atomic
def confirm(
    attendance: Attendance,
    *,
    coming: int,
    way: AttendanceWay,
    attendees: str = "",
    by: User,
) -> None:
    _begin(attendance, "confirm", by)
    attendance.move_to(
        Status.CONFIRMED, by=by, coming=coming, way=way, attendees=attendees
    )


@transaction.atomic
def decline(attendance: Attendance, *, reason: str, by: User) -> None:
    _begin(attendance, "decline", by, reason)
    attendance.move_to(
        Status.DECLINED, by=by, reason=reason, coming=None, attendees="", **UNCOUNTED
    )


@transaction.atomic
def state(
    attendance: Attendance,
    *,
    way: AttendanceWay,
    attendees: str = "",
    by: User,
    **counts: int,
) -> None:
    """How many took part; said again it replaces what was said before."""
    _begin(attendance, "state", by)
    if not any(counts.values()):
        raise ValidationError({"officers": _("Belum ada yang dihitung.")})
    attendance.move_to(Status.STATED, by=by, way=way, attendees=attendees, **counts)


@transaction.atomic
def withdraw(attendance: Attendance, *, by: User) -> None:
    _begin(attendance, "withdraw", by)
    attendance.move_to(Status.WITHDRAWN, by=by)
    _tell(
        Attendance.objects.filter(pk=attendance.pk),
        "withdrawn",
        _("Undangan ditarik: %(name)s"),
        _("Unit Anda tidak lagi diundang oleh %(from)s."),
    )


def _begin(attendance, step, by, reason=None):
    """Nobody verifies or calls off the activity meanwhile."""
    Activity.objects.select_for_update().get(pk=attendance.activity_id)
    attendance.begin(step, by=by, reason=reason)


def _tell(
    rows,
    what: str,
    title: str | Promise,
    body: str | Promise,
    *,
    asks: bool = False,
    today: date | None = None,
) -> None:
    """Whoever answers for each of these units; of a reminder once `today`."""
    kind = f"attendance.{what}"
    rows = list(rows.select_related("activity__office", ABOVE))
    people = officers_of(rows, ANSWER)
    told = []
    for row in rows:
        activity = row.activity
        told += notices_to(
            people[row.office_id],
            kind=kind,
            title=title,
            body=body,
            words={
                "name": activity.title,
                "from": activity.office,
                "when": lambda activity=activity: activity.when,
                "place": activity.place,
            },
            about=row,
            asks=asks,
            key=reminding.key(kind, row.pk, today)
            if today
            else f"{kind}:{row.pk}:{row.revision}",
        )
    send(told)


# Speakers and material


@transaction.atomic
def add_speaker(
    activity: Activity, *, name: str, capacity: str, theme: str, by: User
) -> None:
    activity.begin("add_speaker", by=by)
    row = Speaker(
        activity=activity, name=name, capacity=capacity, theme=theme, created_by=by
    )
    row.full_clean(exclude=["activity", "created_by"])
    row.save()
    activity.touch()
    Entry.record(by, "activity.speaker_added", activity, name=name)


@transaction.atomic
def remove_speaker(speaker: Speaker, *, by: User) -> None:
    _remove(speaker, "add_speaker", by)
    Entry.record(by, "activity.speaker_removed", speaker.activity, name=speaker.name)


@transaction.atomic
def add_material(
    activity: Activity, *, files: Iterable[Document], caption: str = "", by: User
) -> None:
    activity.begin("add_material", by=by)
    rows = Material.objects.bulk_create(
        Material(activity=activity, document=file, caption=caption, added_by=by)
        for file in files
    )
    documents.attach_all([(row.document, row) for row in rows], by=by)
    activity.touch()
    Entry.record(by, "activity.material_added", activity, files=len(rows))


@transaction.atomic
def remove_material(material: Material, *, by: User) -> None:
    _remove(material, "add_material", by)
    Entry.record(by, "activity.material_removed", material.activity, name=str(material))


def _remove(row, step, by):
    """Taken from the page; the history keeps it."""
    row.activity.begin(step, by=by)
    row.refresh_from_db(fields=["removed_at"])
    if row.removed_at:
        raise ValidationError(_("Sudah dihapus."))
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    row.activity.touch()
