"""Tell whom a change of the tree concerns: planned, carried out, held, cancelled."""

import zlib
from collections import defaultdict
from datetime import timedelta

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import Assignment, AssignmentRequest, User
from pokmas.accounts.roles import Role
from pokmas.notices.services import holders, notify, untold
from pokmas.offices.models import Office, OfficeChange
from pokmas.records.lifecycle import Lifecycle
from pokmas.words import dates

# How many of his records a person reads the names of.
NAMED = 5
Kind, State = OfficeChange.Kind, OfficeChange.State
ROLES = [
    Role.REGIONAL_HEAD,
    Role.REGIONAL_ADMIN,
    Role.UNIT_HEAD,
    Role.UNIT_OPERATOR,
]
TITLES = {
    State.PLANNED: _("Perubahan kantor direncanakan: %(change)s"),
    State.APPLIED: _("Perubahan kantor berlaku: %(change)s"),
    State.BLOCKED: _("Perubahan kantor tertahan: %(change)s"),
    State.CANCELLED: _("Perubahan kantor dibatalkan: %(change)s"),
}


def tell_of_office_changes() -> None:
    """Tell of each step of each change once, however late; offices stand below notices.

    A change that went on meanwhile is told as it stands now.
    """
    over = Q(told=State.APPLIED) | Q(told=State.CANCELLED)
    for change in OfficeChange.objects.exclude(over).select_related("office", "other"):
        refusal = f":{zlib.crc32(change.refusal.encode())}" if change.refusal else ""
        stands = f"{change.state}{refusal}"
        if stands != change.told:
            _tell(change, stands)
            if change.state == State.APPLIED and change.kind == Kind.MERGE:
                _tell_owners(change)
            OfficeChange.objects.filter(pk=change.pk).update(told=stands)


def tell_of_closed_requests() -> None:
    """Tell who asked for an assignment at an office that is no more, once."""
    closed = AssignmentRequest.objects.filter(
        status=AssignmentRequest.Status.DECLINED,
        decided_by=None,
    )
    closed = untold(closed, "assignmentrequest.closed")
    for request in closed.select_related("user", "office"):
        notify(
            request.user,
            kind="assignmentrequest.closed",
            title=_("Permintaan penugasan tidak dapat diteruskan: %(what)s"),
            body="%(reason)s",
            words={
                "what": lambda request=request: f"{request.title} · {request.office}",
                "reason": request.reason,
            },
            about=request,
            key=f"assignmentrequest.closed:{request.pk}",
        )


def _tell(change: OfficeChange, stands: str) -> None:
    people = concerned(change)
    if change.state == State.BLOCKED:
        people = people | holders(Role.HEADQUARTERS, change.office)
    notify(
        people,
        kind=f"office.{change.state}",
        title=TITLES[change.state],
        body="%(words)s",
        words={"change": change, "words": lambda: _words(change)},
        about=change.office,
        url=change.get_absolute_url(),
        key=f"office:{change.pk}:{stands}",
    )


def _tell_owners(change: OfficeChange) -> None:
    """Whose records went on to the successor hears where, once for all of them."""
    owned = defaultdict(list)
    for label, keys in change.before.get("handed", {}).items():
        model = apps.get_model(label)
        if not issubclass(model, Lifecycle):
            continue
        for record in model.objects.filter(pk__in=keys).iterator():
            for person in record.own_people():
                owned[person].append(str(record))
    officers = set(concerned(change).values_list("pk", flat=True))
    for person, names in owned.items():
        if person.pk not in officers:
            notify(
                person,
                kind="office.handed_over",
                title=_("Yang Anda ajukan kini diurus %(office)s"),
                body=_(
                    "%(former)s digabung ke %(office)s. Yang berlanjut di sana: "
                    "%(names)s. Anda tidak perlu mengajukan lagi."
                ),
                words={
                    "former": change.office,
                    "office": change.other,
                    "names": ", ".join(sorted(set(names))[:NAMED]),
                },
                url="/",
                about=change.other,
                key=f"office.handed_over:{change.pk}:{person.pk}",
            )


def _words(change: OfficeChange) -> str:
    basis = _("Berlaku sejak %(day)s, menurut keputusan %(decree)s.") % {
        "day": dates.date_long(change.effective_on),
        "decree": change.decree_number,
    }
    if change.state == State.BLOCKED:
        return "\n".join([change.refusal, str(_("Portal mencobanya lagi setiap jam."))])
    return "\n".join(filter(None, [change.in_words, basis]))


def concerned(change: OfficeChange) -> QuerySet[User]:
    """Who leads or keeps the offices involved, on the eve of the change.

    On the day itself the head of a merged office is one no longer.
    """
    eve = min(change.office.today, change.effective_on - timedelta(days=1))
    terms = Assignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=eve),
        Q(ended_at=None) | Q(ended_at__gte=change.decided_at),
        starts_on__lte=eve,
        role__in=ROLES,
        office__in=_offices(change),
    )
    return User.objects.filter(pk__in=terms.values("user"))


def _offices(change: OfficeChange) -> QuerySet[Office]:
    """The office with its branch, what it was and will be below, and the other one."""
    office, other = change.office, change.other
    involved = Q(parent=office) | Q(parent__parent=office, parent__level="unit")
    involved |= Q(pk__in=[office.pk, office.parent_id or 0, office.region_id or 0])
    involved |= Q(pk=change.before.get("parent") or 0)
    if other:
        involved |= Q(pk__in=[other.pk, other.region_id or 0])
    if other and office.level == Office.Level.REGIONAL:
        # The units of a Kanwil have gone over to the other one already.
        involved |= Q(parent=other)
    return Office.objects.filter(involved)
