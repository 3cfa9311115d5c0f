"""What units have to do with an activity of an office above them: called to it, they
say who comes, and afterwards how many took part; who spoke there, and its material.

Own officers may be named. Whom an activity serves is counted with the activity alone.
"""

from datetime import date

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Sum, Value, When
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference

# What units say of it counts until the activity is verified.
OPEN = (Activity.Status.PLANNED, Activity.Status.REPORTED, Activity.Status.RETURNED)
COUNTS = ("officers", "partners", "groups", "volunteers")


@pghistory.track()
class AttendanceWay(Reference):
    """How a unit follows an activity that is held elsewhere."""

    name = LineField(_("cara"), max_length=80)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("cara mengikuti kegiatan")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="attendance_way_once",
                violation_error_message=_("Cara ini sudah ada dalam daftar."),
            )
        ]

    def refuse_archiving(self):
        if not AttendanceWay.objects.in_use().exclude(pk=self.pk).exists():
            raise ValidationError(_("Sedikitnya satu cara harus tetap dipakai."))


class AttendanceQuerySet(LifecycleQuerySet, OfficeScopedQuerySet):
    def unfinished(self):
        """After a merger it stays with the unit that was invited."""
        return self.none()

    def search(self, text):
        return self.filter(activity__in=Activity.objects.search(text).values("pk"))

    def for_list(self):
        return self.select_related("activity__office", "office")

    def for_page(self):
        return self.select_related(
            *("activity__office", "activity__type", "activity__regency"),
            *("office__region", "office__parent", "asked_way", "way"),
        )

    def invited(self):
        """Those that stand, whatever the unit said."""
        return self.exclude(status=Attendance.Status.WITHDRAWN)

    def silent(self):
        """Of whom an answer is due: before it begins to the invitation, then of what
        came of it."""
        has_begun = Q(activity__starts_at__lte=timezone.now())
        return self.filter(
            Q(status=Attendance.Status.INVITED)
            | Q(status=Attendance.Status.CONFIRMED) & has_begun,
            activity__status__in=OPEN,
        )

    def by_urgency(self):
        """Who owes an answer first."""
        place = Case(
            *[
                When(status=status, then=Value(number))
                for number, status in enumerate(Attendance.IN_ORDER)
            ]
        )
        return self.order_by(place, "office__name", "pk")

    def totals(self) -> dict:
        return self.order_by().aggregate(
            **{name: Sum(name, default=0) for name in (*COUNTS, "coming")}
        )


@pghistory.track(meta=looked_up_by("activity"))
class Attendance(OfficeScoped, Lifecycle, Record):
    """That one unit was invited to an activity, what it answered, and who took part."""

    class Status(models.TextChoices):
        INVITED = "invited", _("Diundang")
        CONFIRMED = "confirmed", _("Akan hadir")
        DECLINED = "declined", _("Berhalangan")
        STATED = "stated", _("Ikut serta")
        WITHDRAWN = "withdrawn", _("Undangan ditarik")

    URLS = "outreach:attendance_"
    NAMED_BY = "activity__title"
    TRANSITIONS = {
        Status.INVITED: {
            *(Status.CONFIRMED, Status.DECLINED, Status.STATED, Status.WITHDRAWN),
        },
        Status.CONFIRMED: {
            *(Status.CONFIRMED, Status.DECLINED, Status.STATED, Status.WITHDRAWN),
        },
        Status.DECLINED: {Status.CONFIRMED, Status.STATED, Status.WITHDRAWN},
        Status.STATED: {Status.STATED, Status.DECLINED},
        Status.WITHDRAWN: {Status.INVITED},
    }
    OVER = (Status.WITHDRAWN,)
    IN_ORDER = tuple(Status)
    TONES = {
        Status.INVITED: "warn",
        Status.CONFIRMED: "info",
        Status.STATED: "good",
    }

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="attendances", editable=False
    )
    asked_way = models.ForeignKey(
        AttendanceWay,
        models.PROTECT,
        related_name="+",
        verbose_name=_("cara yang diminta"),
        editable=False,
    )
    way = models.ForeignKey(
        AttendanceWay,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("cara mengikuti"),
        editable=False,
    )
    coming = models.PositiveSmallIntegerField(
        _("orang yang akan hadir"), null=True, editable=False
    )
    # Own officers alone.
    attendees = LineField(
        _("petugas yang hadir"), max_length=300, blank=True, editable=False
    )
    officers = models.PositiveSmallIntegerField(_("petugas"), null=True, editable=False)
    partners = models.PositiveSmallIntegerField(_("mitra"), null=True, editable=False)
    groups = models.PositiveSmallIntegerField(_("kelompok"), null=True, editable=False)
    volunteers = models.PositiveSmallIntegerField(
        _("Sahabat"), null=True, editable=False
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=Status,
        default=Status.INVITED,
        editable=False,
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-activity__held_on", "-pk"]
        verbose_name = _("undangan kegiatan")
        indexes = [
            models.Index(fields=["office", "status"]),
            models.Index(fields=["region", "status"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "office"],
                name="unit_is_invited_once",
                violation_error_message=_("Unit ini sudah diundang."),
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(way__isnull=False, coming__gte=1),
                name="confirmed_attendance_says_how",
                violation_error_message=_(
                    "Isi berapa orang yang akan hadir, dan caranya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    *(Q(**{f"{name}__isnull": False}) for name in COUNTS),
                    way__isnull=False,
                    status="stated",
                )
                | Q(~Q(status="stated"), **dict.fromkeys(COUNTS)),
                name="stated_attendance_is_counted",
                violation_error_message=_("Isi semua jumlahnya."),
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(reason=""),
                name="declined_attendance_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
        ]

    def __str__(self):
        return self.activity.title

    def get_absolute_url(self):
        return reverse("outreach:attendance_detail", args=[self.pk])

    def list_title(self, user) -> str:
        return _("Undangan kegiatan")

    @property
    def is_stated(self) -> bool:
        return self.status == self.Status.STATED

    @property
    def silent_since(self) -> date:
        """By the clock of whoever invited it."""
        return timezone.localdate(self.status_since, self.activity.zone)

    @property
    def owes_answer(self) -> bool:
        """As `silent` asks it of rows."""
        if self.activity.status not in OPEN:
            return False
        awaited = self.status == self.Status.CONFIRMED and self.activity.has_begun
        return awaited or self.status == self.Status.INVITED


class OfActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of activities that one sees: the office's own people, and its partners; and
        of those to which the own unit is invited."""
        invited = Attendance.objects.visible_to(user).invited().values("activity")
        seen = Activity.objects.visible_to(user).values("pk")
        return self.present().filter(Q(activity__in=seen) | Q(activity__in=invited))

    def present(self):
        return self.filter(removed_at=None)


@pghistory.track(meta=looked_up_by("activity"))
class Speaker(Record):
    """Who speaks at an activity, for whom, and of what."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="speakers", editable=False
    )
    name = LineField(_("nama"), max_length=120)
    capacity = LineField(_("jabatan dan kantor"), max_length=200)
    theme = LineField(_("tema"), max_length=200)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("narasumber")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{self.activity.get_absolute_url()}?tab=speakers#tabs"

    @property
    def office(self):
        return self.activity.office

    @property
    def office_id(self):
        return self.activity.office_id


@pghistory.track(meta=looked_up_by("activity"))
class Material(models.Model):
    """A file of what was shown and handed out."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="materials")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    caption = LineField(_("keterangan"), max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    objects = OfActivityQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("materi kegiatan")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "document"], name="document_is_material_once"
            )
        ]

    def __str__(self):
        return self.caption or self.document.name

    def get_absolute_url(self):
        return f"{self.activity.get_absolute_url()}?tab=speakers#tabs"

    @property
    def office(self):
        return self.activity.office

    @property
    def office_id(self):
        return self.activity.office_id

    @property
    def papers(self):
        """Whoever reads one file goes on to the others."""
        present = self.activity.materials.present()
        return Document.objects.filter(pk__in=present.values("document"))
