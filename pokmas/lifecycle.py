"""Statuses that move along a table, and whose turn it is at each."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pokmas.audit.models import Entry


@dataclass(frozen=True)
class Turn:
    """Who must act at a status, on what, by when, and what happens otherwise."""

    permission: str
    act: str | Promise
    days: int
    otherwise: str | Promise
    # Two-person rule: the person in one of these fields may not take this turn.
    not_by: tuple[str, ...] = field(default=())


class LifecycleQuerySet(models.QuerySet):
    """To be mixed into the QuerySet of a Lifecycle, which also has `visible_to`."""

    def awaiting(self, user):
        """The visible rows whose next step this very person may take."""
        mine = Q(pk__in=[])
        for status, turn in self.model.TURNS.items():
            if user.has_perm(turn.permission):
                own = Q()
                for name in turn.not_by:
                    own |= Q(**{name: user})
                mine |= Q(status=status) & ~own if own else Q(status=status)
        return self.visible_to(user).filter(mine)


class Lifecycle(models.Model):
    """A model whose `status` moves only along `TRANSITIONS`, leaving an audit entry."""

    TRANSITIONS = {}
    TURNS = {}
    # The name of the page that lists such records.
    INDEX = ""

    status_since = models.DateTimeField(default=timezone.now, editable=False)
    # Why it has this status (returned, declined, ended); told to whom it concerns.
    reason = models.TextField(_("alasan"), max_length=1000, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def next_statuses(self):
        return self.TRANSITIONS.get(self.status, set())

    @property
    def turn(self):
        return self.TURNS.get(self.status)

    @property
    def due_on(self):
        """The day by which the one whose turn it is should have acted, or None."""
        if self.turn is None:
            return None
        return timezone.localdate(self.status_since + timedelta(days=self.turn.days))

    def lock(self):
        """Reread this row and hold it until the transaction ends."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())

    def refuse_own(self, by):
        """Two-person rule: who submitted does not decide (design.md section 3)."""
        if self.turn and any(
            getattr(self, f"{name}_id") == by.pk for name in self.turn.not_by
        ):
            raise ValidationError(
                _("Langkah ini harus dilakukan orang lain, bukan pengajunya sendiri.")
            )

    def expect(self, allowed):
        """Refuse a step that the record does not allow at its present status."""
        if not allowed:
            raise ValidationError(
                _("Langkah ini tidak dapat dilakukan pada status “%(now)s”."),
                params={"now": self.get_status_display()},
            )

    def move_to(self, status, *, by, reason="", **changes):
        """Move along the table, set `changes`, write the audit entry.

        `reason` is that of the new status; moving on without one clears it.

        Call it on a locked row inside a transaction.
        """
        if status not in self.next_statuses:
            labels = dict(self._meta.get_field("status").flatchoices)
            raise ValidationError(
                _("Status “%(now)s” tidak dapat diubah menjadi “%(next)s”."),
                params={"now": self.get_status_display(), "next": labels[status]},
            )
        was, self.status = self.status, status
        self.status_since, self.reason = timezone.now(), reason
        for name, value in changes.items():
            setattr(self, name, value)
        self.validate_constraints()
        update = ["status", "status_since", "reason", *changes]
        if hasattr(self, "revision"):
            self.revision += 1
            update.append("revision")
        self.save(update_fields=update)
        Entry.record(
            by, f"{self._meta.model_name}.{status}", self, was=was, reason=reason
        )
