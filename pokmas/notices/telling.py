"""Who hears of a step, in the words and the language of whoever reads it.

    tell(
        agreement,
        "signed",
        own_people(agreement),
        _("Kerja sama “%(name)s” sudah ditandatangani"),
        _("Nomor unit: %(number)s."),
        number=agreement.our_number,
    )

Recipients are asked for by right (`officers`, `next_in_turn`), or are the record's own
people; never by the name of a role, for headquarters may move a right to another one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from operator import attrgetter

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import DateTimeField, Exists, OuterRef, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.accounts.roles import LEVELS, STAFF, Role, roles_with
from pokmas.notices.models import Notice
from pokmas.notices.services import (
    MANY,
    holders,
    holders_of,
    mark_read,
    notices_to,
    notify,
    send,
)
from pokmas.offices.models import Office, office_today
from pokmas.records.lifecycle import Lifecycle
from pokmas.records.steps import Watch
from pokmas.words import dates

OVERSEE = "offices.oversee_turn"
# What `officers_of` many records wants read with them: a post, its unit, its Kanwil,
# headquarters, and the successor of one that was merged.
ABOVE = "office__parent__parent__parent__parent"


def tell(
    record: Lifecycle,
    what: str,
    people: Iterable[User],
    title: str | Promise,
    body: str | Promise = "",
    *,
    by: User | None = None,
    leads_to: str = "",
    **words: str | Promise | Callable,
) -> None:
    """Tell each of `people` once of what happened to the record at this revision.

    Title and body are lazy; they may name %(name)s, %(office)s, %(reason)s and `words`,
    of which a function is called in the reader's language. `by` did it and knows. It
    leads to the record's page, or to the address `leads_to`.
    """
    kind = f"{record._meta.model_name}.{what}"
    notify(
        {person for person in people if person and person != by},
        kind=kind,
        title=title,
        body=body,
        words={
            "name": lambda: str(record),
            "office": record.office,
            "reason": record.reason,
            **words,
        },
        url=leads_to,
        about=record,
        key=f"{kind}:{record.pk}:{_state_of(record)}",
    )


def officers(record: Lifecycle, permission: str) -> Iterable[User]:
    """Who may do this at the record's office, or nearest above it."""
    roles = record.exercised_by(permission, roles_with(permission))
    return holders([role for role in roles if role in STAFF], record.office)


def officers_of(
    records: Iterable[Lifecycle], *permissions: str
) -> dict[int, set[User]]:
    """`officers` of many records, by the number of their office, in a query for each
    right and level of office."""
    offices = {each.office_id: each for each in records}
    found: dict[int, set[User]] = {pk: set() for pk in offices}
    for permission in permissions:
        held, alike = roles_with(permission), defaultdict(list)
        for record in offices.values():
            roles = record.exercised_by(permission, held)
            alike[tuple(each for each in roles if each in STAFF)].append(record.office)
        for roles, places in alike.items():
            for pk, people in holders_of(roles, places).items():
                found[pk] |= people
    return found


def next_in_turn(record: Lifecycle) -> Iterable[User]:
    """Who may take the step that is awaited now: the two-person rule counts."""
    step = record.awaited
    if step is None:
        return ()
    acted = [getattr(record, f"{name}_id") for name in step.not_by]
    roles = [
        role
        for role in record.exercised_by(step.permission, roles_with(step.permission))
        if role in STAFF and all(each.suits(record, role) for each in step.when)
    ]
    people = holders(roles, record.office)
    people = people.exclude(pk__in=[pk for pk in acted if pk])
    return people.annotate(is_asked=Value(True))


def own_people(record: Lifecycle) -> Iterable[User]:
    """Whom the record concerns beside the officers in turn; the model says who."""
    return record.own_people()


def _state_of(record: Lifecycle) -> str:
    if hasattr(record, "revision"):
        return str(record.revision)
    return f"{record.status}:{record.status_since:%s}"


# Requests that are over


def settle_overtaken() -> None:
    """What asked for a step is new to nobody once the record has moved on."""
    asking = Notice.objects.unread().filter(asks=True)
    kinds = asking.order_by().values("about_type").distinct()
    for kind in ContentType.objects.filter(pk__in=kinds):
        moved_on = kind.model_class()._base_manager.filter(
            pk=OuterRef("about_id"), status_since__gt=OuterRef("due_at")
        )
        mark_read(asking.filter(Exists(moved_on), about_type=kind))


# Turns that are late


def watchers(watch: Watch, overseers: Iterable[Role]) -> list[Role]:
    """Those of the roles holding `OVERSEE` that are told of late turns there."""
    return [role for role in overseers if watch.value in LEVELS[role]]


def watch_at(office: Office, watch: Watch | None) -> Watch | None:
    """Who is told of late turns at `office`: a Kanwil watches over its own, and nobody
    over those of headquarters."""
    if watch is None or office.level == Office.Level.HEADQUARTERS:
        return None
    return Watch.REGION if office.is_wide else watch


def promise_of(watch: Watch | None, overseers: Iterable[Role]) -> str | Promise:
    """What a turn card promises for the case that nobody acts."""
    if watch is None:
        return ""
    roles = ", ".join(str(role.label) for role in watchers(watch, overseers))
    return _("%(roles)s diberi tahu bila terlambat.") % {"roles": roles}


@transaction.atomic
def tell_of_late_turns(now: datetime | None = None) -> None:
    """Tell whom the cards promise, once, about each turn that waits too long."""
    now, overseers = now or timezone.now(), roles_with(OVERSEE)
    for model in apps.get_models():
        if issubclass(model, Lifecycle) and not model._meta.proxy:
            for step in model.STEPS:
                for status, turn in step.turns.items():
                    if turn.watch is not None:
                        over = now - timedelta(days=turn.days)
                        rows = model.objects.alias(turned=model.turn_since())
                        late = rows.filter(
                            model.STEPS.awaiting_by_status(step),
                            status=status,
                            status_since__lt=over,
                            turned__lt=over,
                        )
                        _tell_of_late(late, "status_since", turn, overseers, now)
                if step.call is not None and step.call.watch is not None:
                    rows = model.objects.annotate(last_day=step.call.last_day)
                    late = rows.filter(
                        model.STEPS.called(step), last_day__lt=office_today(now=now)
                    )
                    _tell_of_late(late, "last_day", step.call, overseers, now)


def _tell_of_late(late, since, turn, overseers, now):
    """About those of the rows `late` about which it was not told after `since`."""
    model = late.model
    kind = f"{model._meta.model_name}.late"
    told = Notice.objects.filter(
        about_type=ContentType.objects.get_for_model(model),
        about_id=OuterRef("pk"),
        kind=kind,
        due_at__gte=Cast(OuterRef(since), DateTimeField()),
    )
    begun, people, told_now = attrgetter(since), {}, []
    rows = late.exclude(Exists(told))
    for record in rows.select_related("office__parent", "office__region").iterator():
        watch = watch_at(record.office, turn.watch)
        if watch is None or record.due_on >= timezone.localdate(
            now, record.office.tzinfo
        ):
            continue
        place = record.office.nearest({watch.value}) or record.office
        if (watch, place) not in people:
            people[watch, place] = list(holders(watchers(watch, overseers), place))
        told_now += notices_to(
            people[watch, place],
            kind=kind,
            title=_("Terlambat: %(what)s · %(name)s"),
            body=_("%(act)s. Batasnya %(day)s. Unit: %(office)s."),
            words={
                "what": model._meta.verbose_name,
                "name": lambda record=record: str(record),
                "act": turn.act,
                "day": lambda record=record: dates.date_long(record.due_on),
                "office": record.office,
            },
            about=record,
            asks=True,
            key=f"late:{model._meta.label_lower}:{record.pk}:{begun(record):%s}",
        )
        if len(told_now) >= MANY:
            send(told_now)
            told_now.clear()
    send(told_now)
