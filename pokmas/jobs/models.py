"""Background work as rows: the database is the truth, the broker only a doorbell."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models import Office
from pokmas.records.lines import LineField


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own jobs and the branch's; whoever may watch the system sees all."""
        acting = getattr(user, "acting", None)
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("jobs.view_job"):
            return self.all()
        visible = Q(requested_by=user)
        if acting is not None and not acting.is_community:
            branch = Office.objects.under(acting.office)
            visible |= Q(assignment__office__in=branch)
        return self.filter(visible)

    def claimable(self, now):
        """Waiting, or left behind by a worker that died."""
        return self.filter(
            Q(state=Job.State.QUEUED, due_at__lte=now)
            | Q(state=Job.State.RUNNING, leased_until__lt=now)
        )

    def in_turn(self):
        return self.order_by("turn", "due_at", "pk")

    def ahead_of(self, row):
        """Those in the same queue that are taken before `row`."""
        rows = self.filter(queue=row.queue, state=Job.State.QUEUED)
        same = rows.filter(turn=row.turn)
        return (
            rows.filter(turn__lt=row.turn)
            | same.filter(due_at__lt=row.due_at)
            | same.filter(due_at=row.due_at, pk__lt=row.pk)
        )


class Job(models.Model):
    """One piece of work. It is done once, however often the bell is rung."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Menunggu")
        RUNNING = "running", _("Dikerjakan")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal")
        STOPPED = "stopped", _("Dibatalkan")

    TONES = {
        State.QUEUED: "info",
        State.RUNNING: "info",
        State.DONE: "good",
        State.FAILED: "bad",
        State.STOPPED: "neutral",
    }

    kind = LineField(_("jenis"), max_length=60)
    key = LineField(_("kunci"), max_length=160, unique=True)
    queue = LineField(_("antrean"), max_length=20, default="default")
    payload = models.JSONField(default=dict)
    state = models.CharField(
        _("keadaan"), max_length=8, choices=State, default=State.QUEUED
    )
    percent = models.PositiveSmallIntegerField(_("kemajuan"), default=0)
    step = LineField(_("langkah"), max_length=120, blank=True)
    attempt = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    attempts_allowed = models.PositiveSmallIntegerField(default=5)
    reason = models.TextField(_("sebab kegagalan"), blank=True)
    # Offices are served one after the other: each job of one that has several stands
    # a turn further behind.
    turn = models.PositiveIntegerField(default=0, db_default=0)
    # The page that shows what came of it.
    url = LineField(_("hasil"), max_length=200, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diminta oleh"),
    )
    # In which capacity he asked: it decides what the work may read.
    assignment = models.ForeignKey(
        "accounts.Assignment", models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("diminta"), default=timezone.now)
    due_at = models.DateTimeField(_("mulai paling cepat"), default=timezone.now)
    # Who holds the job, and until when it is his; renewed while he works.
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(_("dimulai"), null=True)
    finished_at = models.DateTimeField(_("berakhir"), null=True)
    # The failure, by its moment, of which whoever waits was told.
    told_failure_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("pekerjaan")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["queued", "running"]),
                name="jobs_open",
            ),
            models.Index(fields=["-created_at", "-id"], name="jobs_by_age"),
            models.Index(
                fields=["finished_at"], condition=Q(state="failed"), name="jobs_failed"
            ),
            models.Index(fields=["requested_by", "-created_at"], name="jobs_of_person"),
        ]

    def __str__(self):
        return f"{self.kind} #{self.pk}"

    def get_absolute_url(self):
        return reverse("jobs:detail", args=[self.pk])

    @property
    def status_label(self) -> str:
        return self.get_state_display()

    @property
    def tone(self) -> str:
        return self.TONES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def can_be_retried(self) -> bool:
        return self.state in (self.State.FAILED, self.State.STOPPED)

    @property
    def can_be_stopped(self) -> bool:
        """A paper is asked for again as easily; other work is not left half done."""
        return self.is_open and self.queue == "pdf"

    @property
    def is_stalled(self) -> bool:
        """Its worker died; the sweeper will give it to another."""
        return (
            self.state == self.State.RUNNING
            and self.leased_until is not None
            and self.leased_until < timezone.now()
        )

    @property
    def ahead(self) -> int:
        """How many others are taken before this one, while it waits."""
        if self.state != self.State.QUEUED:
            return 0
        return Job.objects.ahead_of(self).count()


class Heartbeat(models.Model):
    """The last sign of life of `worker` and `beat`; the last backup (`backups`)."""

    part = LineField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.part


class FileStore(models.Model):
    """The mark of the store of files in which the work of this database is kept."""

    mark = LineField(max_length=40, primary_key=True)

    def __str__(self):
        return self.mark


class ScheduledRun(models.Model):
    """When an entry of the timetable was last sent: what several beats agree on."""

    name = LineField(max_length=120, primary_key=True)
    ran_at = models.DateTimeField()

    def __str__(self):
        return self.name
