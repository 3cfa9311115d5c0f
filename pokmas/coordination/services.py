"""Giving a task, doing it, and handing it back."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import Assignment, User
from pokmas.audit.models import Entry
from pokmas.coordination import reach
from pokmas.coordination.models import ASSIGN, Message, Task
from pokmas.notices.services import notify
from pokmas.notices.telling import officers, own_people, tell
from pokmas.offices.models import Office
from pokmas.words import dates

Status = Task.Status


@transaction.atomic
def give(task: Task, *, offices: Iterable[Office], by: User) -> list[Task]:
    """Give the same task to each of the offices; only one alone may have an owner.

    A form that was sent twice gives them once.
    """
    offices = list(offices)
    allowed = set(reach.offices_of(by).values_list("pk", flat=True))
    if not offices or not {each.pk for each in offices} <= allowed:
        raise ValidationError({"offices": _("Pilih kantor yang dapat Anda tugasi.")})
    if task.owner and len(offices) > 1:
        raise ValidationError({"owner": _("Satu pelaksana hanya untuk satu kantor.")})
    task.given_from = by.acting.office
    task.status = Status.ASSIGNED if task.owner else Status.UNASSIGNED
    first, *others = offices
    task.office = first
    _check_owner(task)
    _check_day(task, task.until)
    task.full_clean(exclude=["region", "created_by", "submission_key"])
    if (made := task.save_new(by)) is not task:
        return list(Task.objects.filter(batch=made.batch))
    copies = [_copy(task, office) for office in others]
    Task.objects.bulk_create(copies)
    given = [task, *copies]
    Entry.record_all(
        by, "task.given", [(each, {"to": str(each.office)}) for each in given]
    )
    for each in given:
        _tell_of_work(each, by)
    return given


def _copy(task: Task, office: Office) -> Task:
    return Task(
        office=office,
        what=task.what,
        details=task.details,
        until=task.until,
        given_from=task.given_from,
        about_type=task.about_type,
        about_id=task.about_id,
        batch=task.batch,
        status=task.status,
        created_by=task.created_by,
        submission_key=uuid.uuid4(),
    )


def _check_owner(task):
    if task.owner and not reach.officers_at(task.office).filter(pk=task.owner.pk):
        raise ValidationError(
            {"owner": _("Orang ini tidak bertugas di kantor yang dipilih.")}
        )


def _check_day(task, until: date):
    if until < task.office.today:
        raise ValidationError({"until": _("Hari itu sudah lewat.")})


def _tell_of_work(task, by):
    """Whoever is to do it, or to say who does."""
    people = [task.owner] if task.owner else officers(task, ASSIGN)
    notify(
        {person for person in people if person != by},
        kind="task.given",
        title=_("Tugas dari %(from)s: %(what)s"),
        body=_("Selesai paling lambat %(day)s. %(details)s"),
        words={
            "from": task.given_from,
            "what": task.what,
            "day": lambda: dates.date_long(task.until),
            "details": task.details,
        },
        about=task,
        asks=True,
        key=f"task.given:{task.pk}:{task.revision}",
    )


@transaction.atomic
def assign(task: Task, *, owner: User, by: User) -> None:
    task.begin("assign", by=by)
    task.owner = owner
    _check_owner(task)
    task.move_to(Status.ASSIGNED, by=by, owner=owner, verb="assigned_to")
    _tell_of_work(task, by)


@transaction.atomic
def finish(task: Task, *, answer: str, by: User) -> None:
    task.begin("finish", by=by)
    changes = {"answer": answer} if task.owner else {"answer": answer, "owner": by}
    task.move_to(Status.DONE, by=by, **changes)
    tell(
        task,
        "done",
        own_people(task),
        _("Selesai: %(name)s"),
        "%(answer)s",
        by=by,
        answer=answer,
    )


@transaction.atomic
def hand_back(task: Task, *, reason: str, by: User) -> None:
    task.begin("hand_back", by=by, reason=reason)
    task.move_to(Status.HANDED_BACK, by=by, reason=reason, owner=None)
    tell(
        task,
        "handed_back",
        [task.created_by],
        _("Dikembalikan oleh %(office)s: %(name)s"),
        "%(reason)s",
        by=by,
    )


@transaction.atomic
def give_again(task: Task, *, what: str, details: str, until: date, by: User) -> None:
    """After it came back; to the same office."""
    task.begin("give_again", by=by)
    _check_day(task, until)
    task.move_to(
        Status.UNASSIGNED,
        by=by,
        verb="given_again",
        what=what,
        details=details,
        until=until,
    )
    _tell_of_work(task, by)


@transaction.atomic
def reopen(task: Task, *, reason: str, until: date, by: User) -> None:
    """What was done is not enough yet; it goes on with whoever did it."""
    task.begin("reopen", by=by, reason=reason)
    _check_day(task, until)
    owner = task.owner
    task.move_to(
        Status.UNASSIGNED,
        by=by,
        reason=reason,
        verb="reopened",
        until=until,
        owner=None,
    )
    if owner and reach.officers_at(task.office).filter(pk=owner.pk).exists():
        task.move_to(
            Status.ASSIGNED, by=by, reason=reason, verb="assigned_to", owner=owner
        )
    _tell_of_work(task, by)


@transaction.atomic
def withdraw(task: Task, *, reason: str, by: User) -> None:
    task.begin("withdraw", by=by, reason=reason)
    people = [task.owner] if task.owner else officers(task, ASSIGN)
    task.move_to(Status.WITHDRAWN, by=by, reason=reason)
    tell(
        task,
        "withdrawn",
        people,
        _("Tugas dibatalkan: %(name)s"),
        "%(reason)s",
        by=by,
    )


@transaction.atomic
def write(task: Task, *, text: str, by: User) -> None:
    """A word in between, for those on the other side."""
    task.begin("write", by=by)
    Message.objects.create(task=task, text=text, by=by)
    task.touch()
    Entry.record(by, "task.written", task)
    people = {*own_people(task)}
    if task.owner is None:
        people |= set(officers(task, ASSIGN))
    tell(
        task,
        "written",
        people,
        _("Kabar tentang tugas: %(name)s"),
        "%(text)s",
        by=by,
        text=text,
    )


# What happens by itself


@transaction.atomic
def release_left() -> None:
    """Whose owner works there no more goes back to those who say who does it."""
    here = Assignment.objects.current().filter(
        user=OuterRef("owner"), office=OuterRef("office"), user__is_active=True
    )
    left = Task.objects.filter(status=Status.ASSIGNED).exclude(Exists(here))
    for task in left.select_for_update(of=["self"]).for_page():
        task.move_to(
            Status.UNASSIGNED,
            by=None,
            verb="released",
            reason=str(
                _("%(person)s tidak lagi bertugas di sini.") % {"person": task.owner}
            ),
            owner=None,
        )
        _tell_of_work(task, None)


def tell_givers_of_late(now=None) -> None:
    """Whoever gave a task is told once that its day is over."""
    today = timezone.localdate(now)
    late = Task.objects.running().filter(until__lt=today)
    for task in late.for_page():
        if not task.is_late or task.status == Status.HANDED_BACK:
            continue
        notify(
            [task.created_by],
            kind="task.overdue",
            title=_("Belum selesai: %(what)s"),
            body=_("Batasnya %(day)s. %(office)s."),
            words={
                "what": task.what,
                "day": lambda task=task: dates.date_long(task.until),
                "office": task.office,
            },
            about=task,
            key=f"task.overdue:{task.pk}:{task.until}",
        )
