"""Who is appointed to open doors, whom he spoke to, and what follows from it."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import (
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from partners.kinds.models import PartnerKind
from partners.models import Partner, Partnership
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import STAFF
from pokmas.documents.models import Document
from pokmas.offices.models import (
    OfficeScoped,
    OfficeScopedQuerySet,
    office_today,
)
from pokmas.records.constraints import Exclusion
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.models import remembers
from pokmas.records.search import SearchQuerySet
from pokmas.reference.models import Coded

# So many days before the end of a term whom it concerns is told.
ENDS_SOON = 30
# Who may be appointed: whoever works at the office.
POSTS = sorted(STAFF)


class AmbassadorQuerySet(LifecycleQuerySet, SearchQuerySet, OfficeScopedQuerySet):
    def for_list(self):
        """With `validity`: what the dates make of an appointment today."""
        return self.select_related("office", "person").annotate(
            validity=Case(
                When(status="ended", then=Value("ended")),
                When(ends_on__lt=office_today(), then=Value("over")),
                When(starts_on__gt=office_today(), then=Value("ahead")),
                When(ends_on__lte=office_today(ahead=ENDS_SOON), then=Value("ending")),
                default=Value("serving"),
                output_field=models.CharField(),
            )
        )

    def for_page(self):
        return self.select_related("office__region", "office__parent", "person", "file")

    def serving(self):
        """Those whose term covers today."""
        return self.filter(
            status=Ambassador.Status.APPOINTED,
            starts_on__lte=office_today(),
            ends_on__gte=office_today(),
        )

    def unfinished(self):
        """A letter is of the office that gave it; a successor gives one of its own."""
        return self.none()

    def matching(self, meanings):
        """By the name of the person."""
        return self.filter(person__in=User.objects.all().matching(meanings))


@pghistory.track()
class Ambassador(OfficeScoped, Lifecycle, Record):
    """The appointment of one person by one office for a term, with its letter."""

    class Status(models.TextChoices):
        APPOINTED = "appointed", _("Ditunjuk")
        ENDED = "ended", _("Diakhiri")

    VALIDITY = {
        "serving": _("Bertugas"),
        "ending": _("Akan berakhir"),
        "ahead": _("Belum mulai"),
        "over": _("Berakhir"),
        "ended": _("Diakhiri"),
    }
    VALIDITY_TONES = {"serving": "good", "ending": "warn", "ahead": "info"}

    URLS = "outreach:ambassador_"
    NAMED_BY = "letter_number"
    TONES = {Status.APPOINTED: "good"}
    TRANSITIONS = {Status.APPOINTED: {Status.ENDED}}

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="ambassadorships",
        verbose_name=_("petugas"),
    )
    letter_number = LineField(_("nomor surat penunjukan"), max_length=80)
    letter_on = models.DateField(_("tanggal surat"))
    file = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="+",
        verbose_name=_("surat penunjukan"),
        editable=False,
    )
    starts_on = models.DateField(_("mulai bertugas"))
    ends_on = models.DateField(_("sampai"))
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=Status,
        default=Status.APPOINTED,
        editable=False,
    )
    ended_on = models.DateField(_("diakhiri pada"), null=True, editable=False)

    objects = AmbassadorQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("penunjukan Duta Kerja Sama")
        indexes = [
            models.Index(fields=["region", "-starts_on", "-id"]),
            models.Index(fields=["office", "-starts_on", "-id"]),
            models.Index(fields=["-starts_on", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="ambassador_dates_in_order",
                violation_error_message=_("Tanggal akhir sebelum tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(status="appointed", ended_on=None)
                | (Q(status="ended", ended_on__isnull=False) & ~Q(reason="")),
                name="ambassador_end_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
            Exclusion(
                name="one_ambassador_term_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status="appointed"),
                violation_error_message=_(
                    "Orang ini sudah ditunjuk oleh kantor itu pada masa yang sama. "
                    "Pilih masa lain, atau akhiri dahulu penunjukan itu."
                ),
            ),
        ]

    def __str__(self):
        return str(self.person)

    def get_absolute_url(self):
        return reverse("outreach:ambassador_detail", args=[self.pk])

    @property
    def validity(self) -> str:
        """What its dates make of it; `for_list` has read it along with the row."""
        if "_validity" in self.__dict__:
            return self._validity
        today = self.office.today
        if self.status == self.Status.ENDED:
            return "ended"
        if self.ends_on < today:
            return "over"
        if self.starts_on > today:
            return "ahead"
        is_near = self.ends_on <= today + timedelta(days=ENDS_SOON)
        return "ending" if is_near else "serving"

    @validity.setter
    def validity(self, value):
        self._validity = value

    def get_status_display(self):
        return self.VALIDITY[self.validity]

    @property
    def tone(self):
        return self.VALIDITY_TONES.get(self.validity, "neutral")

    def own_people(self):
        return {self.person}


@pghistory.track()
class ContactResult(Coded):
    """What came of speaking to somebody."""

    UNSPELT = "result"

    name = LineField(_("hasil kontak"), max_length=60)
    needs_follow_up = models.BooleanField(
        _("perlu tanggal tindak lanjut"), default=False
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("hasil kontak")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="contact_result_once",
                violation_error_message=_("Sudah ada hasil bernama sama."),
            )
        ]


class ContactQuerySet(LifecycleQuerySet, SearchQuerySet, OfficeScopedQuerySet):
    def for_list(self):
        return self.select_related("office", "person", "result")

    def for_page(self):
        rows = self.annotate(
            is_thrown_away=ExpressionWrapper(thrown_away(), models.BooleanField())
        )
        return rows.select_related(
            *("office__region", "office__parent", "office__regency"),
            *("person", "result", "partner", "kind", "first"),
        )

    def firsts(self):
        """The first contact with each whom somebody spoke to; others follow it."""
        return self.filter(first=None)

    def chain(self, contact):
        """All contacts with the same one, the newest first."""
        head = contact.first_id or contact.pk
        return self.filter(Q(pk=head) | Q(first=head)).order_by("-met_on", "-pk")

    def open(self):
        return self.filter(status=Contact.Status.OPEN)

    def unfinished(self):
        return self.open()


def thrown_away() -> Q:
    """Whether the draft to which a contact led was thrown away ever since."""
    drafts = Partnership.objects.filter(partner=OuterRef("partner"))
    kept = drafts.exclude(status=Partnership.Status.WITHDRAWN, submitted_on=None)
    return Q(Exists(drafts)) & ~Q(Exists(kept))


def own(user) -> Q:
    """What this person himself spoke about, and what of those who left."""
    held = Assignment.objects.current().filter(
        user=OuterRef("person"), role__in=POSTS, region=OuterRef("region")
    )
    return Q(person=user) | Q(~Exists(held))


@pghistory.track(exclude=["phone", "search_text"])
class Contact(OfficeScoped, Lifecycle, Record):
    """That somebody was spoken to, by whom, how, and what comes next.

    The telephone is left out of the history, so that it is gone when it is removed.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Ada tindak lanjut")
        CLOSED = "closed", _("Selesai")

    URLS = "outreach:contact_"
    NAMED_BY = "name"
    TONES = {Status.OPEN: "info"}
    TRANSITIONS = {Status.OPEN: {Status.CLOSED}, Status.CLOSED: {Status.OPEN}}

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="contacts",
        verbose_name=_("petugas"),
        editable=False,
    )
    met_on = models.DateField(_("tanggal"))
    # Whom: one on record, or a name with its kind; the name is kept in either case.
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("mitra yang sudah tercatat"),
    )
    name = LineField(_("nama lembaga atau orang"), max_length=150)
    kind = models.ForeignKey(
        PartnerKind,
        models.PROTECT,
        to_field="code",
        db_column="kind",
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("jenis"),
    )
    phone = LineField(_("nomor telepon"), max_length=20, blank=True)
    approach = models.CharField(
        _("pendekatan"), max_length=14, choices=Activity.Approach
    )
    result = models.ForeignKey(
        ContactResult, models.PROTECT, related_name="+", verbose_name=_("hasil")
    )
    note = models.TextField(_("catatan"), max_length=1000, blank=True)
    follow_up_on = models.DateField(_("tindak lanjut pada"), null=True, blank=True)
    follow_up = LineField(_("yang akan dilakukan"), max_length=200, blank=True)
    # The first contact with the same one, of which this is a later one.
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", editable=False
    )
    status = models.CharField(
        _("status"), max_length=6, choices=Status, default=Status.CLOSED, editable=False
    )
    search_text = models.GeneratedField(
        expression=Upper("name"), output_field=models.TextField(), db_persist=True
    )

    objects = ContactQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-met_on", "-pk"]
        verbose_name = _("kontak")
        indexes = [
            models.Index(fields=["region", "-met_on", "-id"]),
            models.Index(fields=["office", "-met_on", "-id"]),
            models.Index(fields=["-met_on", "-id"]),
            models.Index(fields=["person", "-met_on", "-id"]),
            models.Index(
                fields=["office", "follow_up_on"],
                condition=Q(status="open"),
                name="contacts_to_follow_up",
            ),
            GinIndex(
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                name="contact_search",
                fastupdate=False,
            ),
        ]
        triggers = [*OfficeScoped.Meta.triggers, remembers("name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | Q(kind__isnull=False),
                name="contact_is_known_or_has_kind",
                violation_error_message=_(
                    "Pilih mitra yang tercatat, atau pilih jenis lembaganya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(follow_up_on=None) | Q(follow_up_on__gte=F("met_on")),
                name="contact_follow_up_comes_later",
                violation_error_message=_(
                    "Tindak lanjut tidak boleh sebelum tanggal kontak."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="open") | Q(follow_up_on__isnull=False),
                name="open_contact_has_day",
                violation_error_message=_("Isi tanggal tindak lanjutnya."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("outreach:contact_detail", args=[self.pk])

    @property
    def tone(self):
        return "bad" if self.is_late else super().tone

    @property
    def is_late(self) -> bool:
        day = self.follow_up_on
        is_open = self.status == self.Status.OPEN
        return is_open and day is not None and day < self.office.today

    @property
    def is_of_unit(self) -> bool:
        """Whether it is of an office with partners of its own."""
        return not self.office.is_wide

    def tells_phone_to(self, user) -> bool:
        """A number is for who spoke to them, and who may see contacts of partners."""
        return self.person_id == user.pk or user.has_perm("partners.view_contact")

    def own_people(self):
        return {self.person}
