"""Dated changes of the tree."""

import pghistory
from django.db import models
from django.db.models import Case, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models.offices import Office
from pokmas.records.guarded import Guarded
from pokmas.records.lines import LineField

# What plans that come first will have changed: by which kind, and where it stands.
BROUGHT = {
    "renamed_to": ("rename", "after__name"),
    "moved_to": ("move", "other__name"),
}


class OfficeChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(office__in=Office.objects.visible_to(user))

    def planned(self):
        """Decided, not yet in effect."""
        return self.filter(applied_at=None, cancelled_at=None)

    def for_list(self):
        """With what `in_words` says."""
        sooner = self.model.objects.filter(office=OuterRef("office"))
        sooner = sooner.sooner_than(OuterRef("effective_on"), OuterRef("pk"))
        by_then = {what: Subquery(sooner.bringing(what)[:1]) for what in BROUGHT}
        return self.select_related("office__parent", "other").annotate(**by_then)

    def sooner_than(self, day, pk):
        """Those that are planned to come before one of `day`, the last one first."""
        same_day = Q(effective_on=day, pk__lt=pk) if pk else Q(effective_on=day)
        rows = self.planned().filter(Q(effective_on__lt=day) | same_day)
        return rows.order_by("-effective_on", "-pk")

    def bringing(self, what):
        """The new name, or the name of the new parent."""
        kind, path = BROUGHT[what]
        return self.filter(kind=kind).values_list(path, flat=True)

    def counted_down(self, now):
        """With `days_left`, each seen from where its office stands; none if held."""
        local = Func("office__zone", Value(now), function="timezone")
        today = Cast(local, models.DateField())
        days = Func(
            "effective_on",
            today,
            arg_joiner=" - ",
            template="(%(expressions)s)",
            output_field=models.IntegerField(),
        )
        return self.annotate(days_left=Case(When(refusal="", then=days)))

    def touching(self, office):
        """Its own changes, and those of others that gave it something or moved it."""
        return self.filter(
            Q(office=office) | Q(other=office) | Q(before__moved__contains=office.pk)
        )

    def applied(self):
        return self.filter(applied_at__isnull=False)


@pghistory.track(exclude=["told"])
class OfficeChange(Guarded):
    """A dated reorganisation: old papers keep the old name, figures follow the tree."""

    class Kind(models.TextChoices):
        RENAME = "rename", _("Ganti nama, jenis, atau kelas")
        MOVE = "move", _("Pindah induk")
        MERGE = "merge", _("Digabung ke kantor lain")
        SPLIT = "split", _("Dipecah")
        CLOSE = "close", _("Ditutup")
        REOPEN = "reopen", _("Dibuka kembali")

    class State(models.TextChoices):
        PLANNED = "planned", _("Akan berlaku")
        BLOCKED = "blocked", _("Tertahan")
        APPLIED = "applied", _("Berlaku")
        CANCELLED = "cancelled", _("Dibatalkan")

    office = models.ForeignKey(Office, models.PROTECT, related_name="changes")
    kind = models.CharField(_("perubahan"), max_length=8, choices=Kind)
    effective_on = models.DateField(_("berlaku sejak"))
    decree_number = LineField(_("nomor keputusan"), max_length=80)
    # What held before (Office.snapshot), and what is to hold.
    before = models.JSONField(_("sebelum"), default=dict, editable=False)
    after = models.JSONField(_("sesudah"), default=dict, editable=False)
    # The new parent, the successor, or the office that was split off.
    other = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes_from",
        verbose_name=_("kantor lain"),
    )
    note = models.TextField(_("catatan"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(
        _("dicatat"), default=timezone.now, editable=False
    )
    applied_at = models.DateTimeField(_("diterapkan"), null=True, editable=False)
    cancelled_at = models.DateTimeField(_("dibatalkan"), null=True, editable=False)
    # Why it could not take effect on its day, in words for a person.
    refusal = models.TextField(_("sebab tertahan"), blank=True, editable=False)
    # The state, and for a held one the reason, of which people were told last.
    told = LineField(max_length=30, blank=True, editable=False)

    objects = OfficeChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-pk"]
        verbose_name = _("perubahan kantor")
        indexes = [
            models.Index(
                fields=["effective_on"],
                condition=Q(applied_at=None, cancelled_at=None),
                name="office_changes_planned",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(cancelled_at=None),
                name="change_applied_or_cancelled",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["move", "merge"]) | Q(other__isnull=False),
                name="change_has_other_office",
                violation_error_message=_("Pilih kantor tujuan."),
            ),
            models.CheckConstraint(
                condition=~Q(decree_number=""),
                name="change_has_decree",
                violation_error_message=_("Isi nomor keputusan."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.office}"

    def get_absolute_url(self):
        return self.office.get_absolute_url()

    @property
    def state(self) -> "OfficeChange.State":
        if self.applied_at:
            return self.State.APPLIED
        if self.cancelled_at:
            return self.State.CANCELLED
        return self.State.BLOCKED if self.refusal else self.State.PLANNED

    def told_at(self, office) -> tuple[str, str]:
        """What this change was for `office`, and more of it in one line."""
        if self.office_id == office.pk:
            return self.get_kind_display(), self.in_words
        names = {
            "office": self.name_before,
            "other": self.other,
        }
        if self.other_id != office.pk:
            moved = {
                self.Kind.MERGE: _("%(office)s digabung ke %(other)s"),
                self.Kind.SPLIT: _("dari %(office)s, yang dipecah, ke %(other)s"),
            }
            return _("Pindah induk"), moved[self.kind] % names
        if self.kind == self.Kind.SPLIT:
            return _("Dibuka"), _("dari pemecahan %(office)s") % names
        came = {
            self.Kind.MERGE: _("%(office)s digabung ke sini"),
            self.Kind.MOVE: _("%(office)s pindah ke sini"),
        }
        return _("Menerima kantor lain"), came[self.kind] % names

    @property
    def name_before(self) -> str:
        """What the office was called, or will be by then, before the change."""
        if self.before:
            return self.before["name"]
        return self._by_then("renamed_to") or self.office.name

    def _by_then(self, what: str) -> str | None:
        """What plans that come before this one will have brought."""
        if self.cancelled_at:
            return None
        if what not in self.__dict__:
            sooner = self.office.changes.sooner_than(self.effective_on, self.pk)
            self.__dict__[what] = sooner.bringing(what).first()
        return self.__dict__[what]

    @property
    def in_words(self) -> str:
        """What changed from what to what, in one line."""
        if self.kind == self.Kind.RENAME:
            return self._renamed_in_words()
        if self.kind == self.Kind.MOVE:
            was = self.before.get("parent_name") or (
                self._by_then("moved_to") or self.office.parent
            )
            return f"{was} → {self.other}"
        if self.kind == self.Kind.MERGE:
            return _("ke %(office)s") % {"office": self.other}
        if self.kind == self.Kind.SPLIT:
            return _("kantor baru: %(name)s") % {"name": self.after["name"]}
        return ""

    def _renamed_in_words(self) -> str:
        """The name from what to what; kind and class if they become others."""
        was, now = self.name_before, self.after["name"]
        said = [] if was == now else [f"{was} → {now}"]
        for name in ("kind", "unit_class"):
            if name not in self.after:  # planned when only the name could be
                continue
            field, value = self.office._meta.get_field(name), self.after[name]
            if value != self.before.get(name, getattr(self.office, name)):
                label = dict(field.flatchoices).get(value, "–")
                said.append(f"{field.verbose_name}: {label}")
        return "; ".join(said)
