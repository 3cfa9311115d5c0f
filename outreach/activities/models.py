"""An activity, from plan to verified result."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from outreach.activities.counts import BeneficiaryCount
from outreach.activities.desks import OwnActivities
from outreach.closing.models import ClosedMonth, is_closed
from outreach.types.models import ActivityType
from partners.models import CommunityGroup, Partner, Volunteer
from partners.volunteers.models import acts_as_volunteer
from pokmas.accounts.models import User
from pokmas.audit.history import looked_up_by
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet, Regency
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.models import remembers
from pokmas.records.search import SearchQuerySet
from pokmas.words import dates
from pokmas.words.naming import first_of

# What the search looks through: one expression, so that its index is used.
WORDS = Upper(Concat("title", Value(" "), "place"))
# The last day on which an agreement was put to work, kept with the agreement.
LAST_ACTIVITY = """
    IF TG_OP <> 'INSERT' AND OLD.status IN ('verified', 'locked')
        AND OLD.superseded_on IS NULL THEN was := OLD.agreement_id; END IF;
    IF TG_OP <> 'DELETE' AND NEW.status IN ('verified', 'locked')
        AND NEW.superseded_on IS NULL THEN now := NEW.agreement_id; END IF;
    IF TG_OP = 'UPDATE' AND was = now AND NEW.held_on = OLD.held_on THEN
        RETURN NULL;
    END IF;
    UPDATE agreements_agreement SET active_on = NEW.held_on
        WHERE id = now AND (active_on IS NULL OR active_on < NEW.held_on);
    UPDATE agreements_agreement SET active_on = (
        SELECT max(held_on) FROM outreach_activity
        WHERE agreement_id = was AND superseded_on IS NULL
            AND status IN ('verified', 'locked')
    ) WHERE id = was AND active_on = OLD.held_on;
    RETURN NULL;
"""
# Those that end on a later day than they begin on, by the clock of whichever unit: the
# day ends first where the clock is ahead by nine hours. Few of all activities.
PAST_MIDNIGHT = Q(
    ends_at__gte=Func(
        "held_on",
        template="((%(expressions)s + time '15:00') AT TIME ZONE 'UTC')",
        output_field=models.DateTimeField(),
    )
)
# Few of all activities, and what people ask for most.
UNCOUNTED = Q(status__in=["planned", "reported", "returned", "cancelled"])
# What a list of activities begins with, beside what is held today.
SOON = timedelta(days=7)


def by_nearness(day: str = "held_on") -> list[tuple[Q, tuple[str, str]]]:
    """Today and the days that follow, then the past from yesterday on, then what is far
    ahead: a series of a whole year stands before nothing."""
    today = timezone.localdate()
    return [
        (Q(**{f"{day}__range": (today, today + SOON)}), (day, "pk")),
        (Q(**{f"{day}__lt": today}), (f"-{day}", "-pk")),
        (Q(**{f"{day}__gt": today + SOON}), (day, "pk")),
    ]


def hours(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """From when to when, in words."""
    start, end = (timezone.localtime(each, zone) for each in (starts_at, ends_at))
    if start.date() != end.date():
        return " – ".join(dates.date_time(each, zone) for each in (start, end))
    clock = f"{dates.clock(start)}–{dates.clock(end)} {dates.zone_name(zone)}"
    return f"{dates.date_full(start)}, {clock}"


@cache
def _first_reported() -> Subquery:
    reports = Activity.pgh_event_model.objects.filter(
        pgh_obj=OuterRef("pk"), status=Activity.Status.REPORTED
    )
    return Subquery(reports.order_by("pgh_id").values("status_since")[:1])


@cache
def _served_by_row() -> Case:
    """What was not held has no figure, not even none."""
    numbers = BeneficiaryCount.objects.filter(activity=OuterRef("pk")).order_by()
    total = numbers.values("activity").annotate(total=Sum("number"))
    held = ~Q(status__in=Activity.WITHOUT_RESULT)
    return Case(When(held, then=Coalesce(Subquery(total.values("total")), 0)))


def changes_named(codes: Iterable[str]) -> str:
    return ", ".join(str(Activity.Change(code).label) for code in codes)


class ActivityQuerySet(LifecycleQuerySet, SearchQuerySet, OfficeScopedQuerySet):
    searched = "searched_words"

    def belonging_to(self, user):
        """A partner's own activities; a volunteer sees what his unit has announced,
        and where he is on the list."""
        if acts_as_volunteer(user):
            units = Volunteer.objects.belonging_to(user).serving().values("office")
            announced = Q(status__in=[Activity.Status.PLANNED, *Activity.COUNTED])
            on_list = Q(participants__user=user) | Q(participants__volunteer__user=user)
            own = self.model.objects.filter(on_list).values("pk")
            return self.filter(Q(office__in=units) & announced | Q(pk__in=own))
        return self._with_partners(Partner.objects.belonging_to(user))

    def _with_partners(self, partners):
        among = Activity.partners.through.objects.filter(
            activity=OuterRef("pk"), partner__in=partners.values("pk")
        )
        return self.filter(Exists(among))

    def without_result(self):
        """Past sessions of which nobody has said how they went; no corrections."""
        over = self.filter(
            status=Activity.Status.PLANNED, ends_at__lt=timezone.now(), corrects=None
        )
        return over.exclude(session_result__outcome__effect="held")

    def represented_by(self, user):
        """Those in which a partner takes part for whom this person acts."""
        return self._with_partners(Partner.objects.represented_by(user))

    def for_page(self):
        return (
            self.annotate(_is_closed=is_closed(), first_reported_at=_first_reported())
            .select_related(
                "office__region",
                "office__parent",
                "type",
                "regency",
                "group",
                "agreement",
                "planned_as__item",
                "session__series",
                "programme_link",
                "session_result__outcome",
                "reported_by",
                "verified_by",
                "corrects",
            )
            .prefetch_related(
                Prefetch("partners", Partner.objects.select_related("regency"))
            )
        )

    def for_list(self):
        return (
            self.with_served()
            .select_related("office", "type", "group")
            .prefetch_related("partners")
        )

    def with_served(self):
        """Adds `served`; reckoned for the rows that are read, not for all."""
        return self.annotate(served=_served_by_row())

    def served(self) -> int:
        """How many people these activities served together."""
        held = self.exclude(status__in=Activity.WITHOUT_RESULT).order_by()
        rows = BeneficiaryCount.objects.filter(activity__in=held.values("pk"))
        return rows.aggregate(total=Sum("number", default=0))["total"]

    def unfinished(self):
        """After a merger what was verified stays with the unit that did it."""
        return super().unfinished().exclude(status__in=Activity.COUNTED)

    def unsettled(self):
        """Until a report has locked it, also what was verified."""
        return super().unfinished()

    def counted(self):
        """Those that count in figures: verified, or locked by an accepted report."""
        return self.filter(status__in=Activity.COUNTED, superseded_on=None)

    def unverified(self):
        """Those handed in that nobody has verified yet."""
        return self.filter(
            status__in=[Activity.Status.REPORTED, Activity.Status.RETURNED]
        )

    def accepted(self):
        """Those that accepted reports counted, whatever was corrected since.

        A correction too, if it moved an activity into a month that was open by then.
        """
        in_time = is_closed(closed_at__gt=OuterRef("status_since"))
        locked = self.filter(status=Activity.Status.LOCKED)
        return locked.filter(Q(correction="") | Q(in_time))

    def corrections(self):
        """Those that were put on record, or opened, after their month was closed."""
        return self.exclude(correction="")

    def for_correction_list(self):
        """With `served`, and what was corrected: `served_before`, `held_before`."""
        numbers = BeneficiaryCount.objects.filter(activity=OuterRef("corrects"))
        before = numbers.order_by().values("activity").annotate(total=Sum("number"))
        rows = self.with_served().annotate(
            served_before=before.values("total"), held_before=F("corrects__held_on")
        )
        return rows.order_by("held_on", "pk")

    def in_month(self, month: date):
        """Those held in the month of the day `month`, in their unit's own zone."""
        first = month.replace(day=1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return self.filter(held_on__gte=first, held_on__lt=after)

    def matching(self, meanings):
        """By title and place."""
        return super(ActivityQuerySet, self.alias(searched_words=WORDS)).matching(
            meanings
        )


@pghistory.track()
class Activity(OwnActivities, OfficeScoped, Lifecycle, Record):
    """One activity of an office, mostly with partners, from plan to verified result."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Rencana")
        REPORTED = "reported", _("Dilaporkan")
        RETURNED = "returned", _("Perlu perbaikan")
        VERIFIED = "verified", _("Diverifikasi")
        LOCKED = "locked", _("Dikunci")
        CANCELLED = "cancelled", _("Dibatalkan")

    URLS = "outreach:"
    NAMED_BY = "title"
    TONES = {
        Status.PLANNED: "info",
        Status.REPORTED: "info",
        Status.RETURNED: "warn",
        Status.VERIFIED: "good",
    }
    COUNTED = (Status.VERIFIED, Status.LOCKED)
    WITHOUT_RESULT = (Status.PLANNED, Status.CANCELLED)
    REASONS = {Status.RETURNED: _("Yang perlu diperbaiki")}
    WAY = (Status.PLANNED, Status.REPORTED, Status.VERIFIED, Status.LOCKED)
    TRANSITIONS = {
        Status.PLANNED: {Status.REPORTED, Status.CANCELLED},
        Status.REPORTED: {Status.VERIFIED, Status.RETURNED},
        Status.RETURNED: {Status.REPORTED, Status.CANCELLED},
        Status.VERIFIED: {Status.LOCKED, Status.RETURNED},
        Status.CANCELLED: {Status.PLANNED},
    }
    OVER = (Status.CANCELLED,)

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("Tatap muka")
        ONLINE = "online", _("Daring")
        HYBRID = "hybrid", _("Hibrida")

    class Approach(models.TextChoices):
        EDUCATION = "education", _("Edukasi")
        COMMUNICATION = "communication", _("Komunikasi")
        COLLABORATION = "collaboration", _("Kolaborasi")
        EMPOWERMENT = "empowerment", _("Kerja sama pemberdayaan")

    class Funding(models.TextChoices):
        NONE = "none", _("Tanpa biaya")
        DIPA = "dipa", _("DIPA satuan kerja")
        PNBP = "pnbp", _("PNBP")
        APBD = "apbd", _("APBD")
        PARTNER = "partner", _("Swadaya mitra")
        CSR = "csr", _("Tanggung jawab sosial perusahaan (CSR)")
        DONATION = "donation", _("Donasi")
        MIXED = "mixed", _("Gabungan")

    class Change(models.TextChoices):
        INDIVIDUAL = "individual", _("Individu")
        INSTITUTION = "institution", _("Lembaga")
        POLICY = "policy", _("Kebijakan")

    type = models.ForeignKey(
        ActivityType, models.PROTECT, related_name="+", verbose_name=_("jenis kegiatan")
    )
    title = LineField(_("nama kegiatan"), max_length=200)
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    # The day in the unit's own time zone: what figures and months are counted by.
    held_on = models.DateField(_("tanggal"), editable=False)
    mode = models.CharField(_("cara"), max_length=8, choices=Mode, default=Mode.ON_SITE)
    place = LineField(_("tempat"), max_length=200)
    regency = models.ForeignKey(
        Regency, models.PROTECT, related_name="+", verbose_name=_("kabupaten/kota")
    )
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="activities", verbose_name=_("mitra")
    )
    group = models.ForeignKey(
        CommunityGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("kelompok"),
        db_index=False,
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("kerja sama"),
        db_index=False,
    )
    approach = models.CharField(
        _("pendekatan"), max_length=14, choices=Approach, blank=True
    )
    changes_sought = ArrayField(
        models.CharField(max_length=11, choices=Change),
        verbose_name=_("perubahan yang diupayakan"),
        default=list,
        blank=True,
    )
    expected = models.PositiveIntegerField(_("target peserta"), null=True, blank=True)
    # When and where it was to be held when it was put on record, if ahead of it.
    planned_on = models.DateField(_("rencana semula"), null=True, editable=False)
    planned_place = LineField(
        _("tempat semula"), max_length=200, blank=True, editable=False
    )
    funding = models.CharField(
        _("sumber biaya"), max_length=8, choices=Funding, default=Funding.NONE
    )
    cost = models.DecimalField(
        _("biaya (Rp)"), max_digits=14, decimal_places=0, null=True, blank=True
    )
    output = models.TextField(_("hasil"), max_length=4000, blank=True)
    obstacles = models.TextField(_("kendala"), max_length=2000, blank=True)
    follow_up = models.TextField(_("tindak lanjut"), max_length=2000, blank=True)
    officers = models.PositiveSmallIntegerField(_("jumlah petugas"), default=0)
    instructors = models.PositiveSmallIntegerField(_("jumlah narasumber"), default=0)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.PLANNED,
        editable=False,
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    # Why it came after its month was closed; not empty marks a correction.
    correction = models.TextField(
        _("alasan koreksi"), max_length=1000, blank=True, editable=False
    )
    # The day it was verified as one: the report of that month states it.
    corrected_on = models.DateField(_("koreksi dihitung"), null=True, editable=False)
    # The locked activity in whose place it is counted, and for that one, since when.
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="replacements",
        editable=False,
        verbose_name=_("koreksi atas"),
    )
    superseded_on = models.DateField(_("diganti koreksi"), null=True, editable=False)
    # The reporter's word that no photo shows the face or identity of a child or inmate.
    is_declared = models.BooleanField(_("pernyataan"), default=False, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-held_on", "-pk"]
        verbose_name = _("kegiatan")
        indexes = [
            models.Index(fields=["region", "-held_on", "-id"]),
            models.Index(fields=["office", "-held_on", "-id"]),
            models.Index(fields=["-held_on", "-id"]),
            models.Index(
                fields=["office", "corrected_on"],
                condition=~Q(correction=""),
                name="activity_corrections",
            ),
            models.Index(
                fields=["office", "status", "status_since"],
                condition=UNCOUNTED,
                name="activity_awaited",
            ),
            models.Index(
                fields=["office", "status", "-held_on", "-id"],
                condition=UNCOUNTED,
                name="activity_left_of_office",
            ),
            models.Index(
                fields=["region", "status", "-held_on", "-id"],
                condition=UNCOUNTED,
                name="activity_left_of_region",
            ),
            models.Index(
                fields=["status", "-held_on", "-id"],
                condition=UNCOUNTED,
                name="activity_left",
            ),
            models.Index(
                fields=["held_on"], condition=PAST_MIDNIGHT, name="activity_long"
            ),
            *(
                models.Index(
                    fields=[scope, "held_on"],
                    condition=PAST_MIDNIGHT,
                    name=f"activity_long_of_{scope}",
                )
                for scope in ("office", "region")
            ),
            # Which groups and agreements were active within a year: of all at once.
            models.Index(
                fields=["group", "held_on"],
                include=["region", "status", "superseded_on"],
                condition=Q(group__isnull=False),
                name="activity_of_group",
            ),
            models.Index(
                fields=["agreement", "held_on"],
                include=["region", "status", "superseded_on"],
                condition=Q(agreement__isnull=False),
                name="activity_of_agreement",
            ),
            GinIndex(
                OpClass(WORDS, name="gin_trgm_ops"),
                name="activity_words",
                fastupdate=False,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="activity_times_in_order",
                violation_error_message=_("Waktu selesai sebelum waktu mulai."),
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0),
                name="activity_cost_not_negative",
                violation_error_message=_("Biaya tidak boleh kurang dari nol."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "cancelled"]) | ~Q(output=""),
                name="reported_activity_has_output",
                violation_error_message=_("Hasil kegiatan wajib diisi."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "cancelled"]) | Q(is_declared=True),
                name="reported_activity_is_declared",
                violation_error_message=_("Pernyataan tentang foto wajib disetujui."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["returned", "cancelled"]) | ~Q(reason=""),
                name="activity_refusal_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=~Q(status="cancelled"),
                name="activity_corrected_once",
                violation_error_message=_("Kegiatan ini sudah dikoreksi."),
            ),
            models.CheckConstraint(
                condition=Q(corrected_on=None, corrects=None) | ~Q(correction=""),
                name="activity_correction_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
        ]
        triggers = [
            *OfficeScoped.Meta.triggers,
            remembers("title", "place"),
            pgtrigger.Trigger(
                name="keeps_agreement_active",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.After,
                declare=[("was", "bigint"), ("now", "bigint")],
                func=LAST_ACTIVITY,
            ),
            pgtrigger.Protect(
                name="locked_is_final",
                operation=pgtrigger.UpdateOf(
                    "status", "type_id", "title", "starts_at", "ends_at", "held_on"
                ),
                condition=pgtrigger.Q(old__status="locked"),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("outreach:detail", args=[self.pk])

    def get_status_display(self):
        """A correction of what is over is no plan, though it is not reported yet."""
        if self.correction and self.status == self.Status.PLANNED and self.has_begun:
            return _("Belum dilaporkan")
        return self.Status(self.status).label

    @property
    def has_result(self) -> bool:
        """Whether anything came of it that may be shown."""
        return self.status not in self.WITHOUT_RESULT

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_counted(self) -> bool:
        return self.status in self.COUNTED

    @property
    def was_reported(self) -> bool:
        """Whether figures of it stand, if only those that a correction began with."""
        return self.reported_by_id is not None or self.corrects_id is not None

    def reason_for(self, user):
        """What is wrong with a report is written to whoever reports; a volunteer does
        not."""
        if self.status == self.Status.RETURNED and acts_as_volunteer(user):
            return ""
        return super().reason_for(user)

    def own_people(self):
        """Who acts for the partners that take part, who planned and who reported it."""
        people = User.objects.filter(
            representations__partner__in=self.partners.values("pk"),
            representations__ended_on=None,
        )
        return {*people.distinct(), self.created_by, self.reported_by} - {None}

    def lock(self):
        self.__dict__.pop("_is_closed", None)
        super().lock()

    @property
    def takes_changes(self) -> bool:
        """Whether its month is open, or it is a correction."""
        return bool(self.correction) or not self.is_in_closed_month

    @property
    def is_in_closed_month(self) -> bool:
        """Asked once a lock."""
        if "_is_closed" not in self.__dict__:
            closed = ClosedMonth.objects.cover(self.office_id, self.held_on)
            self.__dict__["_is_closed"] = closed
        return self.__dict__["_is_closed"]

    @property
    def replacement(self) -> "Activity | None":
        """What is, or once verified will be, counted in its place."""
        if self.status != self.Status.LOCKED:
            return None
        return self.replacements.exclude(status=self.Status.CANCELLED).first()

    def get_changes_sought_display(self) -> str:
        return changes_named(self.changes_sought)

    @property
    def is_moved(self) -> bool:
        """Whether it was held on another day, or elsewhere, than first planned."""
        return self.planned_on is not None and (
            (self.planned_on, self.planned_place) != (self.held_on, self.place)
        )

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its unit: its times are typed, shown and counted in it."""
        return self.office.tzinfo

    @property
    def when(self) -> str:
        """Sabtu, 21 November 2026, 09.00–12.00 WITA"""
        return hours(self.starts_at, self.ends_at, self.zone)

    @property
    def company(self) -> str:
        """Whom it is held with, for a row of a list; partners are prefetched."""
        names = [partner.name for partner in self.partners.all()]
        if self.group:
            names.insert(0, self.group.name)
        return first_of(names, 2)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    meta=looked_up_by("activity"),
)
class Participation(Activity.partners.through):
    """That a partner takes part in an activity: here for its history alone."""

    class Meta:
        proxy = True
        verbose_name = _("keikutsertaan mitra")
