"""What one office asks of another, or of its own people, by a day."""

import uuid

import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pokmas.accounts.roles import LEVELS
from pokmas.audit.history import looked_up_by
from pokmas.offices.models import Office, OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField

DO, GIVE = "coordination.do_task", "coordination.give_task"
ASSIGN = "coordination.assign_task"


class TaskQuerySet(LifecycleQuerySet, OfficeScopedQuerySet):
    def visible_to(self, user):
        """Of the own branch: those that it has to do, and those that it gave."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.is_community:
            return self.none()
        if acting.office.level == Office.Level.HEADQUARTERS:
            return self.all()
        given = Q(given_from__in=acting.office.branch_ids)
        if acting.office.level == Office.Level.REGIONAL:
            return self.filter(given | Q(region=acting.office.pk))
        return self.filter(given | Q(office__in=acting.office.branch_ids))

    def search(self, text):
        return self.filter(Q(what__icontains=text) | Q(details__icontains=text))

    def running(self):
        return self.filter(status__in=Task.RUNNING)

    def about(self, record):
        kind = ContentType.objects.get_for_model(record)
        return self.filter(about_type=kind, about_id=record.pk)

    def for_list(self):
        return self.select_related("office", "owner")

    def for_page(self):
        return self.select_related(
            *("office__region", "office__parent", "given_from", "owner"),
            *("created_by", "about_type"),
        )


@pghistory.track()
class Task(OfficeScoped, Lifecycle, Record):
    """Something that one office, and there perhaps one officer, is to do by a day.

    `office` has to do it, `given_from` asked for it. Those that one form gave to
    several offices have the same `batch`.
    """

    class Status(models.TextChoices):
        UNASSIGNED = "unassigned", _("Belum ditunjuk")
        ASSIGNED = "assigned", _("Dikerjakan")
        DONE = "done", pgettext_lazy("of a task", "Selesai")
        HANDED_BACK = "handed_back", _("Dikembalikan")
        WITHDRAWN = "withdrawn", _("Dibatalkan")

    RUNNING = (Status.UNASSIGNED, Status.ASSIGNED, Status.HANDED_BACK)
    WAY = (Status.UNASSIGNED, Status.ASSIGNED, Status.DONE)
    TRANSITIONS = {
        Status.UNASSIGNED: {
            *(Status.ASSIGNED, Status.HANDED_BACK, Status.WITHDRAWN, Status.DONE),
        },
        Status.ASSIGNED: {
            *(Status.ASSIGNED, Status.UNASSIGNED, Status.DONE),
            *(Status.HANDED_BACK, Status.WITHDRAWN),
        },
        Status.HANDED_BACK: {Status.UNASSIGNED, Status.WITHDRAWN},
        Status.DONE: {Status.UNASSIGNED},
    }
    TONES = {
        Status.UNASSIGNED: "warn",
        Status.ASSIGNED: "info",
        Status.DONE: "good",
        Status.HANDED_BACK: "bad",
    }
    URLS = "coordination:"
    NAMED_BY = "what"

    what = LineField(_("tugas"), max_length=200)
    details = models.TextField(_("penjelasan"), max_length=2000, blank=True)
    until = models.DateField(_("selesai paling lambat"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pelaksana"),
    )
    given_from = models.ForeignKey(
        Office,
        models.PROTECT,
        related_name="+",
        verbose_name=_("pemberi tugas"),
        editable=False,
    )
    about_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, editable=False, db_index=False
    )
    about_id = models.BigIntegerField(null=True, editable=False)
    about = GenericForeignKey("about_type", "about_id")
    batch = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    # What came of it, in the words of whoever did it.
    answer = models.TextField(_("hasil"), max_length=2000, blank=True, editable=False)
    status = models.CharField(
        _("status"),
        max_length=11,
        choices=Status,
        default=Status.UNASSIGNED,
        editable=False,
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        verbose_name = _("tugas")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="assigned") | Q(owner__isnull=False),
                name="assigned_task_has_owner",
                violation_error_message=_("Pilih pelaksananya."),
            ),
            models.CheckConstraint(
                condition=Q(about_type=None, about_id=None)
                | Q(about_type__isnull=False, about_id__isnull=False),
                name="task_is_about_a_record_or_none",
            ),
        ]
        indexes = [
            models.Index(fields=["until", "id"]),
            models.Index(
                fields=["until", "id"],
                condition=Q(status__in=["unassigned", "assigned", "handed_back"]),
                name="tasks_running",
            ),
            models.Index(fields=["office", "until", "id"]),
            models.Index(fields=["region", "until", "id"]),
            models.Index(fields=["given_from", "until", "id"]),
            models.Index(fields=["about_type", "about_id"]),
            models.Index(
                fields=["owner"],
                condition=Q(status="assigned"),
                name="tasks_of_an_officer",
            ),
            *(
                GinIndex(
                    OpClass(Upper(column), name="gin_trgm_ops"),
                    name=f"task_{column}_words",
                    fastupdate=False,
                )
                for column in ("what", "details")
            ),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("coordination:detail", args=[self.pk])

    def list_title(self, user) -> str:
        return _("Tugas")

    def persons_of(self, step):
        """Whoever was named to do it, and whoever gave it."""
        if step.permission == DO and self.owner_id:
            return [str(self.owner)]
        if self.status == self.Status.HANDED_BACK and self.created_by_id:
            return [f"{self.created_by} · {self.given_from}"]
        return []

    def exercised_by(self, permission, roles):
        """Those held at the office that does it, or that gave it."""
        office = self.given_from if permission == GIVE else self.office
        levels = {office.level}
        if office.level == Office.Level.POST:
            levels.add(Office.Level.UNIT)
        return [role for role in roles if LEVELS[role] & levels]

    def own_people(self):
        return [person for person in (self.created_by, self.owner) if person]

    @property
    def is_running(self) -> bool:
        return self.status in self.RUNNING

    @property
    def is_late(self) -> bool:
        return self.is_running and self.until < self.office.today


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(task__in=Task.objects.visible_to(user))


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta=looked_up_by("task"),
)
class Message(models.Model):
    """What is written about a task while it runs."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="messages")
    text = models.TextField(_("kabar"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("kabar tugas")

    def __str__(self):
        return self.text
