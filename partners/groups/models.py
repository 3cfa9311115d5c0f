"""A community group (Pokmas Lipas) and its members."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Lower, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.registry.models import Partner, Partnership
from pokmas.accounts.models import User
from pokmas.documents.models import Document
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records import days
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.models import remembers
from pokmas.records.search import SearchQuerySet
from pokmas.words import dates


class CommunityGroupQuerySet(LifecycleQuerySet, SearchQuerySet, OfficeScopedQuerySet):
    def belonging_to(self, user):
        return self._with(Partner.objects.belonging_to(user))

    def represented_by(self, user):
        return self._with(Partner.objects.represented_by(user))

    def _with(self, partners):
        members = GroupMembership.objects.current().filter(
            group=OuterRef("pk"), partnership__partner__in=partners
        )
        return self.filter(Exists(members))

    def for_page(self):
        return self.select_related(
            "office__parent",
            "office__region",
            "field",
            "decree",
            "dissolution_decree",
            "assessed_by",
        )

    def for_list(self):
        """With `members`: how many working partners the group has.

        Counted for the rows that are read, not for all.
        """
        members = GroupMembership.objects.current().filter(
            group=OuterRef("pk"), partnership__status__in=Partnership.WORKING
        )
        counted = members.order_by().values("group").annotate(many=Count("pk"))
        return (
            self.select_related("office", "field")
            .defer("search_text", "active_days")
            .annotate(members=Coalesce(Subquery(counted.values("many")), 0))
        )

    def active_on(self, day):
        """Those that were active when `day` ended."""
        return self.filter(active_days__include=day)

    def formed(self):
        """Those that a decree calls into being and that still work."""
        return self.filter(
            status__in=[
                CommunityGroup.Status.ESTABLISHED,
                CommunityGroup.Status.ACTIVE,
            ]
        )

    def unfinished(self):
        return self.exclude(status__in=CommunityGroup.CLOSED)


@pghistory.track(exclude=["search_text", "active_days"])
class CommunityGroup(OfficeScoped, Lifecycle, Record):
    """A Pokmas Lipas: partners in one field, formed by decree of a head of unit."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Usulan")
        ASSESSED = "assessed", _("Asesmen")
        ESTABLISHED = "established", _("Ditetapkan")
        ACTIVE = "active", _("Aktif")
        DORMANT = "dormant", _("Tidak aktif")
        DISSOLVED = "dissolved", _("Dibubarkan")
        WITHDRAWN = "withdrawn", _("Ditarik")

    URLS = "partners:group_"
    NAMED_BY = "name"
    TONES = {
        Status.ASSESSED: "info",
        Status.ESTABLISHED: "good",
        Status.ACTIVE: "good",
        Status.DORMANT: "warn",
        Status.WITHDRAWN: "bad",
    }
    # Written for the head of the unit, not for the members.
    HISTORY_HIDDEN = {"assessment"}
    BETWEEN_OFFICERS = frozenset({"sent_back", "decree_undone"})
    CLOSED = (Status.DISSOLVED, Status.WITHDRAWN)
    WAY = (Status.PROPOSED, Status.ASSESSED, Status.ESTABLISHED, Status.ACTIVE)
    TRANSITIONS = {
        Status.PROPOSED: {Status.ASSESSED, Status.WITHDRAWN},
        Status.ASSESSED: {Status.ESTABLISHED, Status.PROPOSED, Status.WITHDRAWN},
        Status.ESTABLISHED: {
            Status.ACTIVE,
            Status.ASSESSED,
            Status.DISSOLVED,
            Status.WITHDRAWN,
        },
        Status.ACTIVE: {Status.DORMANT, Status.DISSOLVED},
        Status.DORMANT: {Status.ACTIVE, Status.DISSOLVED},
    }

    name = LineField(_("nama kelompok"), max_length=150)
    field = models.ForeignKey(
        Field, models.PROTECT, related_name="groups", verbose_name=_("bidang")
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status,
        default=Status.PROPOSED,
        editable=False,
    )
    partnerships = models.ManyToManyField(
        Partnership, through="GroupMembership", related_name="groups"
    )
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    assessment = models.TextField(_("hasil asesmen"), max_length=2000, blank=True)
    decree_number = LineField(_("nomor SK"), max_length=80, blank=True)
    decree_on = models.DateField(_("tanggal SK"), null=True, blank=True)
    decree = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("berkas SK"),
    )
    # Where and when it is to be inaugurated: what the invitation says.
    ceremony_at = models.DateTimeField(_("waktu pengukuhan"), null=True, blank=True)
    ceremony_place = LineField(_("tempat pengukuhan"), max_length=150, blank=True)
    inaugurated_on = models.DateField(_("tanggal pengukuhan"), null=True, blank=True)
    inaugurated_by = LineField(_("dikukuhkan oleh"), max_length=120, blank=True)
    dissolution_number = LineField(_("nomor SK pembubaran"), max_length=80, blank=True)
    dissolved_on = models.DateField(_("tanggal SK pembubaran"), null=True, blank=True)
    dissolution_decree = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("berkas SK pembubaran"),
    )
    active_days = days.DaysField()
    search_text = models.GeneratedField(
        expression=Upper(Concat("name", Value(" "), "decree_number")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = CommunityGroupQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = [Lower("name"), "pk"]
        verbose_name = _("kelompok")
        indexes = [
            models.Index(fields=["region", "-created_at", "-id"]),
            models.Index(fields=["office", "-created_at", "-id"]),
            models.Index(fields=["-created_at", "-id"]),
            models.Index("region", Lower("name"), "id", name="group_names_of_region"),
            models.Index("office", Lower("name"), "id", name="group_names_of_office"),
            models.Index(Lower("name"), "id", name="group_names"),
            GinIndex(
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                name="group_search",
                fastupdate=False,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "office",
                Upper("name"),
                # A proposal that was made wrongly may be made again.
                condition=~Q(status="withdrawn"),
                name="group_name_once_per_unit",
                violation_error_message=_(
                    "Unit ini sudah punya kelompok bernama sama."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "assessed", "withdrawn"])
                | (
                    ~Q(decree_number="")
                    & Q(decree_on__isnull=False)
                    & Q(decree__isnull=False)
                ),
                name="established_group_has_decree",
                violation_error_message=_(
                    "Nomor, tanggal, dan berkas SK wajib ada untuk menetapkan kelompok."
                ),
            ),
            models.CheckConstraint(
                condition=Q(inaugurated_on=None)
                | Q(inaugurated_on__gte=F("decree_on")),
                name="group_inaugurated_after_decree",
                violation_error_message=_(
                    "Tanggal pengukuhan tidak boleh sebelum tanggal SK."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="active") | Q(inaugurated_on__isnull=False),
                name="active_group_is_inaugurated",
                violation_error_message=_("Tanggal pengukuhan wajib diisi."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["dormant", "dissolved", "withdrawn"])
                | ~Q(reason=""),
                name="resting_group_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
            models.CheckConstraint(
                condition=~Q(status="dissolved")
                | (
                    ~Q(dissolution_number="")
                    & Q(dissolved_on__gte=F("decree_on"))
                    & Q(dissolution_decree__isnull=False)
                ),
                name="dissolved_group_has_decree",
                violation_error_message=_(
                    "Nomor, tanggal, dan berkas SK pembubaran wajib ada, dan "
                    "tanggalnya tidak boleh sebelum SK penetapan."
                ),
            ),
        ]
        triggers = [
            *OfficeScoped.Meta.triggers,
            remembers("name"),
            days.kept(
                "active_days",
                at="active",
                since="inaugurated_on",
                until="dissolved_on",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partners:group_detail", args=[self.pk])

    @property
    def ceremony_said(self) -> str:
        """When and where it is to be inaugurated, by the clock of its unit."""
        when = dates.date_time(self.ceremony_at, self.office.tzinfo)
        return f"{when}, {self.ceremony_place}"

    def own_people(self):
        """Who acts for the partners in the group."""
        return User.objects.filter(
            representations__ended_on=None,
            representations__partner__partnerships__memberships__in=(
                self.memberships.current()
            ),
        ).distinct()


class GroupMembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ends_on=None)

    def ranked(self):
        """In the order that people expect, the chair first."""
        places = enumerate(GroupMembership.Role)
        rank = Case(*(When(role=role, then=place) for place, role in places))
        return self.order_by(rank, Lower("partnership__partner__name"), "pk")

    def on(self, day):
        """Those that held when `day` ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


@pghistory.track()
class GroupMembership(models.Model):
    """A partner's place in a group, with its term."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Ketua")
        SECRETARY = "secretary", _("Sekretaris")
        TREASURER = "treasurer", _("Bendahara")
        COORDINATOR = "coordinator", _("Koordinator bidang")
        MEMBER = "member", _("Anggota")

    group = models.ForeignKey(
        CommunityGroup, models.PROTECT, related_name="memberships"
    )
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="memberships", verbose_name=_("mitra")
    )
    role = models.CharField(
        _("kedudukan"), max_length=12, choices=Role, default=Role.MEMBER
    )
    starts_on = models.DateField(_("mulai"), default=timezone.localdate)
    ends_on = models.DateField(_("sampai"), null=True, blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["role", "pk"]
        verbose_name = _("keanggotaan")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "partnership"],
                condition=Q(ends_on=None),
                name="partner_once_in_group",
                violation_error_message=_("Mitra ini sudah menjadi anggota kelompok."),
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(ends_on=None, role="chair"),
                name="one_chair_per_group",
                violation_error_message=_("Kelompok ini sudah punya ketua."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_dates_in_order",
                violation_error_message=_("Tanggal akhir sebelum tanggal mulai."),
            ),
        ]

    def __str__(self):
        return f"{self.partnership} · {self.group}"
