"""Who of the registered was at an activity, and how a session went.

Registered are officers, people of partners and volunteers alone. Whom an activity
served is counted and never named.
"""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from partners.models import Volunteer
from pokmas.audit.history import looked_up_by
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference, ReferenceQuerySet


class OutcomeQuerySet(ReferenceQuerySet):
    def of_sessions(self):
        return self.filter(effect__in=Outcome.OF_SESSIONS)

    def of_people(self):
        return self.exclude(effect__in=Outcome.OF_SESSIONS)

    def came(self) -> "Outcome":
        """What is noted of who was scanned."""
        rows = self.filter(effect=Outcome.Effect.CAME)
        return rows.order_by("-is_active", "pk").first()


@pghistory.track()
class Outcome(Reference):
    """What may be said of a session, or of a person at a session."""

    class Effect(models.TextChoices):
        HELD = "held", _("Sesi terlaksana")
        CANCELLED = "cancelled", _("Sesi dibatalkan")
        CAME = "came", _("Orang hadir")
        EXCUSED = "excused", _("Orang izin")
        ABSENT = "absent", _("Orang tidak hadir")

    OF_SESSIONS = (Effect.HELD, Effect.CANCELLED)

    name = LineField(_("hasil"), max_length=80)
    effect = models.CharField(_("berlaku sebagai"), max_length=9, choices=Effect)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("hasil sesi dan kehadiran")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="outcome_once",
                violation_error_message=_("Hasil ini sudah ada dalam daftar."),
            )
        ]

    @property
    def is_held(self) -> bool:
        return self.effect == self.Effect.HELD

    @property
    def cancels(self) -> bool:
        return self.effect == self.Effect.CANCELLED

    def refuse_change(self, before):
        if before.effect != self.effect:
            words = _(
                "Yang sudah dicatat akan berubah arti. Arsipkan hasil ini, lalu tambah "
                "yang baru."
            )
            raise ValidationError({"effect": words})

    def refuse_archiving(self):
        same = Outcome.objects.in_use().filter(effect=self.effect)
        if not same.exclude(pk=self.pk).exists():
            raise ValidationError(
                _("Sedikitnya satu hasil untuk “%(effect)s” harus tetap dipakai."),
                params={"effect": self.get_effect_display()},
            )


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def of_person(self, user):
        return self.filter(Q(user=user) | Q(volunteer__user=user))

    def for_list(self):
        return self.select_related("user", "volunteer", "outcome")

    def came(self):
        return self.filter(outcome__effect=Outcome.Effect.CAME)

    def scanned(self):
        return self.exclude(scanned_at=None)


@pghistory.track(meta=looked_up_by("activity"))
class Participant(models.Model):
    """A person known to the portal who is registered for an activity."""

    class Kind(models.TextChoices):
        OFFICER = "officer", _("Petugas")
        PARTNER = "partner", _("Mitra")
        VOLUNTEER = "volunteer", _("Sahabat")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="participants")
    kind = models.CharField(_("sebagai"), max_length=9, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, null=True, related_name="attended"
    )
    # For whom the person came, as it was called then.
    affiliation = LineField(_("dari"), max_length=200)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField(_("terdaftar"), default=timezone.now)
    outcome = models.ForeignKey(
        Outcome,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("kehadiran"),
    )
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # On the spot, by a code; whatever is noted later leaves it.
    scanned_at = models.DateTimeField(_("dipindai"), null=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("peserta terdaftar")
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, kind="volunteer", volunteer__isnull=False)
                | (Q(user__isnull=False, volunteer=None) & ~Q(kind="volunteer")),
                name="participant_is_one_person",
            ),
            models.UniqueConstraint(
                fields=["activity", "user"],
                name="user_takes_part_once",
                violation_error_message=_("Orang ini sudah terdaftar."),
            ),
            models.UniqueConstraint(
                fields=["activity", "volunteer"],
                name="volunteer_takes_part_once",
                violation_error_message=_("Orang ini sudah terdaftar."),
            ),
        ]

    def __str__(self):
        return str(self.volunteer or self.user)

    @property
    def account_id(self) -> int | None:
        """Whose account may show the code of this person."""
        return self.volunteer.user_id if self.volunteer else self.user_id

    @property
    def is_open(self) -> bool:
        """Whether nothing is noted of him yet."""
        return self.outcome_id is None and self.scanned_at is None


@pghistory.track(meta=looked_up_by("activity"))
class SessionResult(models.Model):
    """How the session went, and where the signed list of those served is kept."""

    activity = models.OneToOneField(
        Activity, models.PROTECT, related_name="session_result"
    )
    outcome = models.ForeignKey(
        Outcome,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("hasil sesi"),
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    list_kept_at = LineField(
        _("daftar bertanda tangan disimpan di"), max_length=200, blank=True
    )

    class Meta:
        verbose_name = _("hasil sesi")

    def __str__(self):
        return str(self.outcome) if self.outcome_id else self.list_kept_at
