"""Statuses that move along a table, the steps that move them, and whose turn it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pokmas.audit.models import Entry
from pokmas.records.constraints import Constrained
from pokmas.records.steps import Call, Step, Steps, Turn, When

REPRESENTS = _(
    "Anda mewakili mitra yang bersangkutan. Langkah ini harus dilakukan petugas lain."
)
# Where a row keeps what was asked of others once, until `lock`: for each person.
KNOWN = "_known_"
# Whether he acts for its partner.
REPRESENTED = f"{KNOWN}represented_by_"


def _known_as(condition: When, user) -> str:
    return f"{KNOWN}{id(condition)}_{user and user.pk}"


class LifecycleQuerySet(models.QuerySet):
    """To be mixed into the QuerySet of a Lifecycle, which also has `visible_to`."""

    def awaiting(self, user):
        """The visible rows whose next step this very person may take."""
        mine = Q(pk__in=[])
        for step in self.model.STEPS:
            if step.permission and not user.has_perm(step.permission):
                continue
            if step.turns or step.call:
                awaited = self.model.STEPS.awaiting(step, user)
                mine |= awaited & self.model.free_for(user, step.called)
        return self.visible_to(user).filter(mine)

    def represented_by(self, user):
        """Rows that concern a partner for whom this person acts."""
        return self.none()

    def knowing(self, user):
        """With what steps ask of other rows, which else each row asks for itself."""
        known = {
            _known_as(each, user): ExpressionWrapper(
                each.rows(user), models.BooleanField()
            )
            for step in self.model.STEPS
            for each in step.when
            if each.holds is None
        }
        rows = self.model._default_manager.represented_by(user)
        if not rows.query.is_empty():
            mine = Exists(rows.filter(pk=OuterRef("pk")))
            known[f"{REPRESENTED}{user.pk}"] = mine
        return self.annotate(**known)


class Lifecycle(Constrained):
    """A model whose `status` moves only along `TRANSITIONS`, leaving an audit entry."""

    TRANSITIONS = {}
    # Where it is over, though it may be brought back from there.
    OVER = ()
    # What a status says at a glance: info, good, warn or bad; else neutral.
    TONES = {}
    # The statuses of the usual way, as the line at the top of its page shows them.
    WAY = ()
    # What they are called elsewhere, in the words of those who read that line.
    WAY_HELP = {}
    # What the reason of a status is called, where it is more than a reason.
    REASONS = {}
    # What the trail calls moves whose reason officers write to officers: whoever acts
    # for a partner, or helps, reads that it happened and not why.
    BETWEEN_OFFICERS = frozenset()
    # The names of its pages: `{URLS}index` lists such records, `{URLS}sign` signs one.
    URLS = ""
    # The column, or expression, by which a list of mixed records names it.
    NAMED_BY = "pk"

    status_since = models.DateTimeField(default=timezone.now, editable=False)
    # Why it has this status (returned, declined, ended); told to whom it concerns.
    reason = models.TextField(_("alasan"), max_length=1000, blank=True, editable=False)

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.STEPS = Steps(cls)

    @classmethod
    def named(cls, value: str) -> str:
        """What such a list shows for a value of that column."""
        return value

    def list_title(self, user) -> str:
        """What the list of such records is called by whoever reads it."""
        return capfirst(self._meta.verbose_name)

    @property
    def tone(self) -> str:
        return self.TONES.get(self.status, "neutral")

    @property
    def status_label(self) -> str:
        """Its status in words, as tags and lists print it."""
        return self.get_status_display()

    @property
    def reason_label(self) -> str:
        return self.REASONS.get(self.status, _("Alasan"))

    def reason_for(self, user) -> str:
        """Why it has its status, as far as `user` may read it."""
        acting = getattr(user, "acting", None)
        if not self.reason or (acting and acting.is_staff) or not self.BETWEEN_OFFICERS:
            return self.reason
        last = Entry.objects.moves(self).last()
        return "" if last and self.is_between_officers(last.action) else self.reason

    @classmethod
    def is_between_officers(cls, action: str) -> bool:
        """Whether the reason of what the trail calls so is none of a partner's."""
        model, _dot, verb = action.partition(".")
        return model == cls._meta.model_name and verb in cls.BETWEEN_OFFICERS

    @property
    def next_statuses(self):
        return self.TRANSITIONS.get(self.status, set())

    # Whose turn

    @property
    def awaited(self) -> Step | None:
        """The step that somebody must take now: to which a day calls, or the status."""
        for step in self.STEPS.calling():
            at_status = self.status in self.STEPS.statuses(step)
            if at_status and self.meets(step.call.when, None):
                return step
        return self.STEPS.awaited_at(self.status)

    @property
    def turn(self) -> Turn | Call | None:
        step = self.awaited
        return step and (step.call or step.turns[self.status])

    @property
    def is_unmended(self) -> bool:
        """Whether it came back with a reason, and nothing of it has changed since."""
        if not self.reason:
            return False
        states = self.events.filter(status_since=self.status_since)
        came = states.order_by("pgh_id").first()
        return came is None or came.revision == self.revision

    @property
    def due_on(self):
        """The day by which the one whose turn it is should have acted, or None."""
        turn = self.turn
        if turn is None:
            return None
        if isinstance(turn, Call):
            return turn.last_day_of(self)
        until = self.turn_began + timedelta(days=turn.days)
        return timezone.localdate(until, self.office.tzinfo)

    @property
    def turn_began(self) -> datetime:
        """Since when a turn of its status lasts."""
        return self.status_since

    @classmethod
    def turn_since(cls):
        """The same over the rows."""
        return F("status_since")

    # Which steps

    def permission_of(self, step: Step) -> str:
        """What the step asks for; a model may ask for another at some records."""
        return step.permission

    def may(self, user, step: Step) -> bool:
        """Whether the acting role of `user` holds what the step asks for."""
        permission = self.permission_of(step)
        return not permission or user.has_perm(permission)

    def exercised_by(self, permission: str, roles) -> list:
        """Of the `roles` that hold a right those that exercise it at this record; a
        model may say that some do so at other ones only."""
        return list(roles)

    def persons_of(self, step: Step) -> list[str]:
        """Who must take it by name, where the record names him; else it is asked of
        roles."""
        return []

    @classmethod
    def free_for(cls, user, step: Step) -> Q:
        """The rows that neither an earlier act nor a condition keeps from `user`."""
        free = Q()
        for name in step.not_by:
            free &= ~Q(**{name: user})
        for condition in step.when:
            if condition.is_awaited:
                free &= condition.rows(user)
        if not step.for_partner:
            represented = cls._default_manager.represented_by(user)
            if not represented.query.is_empty():
                free &= ~Q(pk__in=represented.values("pk"))
        return free

    def refusal(self, step: Step, user):
        """Why `user` may not take the step now, in words; None if he may.

        The right itself is asked by pages: a service may be called by another one.
        """
        if self.status not in self.STEPS.statuses(step):
            return _("“%(step)s” tidak dapat dilakukan pada status “%(now)s”.") % {
                "step": step.title or step.label,
                "now": self.get_status_display(),
            }
        if any(getattr(self, f"{name}_id") == user.pk for name in step.not_by):
            return _(
                "Langkah ini harus dilakukan orang lain: Anda mencatat, mengajukan, "
                "atau memeriksanya."
            )
        if not step.for_partner and self.is_represented_by(user):
            return REPRESENTS
        return next(
            (each.refusal for each in step.when if not self.meets(each, user)), None
        )

    def meets(self, condition: When, user) -> bool:
        """Whether a condition holds; what it asks of other rows is asked once."""
        if condition.holds is not None:
            return condition.holds(self, user)
        known, name = self.__dict__, _known_as(condition, user)
        if name not in known:
            rows = type(self)._default_manager.filter(condition.rows(user), pk=self.pk)
            known[name] = rows.exists()
        return known[name]

    def is_turn_of(self, user) -> bool:
        """Whether the awaited step is this very person's."""
        step = self.awaited
        if step is None or not self.may(user, step):
            return False
        awaited = tuple(each for each in step.when if each.is_awaited)
        return self.refusal(replace(step, when=awaited), user) is None

    def refuse_representative(self, user) -> None:
        """Who acts for the partner concerned does nothing to it as an officer."""
        if self.is_represented_by(user):
            raise ValidationError(REPRESENTS)

    def is_represented_by(self, user) -> bool:
        """Whether this person acts for a partner whom the record concerns.

        Asked once for each person, and again after `lock`.
        """

        def ask():
            rows = type(self)._default_manager.represented_by(user)
            return not rows.query.is_empty() and rows.filter(pk=self.pk).exists()

        return self.once(f"{REPRESENTED}{user.pk}", ask)

    def once(self, key: str, ask: Callable):
        """What `ask` finds out about this row: asked once, and again after `lock`, if
        the key begins with KNOWN."""
        known = self.__dict__
        if key not in known:
            known[key] = ask()
        return known[key]

    def steps_for(self, user) -> list[Step]:
        """What this very person may do to the record now."""
        return [
            step
            for step in self.STEPS
            if self.may(user, step) and self.refusal(step, user) is None
        ]

    def own_people(self):
        """Whom a step concerns beside the officers whose turn it is."""
        return ()

    def lock(self):
        """Reread this row and hold it until the transaction ends."""
        for name in [each for each in self.__dict__ if each.startswith(KNOWN)]:
            del self.__dict__[name]
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())

    def begin(self, name: str, *, by, reason: str | None = None) -> Step:
        """Lock the row and refuse unless the table allows this step to `by`."""
        self.lock()
        step = self.STEPS[name]
        if refusal := self.refusal(step, by):
            raise ValidationError(refusal)
        if step.needs_reason and not (reason or "").strip():
            raise ValidationError({"reason": _("Alasan wajib diisi.")})
        return step

    def move_to(self, status, *, by, reason="", verb="", **changes):
        """Move along the table, set `changes`, write the audit entry.

        `reason` is that of the new status; moving on without one clears it. `verb` is
        what the trail calls it, where the status alone would tell of another deed.

        Call it on a locked row inside a transaction.
        """
        if status not in self.next_statuses:
            labels = dict(self._meta.get_field("status").flatchoices)
            raise ValidationError(
                _("Status “%(now)s” tidak dapat diubah menjadi “%(next)s”."),
                params={"now": self.get_status_display(), "next": labels[status]},
            )
        was, self.status = self.status, status
        self.status_since, self.reason = timezone.now(), reason.strip()
        for name, value in changes.items():
            setattr(self, name, value)
        self.validate_constraints()
        update = ["status", "status_since", "reason", *changes]
        if hasattr(self, "revision"):
            self.revision += 1
            update.append("revision")
        self.save(update_fields=update)
        action = f"{self._meta.model_name}.{verb or status}"
        Entry.record(by, action, self, was=was, reason=self.reason)
