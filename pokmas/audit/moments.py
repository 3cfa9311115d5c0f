"""What happened to one record: its entries, with the fields each of them changed.

Entries say who did which verb; the history table says which fields changed, whoever
changed them and by whatever way. Both are tied by the context of the request or job.
Who only read it is another list: `Entry.objects.about(record).readings()`.

A model says what its history keeps to itself:

    HISTORY_HIDDEN = {"draft_text"}                     never shown
    HISTORY_PRIVATE = {"phone": "partners.view_contact"}  only that it changed; in full
                        for whoever has that right, or `is_reached_by` says so

    HISTORY_WITH = "partner"     a record that several share, whose changes it tells too
    HISTORY_RIGHT = "partners.view_partner"  who may read it, if not view_ and its name

Rows that belong to it, such as what was counted, are told with it if a room's trail.py
says how: `tell_with(Activity, Part(BeneficiaryCount, …))`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import pairwise

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pokmas.accounts.models import User, display_name
from pokmas.audit.models import Entry
from pokmas.audit.phrases import VERBS, has_words, phrase
from pokmas.words import dates

LONGEST = 200


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str
    name: str = field(default="", compare=False)


@dataclass
class Moment:
    """One item: who did what, when, why, and what it changed."""

    at: datetime
    actor: str
    phrase: str
    capacity: str = ""
    reason: str = ""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A tracked model whose rows belong to a record, through the column `owner`.

    `told` makes a Change, or nothing, of two states of the row that `key` names: the
    one before, or None, and the one that followed.
    """

    model: type[models.Model]
    owner: str
    key: tuple[str, ...]
    told: Callable[..., Change | None]
    related: tuple[str, ...] = ()


def comes_and_goes(label: str | Promise, column: str) -> Callable[..., Change]:
    """How to tell of rows that are never changed: each names what came or went."""

    def told(before, after) -> Change:
        name = str(getattr(after, column))
        texts = (name, "–") if after.pgh_label == "delete" else ("–", name)
        return Change(capfirst(label), *texts)

    return told


PARTS: dict[type[models.Model], list[Part]] = defaultdict(list)


def tell_with(model: type[models.Model], *parts: Part) -> None:
    """Say which rows are told in the history of the records of `model`."""
    PARTS[model] += parts


@dataclass(frozen=True)
class Timeline:
    """Newest first. `older` is the moment from which to ask for more, if there is."""

    moments: list[Moment]
    older: datetime | None = None

    def __iter__(self) -> Iterator[Moment]:
        return iter(self.moments)

    def __len__(self) -> int:
        return len(self.moments)


def timeline(
    record: models.Model,
    user: User | None = None,
    *,
    limit: int = 20,
    before: datetime | None = None,
) -> Timeline:
    """The newest `limit` moments of the record, as `user` may see them.

    Costs the same few queries however much happened.
    """
    entries, entries_from = _entries(record, limit, before)
    silent = _silent(record, entries, user)
    states, states_from = _states(record, limit, before)
    may_read = partial(_may_read, record, user)
    changes = _changes(type(record), states, may_read)
    shown = states[1:] if states_from else states
    shared, shared_from = _shared(record, limit, before, may_read)
    parts = list(_parts(record, states))
    moments = _merge(entries, shown, changes, parts, shared, silent)
    # Before this moment one of them has gaps.
    gaps = filter(None, [entries_from, states_from, shared_from])
    complete_from = max(gaps, default=None)
    if complete_from is not None:
        moments = [moment for moment in moments if moment.at >= complete_from]
    moments.sort(key=lambda moment: moment.at, reverse=True)
    more = complete_from is not None or len(moments) > limit
    shown = moments[:limit]
    return Timeline(shown, shown[-1].at if more and shown else None)


# Reading, oldest first


def _entries(record, limit, before):
    entries = Entry.objects.about(record).deeds().select_related("actor")
    if before is not None:
        entries = entries.filter(at__lt=before)
    rows = list(entries.order_by("-at", "-pk")[: limit + 1])[::-1]
    if len(rows) > limit:
        return rows[1:], rows[1].at
    return rows, None


def _states(record, limit, before, *, told_of=None):
    """States of the row; if there are more, the first only serves as a comparison.

    `told_of` is the record whose entries tell of them, if it is another.
    """
    event_models = getattr(type(record), "pgh_event_models", None)
    if not event_models:
        return [], None
    event_model = next(iter(event_models.values()))
    states = event_model.objects.filter(pgh_obj_id=record.pk)
    if before is not None:
        entries = Entry.objects.about(told_of or record).filter(
            context=OuterRef("pgh_context_id"), at__gte=OuterRef("pgh_created_at")
        )
        states = states.filter(pgh_created_at__lt=before).annotate(
            was_told=~Exists(entries.filter(at__lt=before)) & Exists(entries)
        )
    states = states.select_related("pgh_context").order_by("-pgh_id")
    rows = list(states[: 2 * limit + 1])[::-1]
    return rows, rows[1].pgh_created_at if len(rows) > 2 * limit else None


def _silent(record, entries, user) -> set[int]:
    """Of which of the entries `user` reads no reason: it was written to officers."""
    is_ours = getattr(type(record), "is_between_officers", None)
    acting = getattr(user, "acting", None)
    if is_ours is None or (acting and acting.is_staff):
        return set()
    return {entry.pk for entry in entries if is_ours(entry.action)}


# Entries and states become moments


def _shared(record, limit, before, may_read):
    """States of what it shares with others since its first day, with the changes."""
    name = getattr(type(record), "HISTORY_WITH", None)
    if name is None:
        return [], None
    other = getattr(record, name)
    states, complete_from = _states(other, limit, before, told_of=record)
    changes = _changes(type(other), states, may_read)
    first = min(record.created_at, _born(record))
    told = [
        (each, changes[each.pgh_id])
        for each in states
        if each.pgh_id in changes and each.pgh_created_at >= first
    ]
    return told, complete_from


def _born(record) -> datetime:
    """When its first state was written, by the clock of the histories."""
    events = record.pgh_event_model.objects.filter(pgh_obj_id=record.pk)
    return events.order_by("pgh_id").values_list("pgh_created_at", flat=True).first()


def _merge(entries, states, changes, parts, shared, silent) -> list[Moment]:
    """Hang each change on the entry written next in the same context, or on none."""
    told = [(entry, _moment_of_entry(entry, entry.pk in silent)) for entry in entries]
    moved = {id(moment) for entry, moment in told if "was" in entry.details}
    alone: dict[object, Moment] = {}
    actors = _actors([*states, *(state for state, _changed in shared)])
    for state in states:
        if getattr(state, "was_told", False):
            continue  # with an entry that an earlier page has shown
        context = state.pgh_context_id
        owner = _owner(told, alone, state)
        found = changes.get(state.pgh_id, [])
        if owner is not None:
            # A move says its status itself.
            owner.changes += [
                change
                for change in found
                if change.name != "status" or id(owner) not in moved
            ]
        elif found or state.pgh_label != "update":
            alone[context or state.pgh_id] = _moment_of_state(state, found, actors)
    for state, changed in shared:
        if getattr(state, "was_told", False):
            continue
        if owner := _owner(told, alone, state):
            owner.changes += changed
        else:
            key = state.pgh_context_id or state.pgh_id
            alone[key] = _moment_of_state(state, changed, actors)
    for state, change in parts:
        if owner := _owner(told, alone, state):
            owner.changes.append(change)
    return [*(moment for _entry, moment in told), *alone.values()]


def _owner(told, alone, state) -> Moment | None:
    """The moment that tells of a state: of the entry written next, or its own."""
    context = state.pgh_context_id
    return next(
        (
            moment
            for entry, moment in told
            if entry.context == context
            and context is not None
            and entry.at >= state.pgh_created_at
        ),
        alone.get(context),
    )


def _parts(record, states) -> Iterator[tuple]:
    """What became of the rows that belong to the record, after it was made."""
    born = {state.pgh_context_id for state in states if state.pgh_label == "insert"}
    for part in PARTS.get(type(record), ()):
        events = part.model.pgh_event_model.objects.filter(**{part.owner: record.pk})
        newest = {}
        for event in events.select_related(*part.related).order_by("pgh_id"):
            key = tuple(getattr(event, name) for name in part.key)
            change = part.told(newest.get(key), event)
            newest[key] = None if event.pgh_label == "delete" else event
            if change and event.pgh_context_id not in born:
                yield event, change


def _moment_of_entry(entry: Entry, is_silent: bool) -> Moment:
    return Moment(
        at=entry.at,
        actor=display_name(entry.actor) if entry.actor else _("Portal"),
        capacity=entry.capacity,
        phrase=capfirst(phrase(entry.action)),
        reason="" if is_silent else str(entry.details.get("reason", "")),
    )


def _moment_of_state(state, changes, actors) -> Moment:
    verb = {"insert": "created", "delete": "deleted"}.get(state.pgh_label, "changed")
    what = state.pgh_tracked_model._meta.verbose_name
    return Moment(
        at=state.pgh_created_at,
        actor=actors.get(_user_id(state)) or _("Portal"),
        phrase=capfirst(VERBS[verb] % {"what": what}),
        changes=changes,
    )


def _actors(states) -> dict[int, str]:
    ids = {_user_id(state) for state in states} - {None}
    return {user.pk: display_name(user) for user in User.objects.filter(pk__in=ids)}


def _user_id(state) -> int | None:
    return state.pgh_context.metadata.get("user") if state.pgh_context else None


# What changed between one state and the next


def _may_read(record, user, permission: str) -> bool:
    """What is private: by right, or where the record itself says who reads it."""
    if user is None:
        return False
    reached = getattr(record, "is_reached_by", lambda user: False)
    return user.has_perm(permission) or reached(user)


def _changes(model, states, may_read) -> dict[int, list[Change]]:
    """Changes by number of the state that brought them."""
    private = {
        name
        for name, permission in getattr(model, "HISTORY_PRIVATE", {}).items()
        if not may_read(permission)
    }
    differing = []
    for before, after in pairwise(states):
        if after.pgh_label == "update":
            differing += [
                (before, after, shown)
                for shown in _shown_fields(model, type(after))
                if getattr(before, shown.attname) != getattr(after, shown.attname)
            ]
    names = _names_of_related(differing)
    changes = defaultdict(list)
    for before, after, shown in differing:
        if shown.name in private:
            texts = [_("disembunyikan")] * 2
        else:
            texts = [_text(shown, state, names) for state in (before, after)]
        label = capfirst(_words_for(shown))
        changes[after.pgh_id].append(Change(label, *texts, shown.name))
    return changes


def _shown_fields(model, event_model) -> Iterable[models.Field]:
    kept = {kept.name for kept in event_model._meta.concrete_fields}
    hidden = getattr(model, "HISTORY_HIDDEN", ())
    for shown in model._meta.concrete_fields:
        told = _words_for(shown) and (shown.editable or shown.name == "status")
        secret = shown.primary_key or isinstance(shown, models.BinaryField)
        if shown.name in kept and told and not secret and shown.name not in hidden:
            yield shown


def _words_for(shown: models.Field):
    """How people call a column; nothing if it is the portal's own business.

    One that points to a record is called like the record, if it has no words itself.
    """
    if shown.verbose_name != shown.name.replace("_", " "):
        return shown.verbose_name
    if shown.is_relation and has_words(shown.related_model):
        return shown.related_model._meta.verbose_name
    return ""


def _names_of_related(differing) -> dict[tuple, str]:
    """(model, key) → name, by one query for each model that is pointed at."""
    wanted = defaultdict(set)
    for before, after, shown in differing:
        if shown.is_relation:
            for state in (before, after):
                pointed = (shown.related_model, shown.target_field.attname)
                wanted[pointed].add(getattr(state, shown.attname))
    return {
        (model, getattr(row, column)): str(row)
        for (model, column), keys in wanted.items()
        for row in model._base_manager.filter(**{f"{column}__in": keys - {None}})
    }


def _text(shown: models.Field, state, names) -> str:
    value = getattr(state, shown.attname)
    if value is None or value == "":
        return "–"
    if shown.is_relation:
        return names.get((shown.related_model, value), "–")
    if shown.flatchoices:
        return str(dict(shown.flatchoices).get(value, value))
    return _plain(value)


def _plain(value) -> str:
    match value:
        case bool():
            return _("Ya") if value else _("Tidak")
        case datetime():
            return dates.date_time(value)
        case date():
            return dates.date_long(value)
        case int() | Decimal():
            return dates.number(value)
        case list():
            return ", ".join(map(_plain, value)) or "–"
        case dict():
            return "; ".join(f"{key}: {_plain(part)}" for key, part in value.items())
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
