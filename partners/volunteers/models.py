"""A volunteer (Sahabat Pemasyarakatan): who he is, what he offers, what he promised."""

from datetime import date, timedelta

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, Lower, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.nik.models import Nik
from partners.volunteers import term
from partners.volunteers.days import SLOTS, slots_of
from pokmas.accounts.models import ConsentText
from pokmas.accounts.roles import Role
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import new_code
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet, Regency
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import KNOWN, Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.models import remembers
from pokmas.records.search import SearchQuerySet
from pokmas.reference.models import Reference
from pokmas.words import dates
from pokmas.words.language import in_readers_words

# Where a row that was read keeps whether its last day counts.
TERM_COUNTS = f"{KNOWN}term"
# Which wording of the promise is asked of him now.
ASKED = f"{KNOWN}promise"
OVER = _("Masa tugas berakhir")


def acts_as_volunteer(user) -> bool:
    """Whether this person looks as a volunteer, not as an officer or a partner."""
    acting = getattr(user, "acting", None)
    return acting is not None and acting.role == Role.VOLUNTEER


@pghistory.track()
class Skill(Reference):
    """What a volunteer can do: a word of a list that headquarters keeps."""

    name = LineField(_("keahlian"), max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name = _("keahlian")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="skill_once",
                violation_error_message=_("Keahlian ini sudah ada dalam daftar."),
            )
        ]


class PromiseQuerySet(models.QuerySet):
    def begun(self, today):
        """The wordings that were ever asked for, the newest first."""
        return self.filter(valid_from__lte=today).order_by("-valid_from")

    def holding(self, today):
        """The wording that is asked for on `today`."""
        return self.begun(today).latest("valid_from")


@pghistory.track()
class Promise(Record):
    """One wording of the personal promise; what was promised is never reworded."""

    title = LineField(_("judul"), max_length=120)
    text = models.TextField(_("naskah janji"), max_length=3000)
    valid_from = models.DateField(_("berlaku sejak"))

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("naskah janji")
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"],
                name="promise_changes_once_a_day",
                violation_error_message=_(
                    "Sudah ada naskah yang berlaku sejak tanggal itu."
                ),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="never_reworded", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        day = dates.date_long(self.valid_from)
        return _("%(title)s, naskah %(day)s") % {
            "title": in_readers_words(self.title),
            "day": day,
        }


class VolunteerQuerySet(LifecycleQuerySet, SearchQuerySet, OfficeScopedQuerySet):
    def visible_to(self, user):
        """An applicant's draft is seen by nobody else until it is submitted."""
        rows = super().visible_to(user)
        if user.acting is None or user.acting.is_community:
            return rows
        return rows.exclude(status=Volunteer.Status.DRAFT, user__isnull=False)

    def belonging_to(self, user):
        return self.filter(user=user)

    def represented_by(self, user):
        return self.belonging_to(user)

    def for_list(self):
        return (
            self.knowing_term().select_related("office", "regency").defer("search_text")
        )

    def knowing_term(self):
        """So that `until` need not ask for each row of its own."""
        return self.annotate(**{TERM_COUNTS: term.COUNTS})

    def for_page(self):
        """With `skill_names` and `field_names`: what one page shows, read at once."""
        here = {"volunteers": OuterRef("pk")}
        skills = Skill.objects.filter(**here).values("name")
        fields = Field.objects.filter(**here).values("name")
        asked = Promise.objects.begun(timezone.localdate()).values("pk")[:1]
        return (
            self.knowing_term()
            .select_related(
                "office__parent",
                "regency__province",
                "promise",
                "consent",
                "user",
                "nik",
            )
            .defer("search_text")
            .annotate(
                skill_names=ArraySubquery(skills),
                field_names=ArraySubquery(fields),
                **{ASKED: Subquery(asked)},
            )
        )

    def same_person(self, volunteer):
        """Other records with the same NIK."""
        if volunteer.nik is None:
            return self.none()
        return self.filter(nik__in=volunteer.nik.others()).exclude(pk=volunteer.pk)

    def active(self):
        return self.filter(status=Volunteer.Status.ACTIVE)

    def serving(self):
        """Those who may help now: accepted, and their term is not over."""
        return self.active().exclude(term.over())

    def ending(self):
        """Those whose term is not over, but soon."""
        return self.active().filter(term.soon_over())

    def lapsed(self):
        return self.active().filter(term.over())

    def unfinished(self):
        """All but those that came to an end: a merged unit's successor goes on."""
        return self.exclude(status__in=Volunteer.CLOSED)

    def free_on(self, weekday: int):
        """Those who have time on that day of the week, at some hour."""
        return self.filter(availability__overlap=slots_of(weekday))


@pghistory.track(exclude=["search_text"])
class Volunteer(OfficeScoped, Lifecycle, Record):
    """A person who helps a unit, from his own registration to the end."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        RETURNED = "returned", _("Perlu perbaikan")
        DECLINED = "declined", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Ditarik")
        ACTIVE = "active", _("Aktif")
        SUSPENDED = "suspended", _("Ditangguhkan")
        ENDED = "ended", _("Berakhir")

    class Stage(models.TextChoices):
        INITIAL_APPROACH = "initial_approach", _("Pendekatan awal")
        FURTHER_COLLABORATION = "further_collaboration", _("Kolaborasi lanjutan")
        INDEPENDENT_PROGRAMME = "independent_programme", _("Pembinaan mandiri")

    class Sex(models.TextChoices):
        MALE = "male", _("Laki-laki")
        FEMALE = "female", _("Perempuan")

    # Whose changes the history tells only to those who may see contact data.
    HISTORY_PRIVATE = dict.fromkeys(("phone", "email"), "partners.view_contact")
    # Numbers of days and hours, which nobody reads.
    HISTORY_HIDDEN = {"availability"}
    URLS = "partners:volunteer_"
    NAMED_BY = "name"
    TONES = {
        Status.SUBMITTED: "info",
        Status.RETURNED: "warn",
        Status.DECLINED: "bad",
        Status.ACTIVE: "good",
        Status.SUSPENDED: "warn",
    }
    REASONS = {Status.RETURNED: _("Yang perlu diperbaiki")}
    ACCEPTED = (Status.ACTIVE, Status.SUSPENDED)
    CLOSED = (Status.DECLINED, Status.WITHDRAWN, Status.ENDED)
    WAY = (Status.DRAFT, Status.SUBMITTED, Status.ACTIVE)
    TRANSITIONS = {
        Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.SUBMITTED: {
            Status.ACTIVE,
            Status.RETURNED,
            Status.DECLINED,
            Status.WITHDRAWN,
        },
        Status.RETURNED: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.ACTIVE: {Status.SUSPENDED, Status.ENDED},
        Status.SUSPENDED: {Status.ACTIVE, Status.ENDED},
    }

    reference = LineField(
        _("nomor pendaftaran"), max_length=14, unique=True, default=new_code
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="volunteers",
        verbose_name=_("akun"),
        editable=False,
    )
    name = LineField(_("nama lengkap"), max_length=120)
    sex = models.CharField(_("jenis kelamin"), max_length=6, choices=Sex)
    birth_year = models.PositiveSmallIntegerField(_("tahun lahir"))
    regency = models.ForeignKey(
        Regency, models.PROTECT, related_name="+", verbose_name=_("kabupaten/kota")
    )
    phone = LineField(_("nomor telepon"), max_length=20)
    email = models.EmailField(_("alamat surel"), blank=True)
    occupation = LineField(_("pekerjaan"), max_length=100, blank=True)
    skills = models.ManyToManyField(
        Skill, related_name="volunteers", verbose_name=_("keahlian")
    )
    interests = models.ManyToManyField(
        Field, related_name="volunteers", verbose_name=_("bidang yang diminati")
    )
    # Until he is decided about, and some days more.
    nik = models.OneToOneField(
        Nik,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("NIK"),
    )
    availability = ArrayField(
        models.PositiveSmallIntegerField(choices=SLOTS),
        verbose_name=_("waktu luang"),
        default=list,
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    # From his acceptance on.
    stage = models.CharField(
        _("tahap"), max_length=21, choices=Stage, blank=True, editable=False
    )
    promise = models.ForeignKey(
        Promise, models.PROTECT, null=True, related_name="+", editable=False
    )
    promised_at = models.DateTimeField(_("janji dibuat"), null=True, editable=False)
    consent = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, editable=False)
    # As it was written down; whether it counts says `until`.
    accepted_until = models.DateField(_("masa tugas sampai"), null=True, editable=False)
    search_text = models.GeneratedField(
        expression=Upper(Concat("name", Value(" "), "reference")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = VolunteerQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = [Lower("name"), "pk"]
        verbose_name = _("Sahabat")
        indexes = [
            models.Index(Lower("name"), "id", name="volunteer_names"),
            models.Index("region", Lower("name"), "id", name="volunteer_region_names"),
            models.Index("office", Lower("name"), "id", name="volunteer_office_names"),
            models.Index(fields=["-created_at", "-id"]),
            models.Index(fields=["region", "-created_at", "-id"]),
            models.Index(fields=["office", "-created_at", "-id"]),
            models.Index(
                fields=["status", "-created_at", "-id"],
                condition=~Q(status="active"),
                name="volunteer_rare_status",
            ),
            models.Index(
                fields=["stage", "-created_at", "-id"],
                condition=Q(
                    stage__in=["further_collaboration", "independent_programme"]
                ),
                name="volunteer_rare_stage",
            ),
            models.Index(
                fields=["accepted_until"],
                condition=Q(accepted_until__isnull=False),
                name="volunteer_terms",
            ),
            GinIndex(
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                name="volunteer_search",
                fastupdate=False,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=~Q(status__in=["declined", "withdrawn", "ended"]),
                name="one_registration_per_account",
                violation_error_message=_("Akun ini sudah terdaftar sebagai Sahabat."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["returned", "declined", "suspended", "ended"])
                | ~Q(reason=""),
                name="volunteer_refusal_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | ~Q(phone=""),
                name="submitted_volunteer_is_complete",
                violation_error_message=_("Isian wajib belum lengkap."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["active", "suspended"]) | ~Q(stage=""),
                name="accepted_volunteer_has_stage",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("user")),
                name="volunteer_decided_by_another",
                violation_error_message=_(
                    "Tidak seorang pun boleh memutuskan pendaftarannya sendiri."
                ),
            ),
        ]
        triggers = [*OfficeScoped.Meta.triggers, remembers("name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partners:volunteer_detail", args=[self.pk])

    def list_title(self, user) -> str:
        if user.acting is not None and user.acting.is_community:
            return gettext("Pendaftaran saya")
        return super().list_title(user)

    def own_people(self):
        return [self.user] if self.user else []

    @property
    def is_active(self) -> bool:
        return self.status == self.Status.ACTIVE

    @property
    def until(self) -> date | None:
        """The last day of his term; None if it has no end."""
        if self.accepted_until is None:
            return None
        if TERM_COUNTS not in self.__dict__:
            self.__dict__[TERM_COUNTS] = term.months(self.accepted_until) > 0
        return self.accepted_until if self.__dict__[TERM_COUNTS] else None

    @property
    def is_over(self) -> bool:
        """Whether he was accepted for a term that is over and was not renewed."""
        until = self.is_active and self.until
        return bool(until) and until < self.office.today

    @property
    def is_ending(self) -> bool:
        """Whether his term ends soon, or is over."""
        until = self.is_active and self.until
        soon = self.office.today + timedelta(days=term.DUE_DAYS)
        return bool(until) and until <= soon

    @property
    def is_serving(self) -> bool:
        return self.is_active and not self.is_over

    @property
    def status_label(self) -> str:
        return OVER if self.is_over else super().status_label

    @property
    def tone(self) -> str:
        return "bad" if self.is_over else super().tone

    @property
    def was_entered(self) -> bool:
        """At the counter, by an officer."""
        return self.created_by_id not in {None, self.user_id}

    @property
    def owes_promise(self) -> bool:
        """Whether the promise has another wording now than when he made it."""
        if self.status not in self.ACCEPTED:
            return False
        known = self.__dict__
        if ASKED not in known:
            known[ASKED] = Promise.objects.holding(self.office.today).pk
        return known[ASKED] != self.promise_id

    @property
    def is_being_registered(self) -> bool:
        """Whether his answers are still to be handed in, the first time or again."""
        return self.Status.SUBMITTED in self.next_statuses


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    meta=looked_up_by("volunteer"),
)
class VolunteerSkill(Volunteer.skills.through):
    """That a volunteer can do something: here for its history alone."""

    class Meta:
        proxy = True
        verbose_name = _("keahlian Sahabat")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    meta=looked_up_by("volunteer"),
)
class VolunteerInterest(Volunteer.interests.through):
    """That a volunteer would help in a field: here for its history alone."""

    class Meta:
        proxy = True
        verbose_name = _("minat Sahabat")
