"""A task from whoever gives it to whoever does it, and back."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pokmas.coordination import services
from pokmas.coordination.forms import (
    AssignForm,
    FinishForm,
    GiveAgainForm,
    ReopenForm,
    WriteForm,
)
from pokmas.coordination.models import ASSIGN, DO, GIVE, Task
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Call, Step, Turn, Watch, When

Status = Task.Status


def _here(user) -> list[int]:
    """His own office; a unit looks after its posts, an office above after itself."""
    own = user.acting.office
    return [own.pk] if own.is_wide else own.branch_ids


# None asks for rows or records whoever looks.
AT_THE_OFFICE = When(
    rows=lambda user: Q() if user is None else Q(office__in=_here(user)),
    holds=lambda task, user: user is None or task.office_id in _here(user),
    refusal=_("Tugas ini dikerjakan kantor lain."),
)


def _done_by(user) -> Q:
    """His own, and those that nobody was named for, if he may name somebody."""
    mine = Q(owner=user)
    if user.has_perm(ASSIGN):
        mine |= Q(owner=None, status=Status.UNASSIGNED, office__in=_here(user))
    return mine


IS_DOING = When(
    rows=lambda user: Q() if user is None else _done_by(user),
    holds=lambda task, user: (
        user is None
        or task.owner_id == user.pk
        or (
            task.owner_id is None
            and user.has_perm(ASSIGN)
            and task.office_id in _here(user)
        )
    ),
    refusal=_("Tugas ini dikerjakan orang lain."),
)
IS_GIVER = When(
    rows=lambda user: (
        Q() if user is None else Q(created_by=user) | Q(given_from__in=_here(user))
    ),
    holds=lambda task, user: (
        user is None
        or task.created_by_id == user.pk
        or task.given_from_id in _here(user)
    ),
    refusal=_("Tugas ini diberikan kantor lain."),
)
HAS_OWNER = When(
    rows=lambda user: Q(status=Status.ASSIGNED),
    holds=lambda task, user: task.status == Status.ASSIGNED,
    refusal=_("Pelaksananya belum ditunjuk."),
)

Task.STEPS.add(
    Step(
        "finish",
        to=Status.DONE,
        at={Status.UNASSIGNED, Status.ASSIGNED},
        permission=DO,
        service=services.finish,
        form=FinishForm,
        label=_("Tandai selesai"),
        done=_("Tugas selesai; pemberi tugas diberi tahu."),
        icon="verify",
        when=(IS_DOING,),
        is_beside=True,
        call=Call(
            _("Kerjakan, lalu tulis hasilnya"),
            HAS_OWNER,
            until="until",
            days=30,
            watch=Watch.UNIT,
        ),
    ),
    Step(
        "assign",
        to=Status.ASSIGNED,
        at={Status.UNASSIGNED, Status.ASSIGNED},
        permission=ASSIGN,
        service=services.assign,
        form=AssignForm,
        label=_("Tunjuk pelaksana"),
        labels={Status.ASSIGNED: _("Ganti pelaksana")},
        done=_("Pelaksana ditunjuk dan diberi tahu."),
        when=(AT_THE_OFFICE,),
        turns={
            Status.UNASSIGNED: Turn(
                _("Tunjuk pelaksananya, atau kerjakan sendiri"),
                3,
                watch=Watch.UNIT,
            )
        },
    ),
    Step(
        "write",
        at=set(Task.RUNNING),
        permission="coordination.view_task",
        service=services.write,
        form=WriteForm,
        label=_("Tulis kabar"),
        done=_("Kabar Anda tersimpan dan disampaikan."),
        onward=lambda task, user: f"{task.get_absolute_url()}#messages",
    ),
    Step(
        "hand_back",
        to=Status.HANDED_BACK,
        permission=DO,
        service=services.hand_back,
        form=ReasonForm,
        label=_("Kembalikan tugas"),
        done=_("Tugas dikembalikan kepada pemberinya."),
        needs_reason=True,
        when=(IS_DOING,),
    ),
    Step(
        "give_again",
        to=Status.UNASSIGNED,
        at={Status.HANDED_BACK},
        permission=GIVE,
        service=services.give_again,
        form=GiveAgainForm,
        label=_("Tugaskan lagi"),
        done=_("Tugas diberikan lagi."),
        when=(IS_GIVER,),
        turns={
            Status.HANDED_BACK: Turn(
                _("Baca alasannya, lalu tugaskan lagi atau batalkan"), 5
            )
        },
    ),
    Step(
        "reopen",
        to=Status.UNASSIGNED,
        at={Status.DONE},
        permission=GIVE,
        service=services.reopen,
        form=ReopenForm,
        label=_("Minta dilengkapi"),
        title=_("Minta tugas ini dilengkapi"),
        done=_("Tugas dibuka lagi; pelaksananya diberi tahu."),
        needs_reason=True,
        when=(IS_GIVER,),
    ),
    Step(
        "withdraw",
        to=Status.WITHDRAWN,
        permission=GIVE,
        service=services.withdraw,
        form=ReasonForm,
        label=_("Batalkan tugas"),
        done=_("Tugas dibatalkan."),
        needs_reason=True,
        is_danger=True,
        when=(IS_GIVER,),
    ),
)
