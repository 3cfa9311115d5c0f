"""What volunteers and partners carry through on their own, phase by phase
(pembinaan mandiri)."""

from datetime import timedelta
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outreach.activities.models import Activity, changes_named
from partners.models import Partner, Volunteer
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.search import SearchQuerySet

# So many days without a verified activity are asked about.
SILENT = 30


class ProgrammeQuerySet(LifecycleQuerySet, SearchQuerySet, OfficeScopedQuerySet):
    searched = "searched_words"

    def belonging_to(self, user):
        """Of whoever leads it, and of the partners that support it."""
        partners = Partner.objects.belonging_to(user).values("pk")
        supported = Programme.supporters.through.objects.filter(partner__in=partners)
        return self.filter(
            Q(volunteer__user=user)
            | Q(partner__in=partners)
            | Q(pk__in=supported.values("programme"))
        )

    def represented_by(self, user):
        """Who leads it judges nothing of it as an officer."""
        partners = Partner.objects.represented_by(user).values("pk")
        return self.filter(Q(volunteer__user=user) | Q(partner__in=partners))

    def for_list(self):
        return self.select_related("office", "volunteer", "partner")

    def for_page(self):
        return self.select_related(
            *("office__region", "office__parent", "volunteer__user", "partner"),
            *("created_by", "submitted_by"),
        ).prefetch_related("supporters")

    def underway(self):
        """Those whose activities are held."""
        return self.filter(phase__in=[Phase.IMPLEMENTATION, Phase.EVALUATION]).exclude(
            status__in=[Programme.Status.STOPPED, Programme.Status.COMPLETED]
        )

    def standing(self):
        """Adds whether the day for its phase is over, and whether it is carried out
        without a verified activity in the last days."""
        today = timezone.localdate()
        is_open = Q(status__in=Programme.OPEN)
        late = PhaseReport.objects.filter(
            programme=OuterRef("pk"),
            phase=OuterRef("phase"),
            approved_at=None,
            due_on__lt=today,
        )
        held = ProgrammeActivity.objects.filter(
            programme=OuterRef("pk"),
            activity__in=Activity.objects.counted().filter(
                held_on__gte=today - timedelta(days=SILENT)
            ),
        )
        return self.annotate(
            is_overdue=Q(is_open, Exists(late)),
            is_silent=Q(is_open, ~Exists(held), phase=Phase.IMPLEMENTATION),
        )


class Phase(models.TextChoices):
    IDEA = "idea_strategy", _("Ide dan strategi")
    FORMULATION = "formulation", _("Perumusan")
    PLANNING = "planning", _("Perencanaan")
    IMPLEMENTATION = "implementation", _("Implementasi")
    EVALUATION = "evaluation", _("Evaluasi")


PHASES = list(Phase)


@pghistory.track()
class Programme(OfficeScoped, Lifecycle, Record):
    """Led by one volunteer or one partner; the next phase opens when the one before is
    approved by an officer who did not write it."""

    class Status(models.TextChoices):
        WRITING = "writing", _("Fase disusun")
        SUBMITTED = "submitted", _("Menunggu persetujuan")
        RETURNED = "returned", _("Perlu perbaikan")
        COMPLETED = "completed", pgettext_lazy("of a programme", "Selesai")
        STOPPED = "stopped", _("Dihentikan")

    URLS = "outreach:programme_"
    NAMED_BY = "title"
    WAY = (Status.WRITING, Status.SUBMITTED, Status.COMPLETED)
    OPEN = (Status.WRITING, Status.SUBMITTED, Status.RETURNED)
    TRANSITIONS = {
        Status.WRITING: {Status.SUBMITTED, Status.STOPPED},
        Status.SUBMITTED: {
            *(Status.WRITING, Status.RETURNED, Status.COMPLETED, Status.STOPPED),
        },
        Status.RETURNED: {Status.SUBMITTED, Status.STOPPED},
        Status.STOPPED: {Status.WRITING},
    }
    TONES = {
        Status.WRITING: "info",
        Status.SUBMITTED: "info",
        Status.RETURNED: "warn",
        Status.COMPLETED: "good",
        Status.STOPPED: "bad",
    }
    REASONS = {Status.RETURNED: _("Yang perlu diperbaiki")}

    volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("Sahabat yang memimpin"),
    )
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("mitra yang memimpin"),
    )
    supporters = models.ManyToManyField(
        Partner,
        blank=True,
        related_name="supported_programmes",
        verbose_name=_("mitra pendukung"),
    )
    title = LineField(_("nama program"), max_length=200)
    problem = models.TextField(_("masalah yang dijawab"), max_length=2000)
    changes_sought = ArrayField(
        models.CharField(max_length=11, choices=Activity.Change),
        default=list,
        blank=True,
        verbose_name=_("perubahan yang dituju"),
    )
    budget = models.DecimalField(
        _("anggaran (Rp)"), max_digits=14, decimal_places=0, null=True, blank=True
    )
    funding = models.CharField(
        _("sumber biaya"),
        max_length=8,
        choices=Activity.Funding,
        default=Activity.Funding.NONE,
    )
    phase = models.CharField(
        _("fase"),
        max_length=14,
        choices=Phase,
        default=Phase.IDEA,
        editable=False,
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=Status,
        default=Status.WRITING,
        editable=False,
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    searched_words = models.GeneratedField(
        expression=Upper("title"), output_field=models.TextField(), db_persist=True
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-pk"]
        verbose_name = _("program mandiri")
        constraints = [
            models.CheckConstraint(
                condition=Q(volunteer=None, partner__isnull=False)
                | Q(volunteer__isnull=False, partner=None),
                name="programme_has_one_lead",
                violation_error_message=_(
                    "Pilih satu yang memimpin: Sahabat atau mitra."
                ),
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__gte=0),
                name="programme_budget_not_negative",
                violation_error_message=_("Anggaran tidak boleh kurang dari nol."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["returned", "stopped"]) | ~Q(reason=""),
                name="programme_refusal_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-id"]),
            models.Index(fields=["region", "-id"]),
            GinIndex(
                OpClass(F("searched_words"), name="gin_trgm_ops"),
                name="programme_words",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("outreach:programme_detail", args=[self.pk])

    def list_title(self, user) -> str:
        return _("Program mandiri")

    @property
    def lead(self):
        return self.volunteer or self.partner

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def following_phase(self) -> str | None:
        place = PHASES.index(self.phase) + 1
        return PHASES[place] if place < len(PHASES) else None

    def own_people(self):
        """Who leads it, and whoever wrote the phase that waits."""
        if self.volunteer_id:
            leads = [self.volunteer.user]
        else:
            acting = self.partner.representatives.current().select_related("user")
            leads = [each.user for each in acting]
        return {*leads, self.submitted_by} - {None}

    def get_changes_sought_display(self) -> str:
        return changes_named(self.changes_sought)


class PhaseReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(programme__in=Programme.objects.visible_to(user))


@pghistory.track(meta=looked_up_by("programme"))
class PhaseReport(models.Model):
    """What is written of one phase: by whom, until when, and what an officer said."""

    class Feedback(models.TextChoices):
        YES = "yes", _("Ya, dapat ditiru unit lain")
        PARTLY = "partly", _("Sebagian")
        NO = "no", _("Tidak")

    # What a phase asks beside its text.
    OF_PHASE: ClassVar[dict] = {
        Phase.PLANNING: ("starts_on", "ends_on", "is_inside", "safety"),
        Phase.EVALUATION: ("target", "result", "feedback", "replicate"),
    }

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="reports", editable=False
    )
    phase = models.CharField(_("fase"), max_length=14, choices=Phase, editable=False)
    owner = LineField(_("penanggung jawab"), max_length=120)
    due_on = models.DateField(_("selesai paling lambat"))
    text = models.TextField(_("isi fase"), max_length=4000)
    starts_on = models.DateField(_("dilaksanakan mulai"), null=True, blank=True)
    ends_on = models.DateField(_("dilaksanakan sampai"), null=True, blank=True)
    is_inside = models.BooleanField(
        _("di dalam Lapas, Rutan, atau LPKA"), default=False
    )
    safety = models.TextField(
        _("izin masuk dan pengamanan"), max_length=1000, blank=True
    )
    target = models.TextField(_("sasaran"), max_length=1000, blank=True)
    result = models.TextField(_("hasil dibanding sasaran"), max_length=2000, blank=True)
    feedback = models.TextField(
        _("tanggapan penerima manfaat"), max_length=2000, blank=True
    )
    replicate = models.CharField(
        _("dapat ditiru"), max_length=6, choices=Feedback, blank=True
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    note = models.TextField(
        _("catatan petugas"), max_length=1000, blank=True, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    approved_at = models.DateTimeField(null=True, editable=False)

    objects = PhaseReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("fase program")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "phase"], name="phase_once_a_programme"
            ),
            models.CheckConstraint(
                condition=~Q(phase="planning")
                | Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    ends_on__gte=F("starts_on"),
                ),
                name="planning_has_dates",
                violation_error_message=_("Isi tanggal mulai dan selesai, berurutan."),
            ),
            models.CheckConstraint(
                condition=Q(is_inside=False) | ~Q(safety=""),
                name="inside_has_safety",
                violation_error_message=_(
                    "Tulis siapa yang memberi izin masuk dan bagaimana pengamanannya."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(phase="evaluation")
                | (~Q(target="") & ~Q(result="") & ~Q(replicate="")),
                name="evaluation_is_whole",
                violation_error_message=_(
                    "Isi sasaran, hasil, dan apakah program dapat ditiru."
                ),
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | ~Q(decided_by=F("written_by")),
                name="phase_approved_by_another",
                violation_error_message=_("Fase disetujui orang lain."),
            ),
        ]

    def __str__(self):
        return f"{self.programme}: {self.get_phase_display()}"

    @property
    def papers(self):
        return Document.objects.of(self)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta=looked_up_by("activity"),
)
class ProgrammeActivity(models.Model):
    """An activity that is held for a programme."""

    activity = models.OneToOneField(
        Activity, models.PROTECT, related_name="programme_link"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="links")

    class Meta:
        verbose_name = _("kegiatan program")

    def __str__(self):
        return f"{self.programme}: {self.activity}"
