"""What came of an agreement: each year of it, and at its end."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.plans.models import PlanItem
from agreements.register.models import Agreement
from pokmas.audit.history import looked_up_by
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from pokmas.words import dates


class EvaluationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For officers: what they advise is no matter of the partner."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.is_community:
            return self.none()
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def standing(self):
        """Handed in or confirmed: what was returned is to be written again."""
        return self.exclude(status=Evaluation.Status.RETURNED)

    def for_page(self):
        return self.select_related(
            *("agreement__office__region", "agreement__office__parent"),
            *("agreement__partner", "submitted_by", "confirmed_by"),
        )


@pghistory.track(meta=looked_up_by("agreement"))
class Evaluation(Record):
    """Written by one officer, confirmed by another; final from then on."""

    class Kind(models.TextChoices):
        YEARLY = "yearly", _("Evaluasi tahunan")
        FINAL = "final", _("Laporan akhir")

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Menunggu pengesahan")
        RETURNED = "returned", _("Perlu perbaikan")
        CONFIRMED = "confirmed", _("Disahkan")

    class Advice(models.TextChoices):
        CONTINUE = "continue", _("Lanjut")
        CHANGE = "change", _("Lanjut dengan perubahan")
        END = "end", _("Akhiri")

    TONES = {
        Status.SUBMITTED: "info",
        Status.RETURNED: "warn",
        Status.CONFIRMED: "good",
    }

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="evaluations", editable=False
    )
    kind = models.CharField(_("jenis"), max_length=6, choices=Kind, editable=False)
    # The last day of the year that it is about, or of the agreement.
    due_on = models.DateField(_("sampai"), editable=False)
    # As counted when it was handed in.
    times = models.PositiveIntegerField(default=0, editable=False)
    fulfilled = models.PositiveIntegerField(default=0, editable=False)
    target = models.PositiveIntegerField(default=0, editable=False)
    served = models.PositiveIntegerField(default=0, editable=False)
    comment = models.TextField(_("penjelasan pelaksanaan"), max_length=2000, blank=True)
    benefit = models.TextField(_("manfaat bagi unit"), max_length=2000)
    problems = models.TextField(_("kendala"), max_length=2000, blank=True)
    advice = models.CharField(_("rekomendasi"), max_length=8, choices=Advice)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=Status,
        default=Status.SUBMITTED,
        editable=False,
    )
    reason = models.TextField(
        _("yang perlu diperbaiki"), max_length=1000, blank=True, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-due_on", "-pk"]
        verbose_name = _("evaluasi kerja sama")
        indexes = [
            models.Index(
                fields=["due_on"],
                include=["agreement"],
                condition=~Q(status="returned"),
                name="evaluation_written",
            ),
            models.Index(
                fields=["agreement"],
                include=["submitted_by"],
                condition=Q(status="submitted"),
                name="evaluation_submitted",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "due_on"],
                name="evaluation_once_a_year",
                violation_error_message=_("Evaluasi untuk tahun itu sudah ada."),
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(kind="final"),
                name="one_end_report",
                violation_error_message=_("Laporan akhir sudah ada."),
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(reason=""),
                name="returned_evaluation_has_reason",
                violation_error_message=_("Tulis alasannya."),
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed")
                | (
                    Q(confirmed_by__isnull=False)
                    & ~Q(confirmed_by=models.F("submitted_by"))
                ),
                name="evaluation_confirmed_by_another",
                violation_error_message=_(
                    "Evaluasi disahkan orang lain, bukan penyusunnya."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.agreement}"

    def get_absolute_url(self):
        return reverse("agreements:evaluation", args=[self.pk])

    @property
    def name(self) -> str:
        if self.kind == self.Kind.FINAL:
            return self.get_kind_display()
        day = dates.date_long(self.due_on)
        return _("%(kind)s sampai %(day)s") % {
            "kind": self.get_kind_display(),
            "day": day,
        }

    @property
    def office(self):
        return self.agreement.office

    @property
    def office_id(self):
        return self.agreement.office_id

    @property
    def tone(self) -> str:
        return self.TONES[self.status]

    @property
    def status_label(self) -> str:
        return self.get_status_display()

    @property
    def is_final(self) -> bool:
        return self.kind == self.Kind.FINAL

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED

    @property
    def implementation(self) -> str:
        """The fact of it, in words."""
        if not self.times:
            return _("Tidak ada rencana kerja yang dapat dibandingkan.")
        return _(
            "%(percent)s: %(done)s dari %(planned)s kegiatan yang direncanakan sampai "
            "tanggal itu sudah diverifikasi; %(served)s penerima manfaat dari sasaran "
            "%(target)s."
        ) % {
            "percent": dates.percent(100 * self.fulfilled / self.times),
            "done": dates.number(self.fulfilled),
            "planned": dates.number(self.times),
            "served": dates.number(self.served),
            "target": dates.number(self.target),
        }

    def lock(self):
        """Hold this row until the transaction ends."""
        self.refresh_from_db(from_queryset=Evaluation.objects.select_for_update())


class OutcomeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(evaluation__in=Evaluation.objects.visible_to(user))


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta=looked_up_by("evaluation"),
)
class Outcome(models.Model):
    """One thing that was wanted, and what became of it."""

    class State(models.TextChoices):
        ACHIEVED = "achieved", _("Tercapai")
        PARTLY = "partly", _("Sebagian")
        MISSED = "missed", _("Tidak tercapai")

    TONES = {State.ACHIEVED: "good", State.PARTLY: "warn", State.MISSED: "bad"}

    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, related_name="outcomes", editable=False
    )
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    item = models.ForeignKey(
        PlanItem, models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    wanted = LineField(_("hasil yang diinginkan"), max_length=300)
    state = models.CharField(_("keadaan"), max_length=8, choices=State)
    proof = LineField(_("bukti"), max_length=300)
    remains = LineField(_("yang belum selesai"), max_length=300, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("hasil kerja sama")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="achieved") | ~Q(remains=""),
                name="unachieved_outcome_says_what_remains",
                violation_error_message=_(
                    "Tulis apa yang belum selesai, atau mengapa tidak tercapai."
                ),
            )
        ]

    def __str__(self):
        return self.wanted

    @property
    def tone(self) -> str:
        return self.TONES[self.state]

    @property
    def status_label(self) -> str:
        return self.get_state_display()
