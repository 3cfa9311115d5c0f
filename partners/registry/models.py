"""A partner of the nation, its partnership with each unit, and who acts for it."""

from datetime import date, timedelta

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Concat, Lower, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.kinds.models import PartnerKind
from partners.registry.keys import PlainName, number_key, phone_key, tax_key
from pokmas.accounts.desks import OwnDesk
from pokmas.accounts.privacy import CONTACT
from pokmas.accounts.roles import Role
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document, new_code
from pokmas.offices.models import (
    Office,
    OfficeScoped,
    OfficeScopedQuerySet,
    Regency,
    office_today,
)
from pokmas.records import days
from pokmas.records.counts import many
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.models import remembers
from pokmas.records.search import SearchQuerySet

# What is submitted has a name, a leader and an address; a draft may lack them, also one
# that was thrown away.
INCOMPLETE = """
    RAISE EXCEPTION 'a submitted partner is complete' USING ERRCODE = 'check_violation';
"""


# Nothing is pointed at a partner that was merged, also by two mergers at once: the row
# that is looked at is held, so that what another transaction does to it is known.
MERGED = """
    RAISE EXCEPTION 'that partner was merged with another' USING
        ERRCODE = 'check_violation',
        TABLE = 'partners_partner', CONSTRAINT = 'partner_merged_into_another';
"""


class PartnerQuerySet(SearchQuerySet):
    def visible_to(self, user):
        """Those with a partnership that this person may see."""
        return self._with(Partnership.objects.visible_to(user))

    def working_for(self, user):
        """Those with whom this person's office may agree on or do something."""
        return self._with(Partnership.objects.visible_to(user).working())

    def _with(self, partnerships):
        return self.filter(Exists(partnerships.filter(partner=OuterRef("pk"))))

    def belonging_to(self, user):
        """Those for which this person acts in the role that he acts in now; outside of
        a request in whatever role."""
        acting = getattr(user, "acting", None)
        return self.represented_by(user, **({"role": acting.role} if acting else {}))

    def represented_by(self, user, **how):
        """Those for which this person acts, in whatever role or as `how` says."""
        acts = Representative.objects.current().filter(user=user, **how)
        return self.filter(Exists(acts.filter(partner=OuterRef("pk"))))


def _kept(expression) -> models.GeneratedField:
    """A column in which the database keeps what it makes of another."""
    return models.GeneratedField(
        expression=expression, output_field=models.TextField(), db_persist=True
    )


# What the database makes of other columns: no history, and no need to read it.
MADE = [
    *("search_text", "plain_name", "plain_leader", "plain_village"),
    *("number_key", "tax_key"),
]


# What a registration is called that has no name yet.
UNNAMED = _("Pendaftaran baru")


@pghistory.track(exclude=MADE)
class Partner(Record):
    """An organisation or person that works with units: one record of the nation."""

    # Whose changes the history tells only to those who may see contact data.
    HISTORY_PRIVATE = {"address": "partners.view_contact"}

    reference = LineField(
        _("nomor pendaftaran"), max_length=14, unique=True, default=new_code
    )
    kind = models.ForeignKey(
        PartnerKind,
        models.PROTECT,
        to_field="code",
        db_column="kind",
        related_name="partners",
        verbose_name=_("jenis mitra"),
    )
    name = LineField(_("nama mitra"), max_length=150)
    registration_number = LineField(
        _("nomor badan hukum atau NIB"), max_length=60, blank=True
    )
    tax_number = LineField(_("NPWP"), max_length=30, blank=True)
    leader_name = LineField(_("nama pimpinan"), max_length=120)
    leader_position = LineField(_("jabatan pimpinan"), max_length=80)
    address = LineField(_("alamat"), max_length=250)
    village = LineField(_("desa atau kelurahan"), max_length=80, blank=True)
    regency = models.ForeignKey(
        Regency, models.PROTECT, related_name="+", verbose_name=_("kabupaten/kota")
    )
    # It was found to be the same as another one, and whatever it had is that one's now.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", editable=False
    )
    merged_at = models.DateTimeField(_("digabung"), null=True, editable=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    search_text = _kept(
        Upper(
            Concat(
                "name",
                Value(" "),
                "leader_name",
                Value(" "),
                "village",
                Value(" "),
                "registration_number",
                Value(" "),
                "reference",
            )
        )
    )
    # By these it is known again.
    plain_name = _kept(PlainName("name"))
    plain_leader = _kept(PlainName("leader_name"))
    plain_village = _kept(PlainName("village"))
    number_key = _kept(number_key("registration_number"))
    tax_key = _kept(tax_key("tax_number"))

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name"), "pk"]
        verbose_name = _("mitra")
        indexes = [
            models.Index(Lower("name"), "id", name="partner_names"),
            GinIndex(
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                name="partner_search",
                fastupdate=False,
            ),
            GinIndex(
                fields=["plain_name"],
                opclasses=["gin_trgm_ops"],
                name="partner_plain_names",
                fastupdate=False,
            ),
            models.Index(
                fields=["number_key"],
                condition=~Q(number_key=""),
                name="partner_number_keys",
            ),
            models.Index(
                fields=["tax_key"], condition=~Q(tax_key=""), name="partner_tax_keys"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")),
                name="partner_merged_into_another",
                violation_error_message=_("Mitra ini sudah digabung dengan yang lain."),
            ),
        ]
        triggers = [
            remembers("name", "leader_name", "village"),
            pgtrigger.Trigger(
                name="merged_into_one_that_stays",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("merged_into_id"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__merged_into__isnull=False),
                func=f"""
                    PERFORM FROM partners_partner
                        WHERE id = NEW.merged_into_id AND merged_into_id IS NULL
                        FOR SHARE;
                    IF NOT FOUND OR EXISTS (
                        SELECT FROM partners_partner WHERE merged_into_id = NEW.id
                    ) THEN
                        {MERGED}
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="complete_once_submitted",
                operation=pgtrigger.UpdateOf("name", "leader_name", "address"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__name="")
                | pgtrigger.Q(new__leader_name="")
                | pgtrigger.Q(new__address=""),
                func=f"""
                    IF EXISTS (SELECT FROM partners_partnership
                               WHERE partner_id = NEW.id
                               AND status NOT IN ('draft', 'withdrawn')) THEN
                        {INCOMPLETE}
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.name or str(UNNAMED)

    def get_absolute_url(self):
        return reverse("partners:partner", args=[self.pk])

    def at(self, office) -> "Partnership | None":
        """Its partnership with the office or with one below; one that works, if any,
        and then the office's own.

        What a merged office had goes on with its successor.
        """
        if found := self.ranked_at(office).select_related("office").first():
            return found
        return self.at(office.successor) if office.successor else None

    def ranked_at(self, office) -> models.QuerySet:
        """Its partnerships there and below, the one that counts first."""
        below = Office.objects.under(office).order_by()
        works, own = Q(status__in=Partnership.WORKING), Q(office=office)
        ranks = [Case(When(each, then=0), default=1) for each in (works, own)]
        return self.partnerships.filter(office__in=below).order_by(*ranks, "-pk")


# What is said to whom it concerns with its reason.
REASONED = ["returned", "sent_back", "declined", "withdrawn", "suspended", "ended"]
# Steps of whoever registers: the partner itself, or the officer who entered it.
OF_APPLICANTS = {"submit", "correct", "withdraw"}


class PartnershipQuerySet(LifecycleQuerySet, SearchQuerySet, OfficeScopedQuerySet):
    searched = "partner__search_text"

    def visible_to(self, user):
        """An applicant's draft is seen by nobody else until it is submitted, and never
        if he threw it away."""
        rows = super().visible_to(user)
        if user.acting is None or user.acting.is_community:
            return rows
        return rows.exclude(
            Q(status=Partnership.Status.DRAFT)
            | Q(status=Partnership.Status.WITHDRAWN, submitted_on=None),
            is_self_registered=True,
        )

    def belonging_to(self, user):
        return self.filter(partner__in=Partner.objects.belonging_to(user))

    def represented_by(self, user, **how):
        return self.filter(partner__in=Partner.objects.represented_by(user, **how))

    def for_list(self):
        rows = self.select_related("office", "partner__regency", "partner__kind")
        made = [f"partner__{name}" for name in MADE]
        return rows.defer(*made, "phone_key", "active_days")

    def with_declared(self):
        """With `declared_many`, for pages that only read."""
        own = self.model.objects.filter(pk=OuterRef("pk"))
        return self.annotate(declared_many=many(own.filter(declared__isnull=False)))

    def for_page(self):
        """With `field_names`: what one page shows, read at once."""
        names = Field.objects.filter(partnerships=OuterRef("pk")).values("name")
        own = self.model.objects.filter(pk=OuterRef("pk"))
        return self.select_related(
            "office__parent",
            "office__region",
            "partner__kind",
            "partner__regency__province",
            "submitted_by",
            "handler",
        ).annotate(
            field_names=ArraySubquery(names),
            is_visited=Exists(own.filter(visits__isnull=False)),
            is_examined=Exists(own.filter(findings__isnull=False)),
        )

    def unfinished(self):
        """All but those that came to an end: a merged unit's successor goes on."""
        return self.exclude(status__in=Partnership.CLOSED)

    def clashing_with(self, office):
        """Whose partner that office has a running partnership with, too."""
        there = self.model.objects.filter(office=office).unfinished()
        return self.filter(partner__in=there.values("partner"))

    def active_on(self, day):
        """Those that were active when `day` ended."""
        return self.filter(active_days__include=day)

    def to_be_reexamined(self):
        """Those that work and whose approval ends soon, or is over."""
        soon = office_today(ahead=Partnership.DUE_DAYS)
        return self.working().filter(approved_until__lte=soon)

    def approved(self):
        """Those that work on an approval that is not over."""
        holds = Q(approved_until=None) | Q(approved_until__gte=office_today())
        return self.working().filter(holds)

    def working(self):
        """Those with whom an agreement may be made or an activity held."""
        return self.filter(status__in=Partnership.WORKING)


@pghistory.track(exclude=["active_days", "phone_key"])
class Partnership(OwnDesk, OfficeScoped, Lifecycle, Record):
    """That a partner works with a unit, from the registration there to the end."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        VERIFYING = "verifying", _("Diverifikasi")
        RETURNED = "returned", _("Perlu perbaikan")
        PROPOSED = "proposed", _("Diusulkan")
        SENT_BACK = "sent_back", _("Usulan dikembalikan")
        DECLINED = "declined", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Ditarik")
        APPROVED = "approved", _("Disetujui")
        ACTIVE = "active", _("Aktif")
        SUSPENDED = "suspended", _("Ditangguhkan")
        ENDED = "ended", _("Berakhir")

    # Whose changes the history tells only to those who may see contact data.
    HISTORY_PRIVATE = dict.fromkeys(
        ("contact_name", "phone", "email"), "partners.view_contact"
    )
    # What the nation knows of it is told with it.
    HISTORY_WITH = "partner"
    HISTORY_RIGHT = "partners.view_partner"
    URLS = "partners:"
    NAMED_BY = "partner__name"
    TONES = {
        Status.SUBMITTED: "info",
        Status.VERIFYING: "info",
        Status.RETURNED: "warn",
        Status.PROPOSED: "info",
        Status.SENT_BACK: "warn",
        Status.DECLINED: "bad",
        Status.APPROVED: "good",
        Status.ACTIVE: "good",
        Status.SUSPENDED: "warn",
    }
    BETWEEN_OFFICERS = frozenset(
        {"sent_back", "examine_again", "proposal_sent_back", "proposal_dropped"}
    )
    # A Kanwil and headquarters have partners for what they agree on themselves.
    OWN_OFFICE = frozenset(
        {
            "partners.add_partner",
            "partners.change_partner",
            "partners.submit_partner",
            "partners.discard_partner",
            "partners.verify_partner",
            "partners.approve_partner",
            "partners.suspend_partner",
        }
    )
    # Whoever began it goes on with it, wherever he serves.
    OF_EACH_OFFICE = frozenset(
        {"discard", "mend_proposal", "propose_again", "drop_proposal"}
    )
    REASONS = {
        Status.SUBMITTED: _("Yang perlu diperiksa lagi"),
        Status.RETURNED: _("Yang perlu diperbaiki"),
        Status.SENT_BACK: _("Yang perlu diperbaiki"),
    }
    IN_VETTING = (
        Status.DRAFT,
        Status.SUBMITTED,
        Status.VERIFYING,
        Status.RETURNED,
        Status.PROPOSED,
        Status.SENT_BACK,
        Status.DECLINED,
        Status.WITHDRAWN,
    )
    WORKING = (Status.APPROVED, Status.ACTIVE)
    # So many days before its approval ends it is examined again.
    DUE_DAYS = 90
    CLOSED = (Status.DECLINED, Status.WITHDRAWN, Status.ENDED)
    WAY = (
        *(Status.DRAFT, Status.SUBMITTED, Status.VERIFYING),
        *(Status.APPROVED, Status.ACTIVE),
    )
    TRANSITIONS = {
        Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.SUBMITTED: {Status.VERIFYING, Status.DRAFT, Status.WITHDRAWN},
        Status.VERIFYING: {
            *(Status.APPROVED, Status.RETURNED, Status.DECLINED),
            Status.SUBMITTED,  # back to who examines
        },
        Status.RETURNED: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.PROPOSED: {Status.APPROVED, Status.SENT_BACK, Status.DECLINED},
        Status.SENT_BACK: {Status.PROPOSED, Status.WITHDRAWN},
        Status.APPROVED: {Status.ACTIVE, Status.ENDED},
        Status.ACTIVE: {Status.SUSPENDED, Status.ENDED},
        Status.SUSPENDED: {Status.ACTIVE, Status.ENDED},
    }

    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        related_name="partnerships",
        verbose_name=_("mitra"),
        editable=False,
    )
    contact_name = LineField(_("nama narahubung"), max_length=120)
    phone = LineField(_("nomor telepon"), max_length=20)
    phone_key = _kept(phone_key("phone"))
    email = models.EmailField(_("alamat surel"), blank=True)
    fields = models.ManyToManyField(
        Field, related_name="partnerships", verbose_name=_("bidang")
    )
    services = models.TextField(_("layanan yang ditawarkan"), max_length=2000)
    capacity = models.PositiveIntegerField(
        _("kapasitas per bulan (orang)"), null=True, blank=True
    )
    # Registered in the portal by its own representative, not by an officer.
    is_self_registered = models.BooleanField(
        _("mendaftar sendiri"), default=False, editable=False
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    # Its examination asks what was asked on this day.
    submitted_on = models.DateField(_("diajukan pada"), null=True, editable=False)
    # The officer who has the examination in hand; nobody's as long as it is empty.
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("petugas pemeriksa"),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, editable=False)
    # The last day of the approval, and the examination that asks for another term.
    approved_until = models.DateField(
        _("persetujuan berlaku sampai"), null=True, editable=False
    )
    reexamined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    reexamined_on = models.DateField(_("diperiksa ulang"), null=True, editable=False)
    active_days = days.DaysField()

    objects = PartnershipQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["pk"]
        verbose_name = _("kemitraan")
        indexes = [
            models.Index(fields=["region", "-created_at", "-id"]),
            models.Index(fields=["office", "-created_at", "-id"]),
            models.Index(fields=["-created_at", "-id"]),
            models.Index(
                fields=["region", "office"],
                include=["active_days", "id"],
                name="partnership_by_days",
            ),
            models.Index(
                fields=["status", "-created_at", "-id"],
                condition=~Q(status="active"),
                name="partnership_rare_status",
            ),
            models.Index(
                fields=["phone_key"],
                condition=~Q(phone_key=""),
                name="partnership_phone_keys",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "office"],
                condition=~Q(status__in=["declined", "withdrawn", "ended"]),
                name="one_partnership_per_unit",
                violation_error_message=_("Mitra ini sudah dikenal unit itu."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=REASONED) | ~Q(reason=""),
                name="partnership_refusal_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"])
                | ~(Q(contact_name="") | Q(phone="") | Q(services="")),
                name="submitted_partnership_is_complete",
                violation_error_message=_("Isian wajib belum lengkap."),
            ),
        ]
        triggers = [
            *OfficeScoped.Meta.triggers,
            days.kept("active_days", at="active"),
            pgtrigger.Trigger(
                name="of_a_partner_that_stays",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("partner_id"),
                when=pgtrigger.Before,
                # Asked for by its key alone: with a second condition a plan made while
                # the table was empty reads it whole, for each row of an import.
                declare=[("other", "bigint")],
                func=f"""
                    SELECT merged_into_id INTO other FROM partners_partner
                        WHERE id = NEW.partner_id FOR KEY SHARE;
                    IF NOT FOUND OR other IS NOT NULL THEN
                        {MERGED}
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - the words of a refusal
            ),
            pgtrigger.Trigger(
                name="complete_once_submitted",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                when=pgtrigger.Before,
                condition=~pgtrigger.Q(new__status="draft")
                & ~pgtrigger.Q(new__status="withdrawn"),
                func=f"""
                    IF EXISTS (SELECT FROM partners_partner WHERE id = NEW.partner_id
                               AND '' IN (name, leader_name, address)) THEN
                        {INCOMPLETE}
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return str(self.partner)

    def get_absolute_url(self):
        return reverse("partners:detail", args=[self.pk])

    @classmethod
    def named(cls, value):
        return value or str(UNNAMED)

    def list_title(self, user) -> str:
        if user.acting is not None and user.acting.is_community:
            return gettext("Pendaftaran saya")
        return pgettext("several", "Mitra")

    def permission_of(self, step):
        """Repairs to his own registration are the applicant's, not an officer's."""
        if step.name in OF_APPLICANTS and self.is_self_registered:
            return "partners.represent_partner"
        return super().permission_of(step)

    def is_reached_by(self, user) -> bool:
        """Whether this person may read whom to call there."""
        return reaches(user, self.office_id)

    def own_people(self):
        """Who acts for the partner, or the officer who submitted it for it."""
        acting_for = self.partner.representatives.current().select_related("user")
        people = {row.user for row in acting_for}
        if self.submitted_by and not self.is_self_registered:
            people.add(self.submitted_by)
        return people

    @property
    def papers(self):
        """Supporting files, handed in by itself or for it."""
        return Document.objects.of(self)

    @property
    def is_being_registered(self) -> bool:
        """Whether its answers are still to be handed in, the first time or again."""
        return self.status in {self.Status.DRAFT, self.Status.RETURNED}

    @property
    def examined_as_of(self) -> date:
        """The day whose questions and rules its examination follows."""
        begun = self.reexamined_on if self.is_vetted else self.submitted_on
        return begun or self.office.today

    @property
    def is_examination_due(self) -> bool:
        """Whether it works, and its approval ends soon or is over."""
        soon = self.office.today + timedelta(days=self.DUE_DAYS)
        until = self.approved_until
        return self.is_working and until is not None and until <= soon

    @property
    def is_approval_over(self) -> bool:
        until = self.approved_until
        return self.is_working and until is not None and until < self.office.today

    @property
    def is_working(self) -> bool:
        """Whether an agreement may be made or an activity held with it."""
        return self.status in self.WORKING

    @property
    def is_vetted(self) -> bool:
        """Whether there may be agreements and activities with it, also past ones."""
        return self.status not in self.IN_VETTING


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    meta=looked_up_by("partnership"),
)
class Offer(Partnership.fields.through):
    """That a partner works in a field there: here for its history alone."""

    class Meta:
        proxy = True
        verbose_name = _("bidang mitra")


def reaches(user, office_id: int) -> bool:
    """Whether this person may read whom to call at partners of that office: by his
    right, or at those of a Kanwil or headquarters whoever writes or decides on them."""
    if user.has_perm(CONTACT):
        return True
    office = user.acting and user.acting.office
    is_theirs = office and office.is_wide and office.pk == office_id
    own = ("partners.change_partner", "partners.approve_partner")
    return bool(is_theirs) and any(map(user.has_perm, own))


# As what somebody acts for a partner; the same word is the role of his assignment.
REPRESENTS = [
    (Role.PARTNER, _("Penanggung jawab")),
    (Role.PARTNER_WRITER, _("Pelaksana")),
    (Role.PARTNER_READER, _("Pembaca")),
]


class RepresentativeQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_on=None)

    def answering(self):
        """Who answer for their partner: one of them is always left."""
        return self.current().filter(role=Role.PARTNER)


@pghistory.track()
class Representative(models.Model):
    """A user who acts for a partner in the portal."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="representatives")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="representations"
    )
    role = models.CharField(
        _("peran"), max_length=20, choices=REPRESENTS, default=Role.PARTNER
    )
    since = models.DateField(_("sejak"), default=timezone.localdate)
    ended_on = models.DateField(_("sampai"), null=True, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("wakil mitra")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "user"],
                condition=Q(ended_on=None),
                name="one_representation_per_partner",
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.partner}"
