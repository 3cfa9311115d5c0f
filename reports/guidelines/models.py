"""Guidelines of headquarters or a Kanwil, version by version, and who has read them."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Partner, Partnership
from pokmas.accounts.roles import OF_PARTNERS
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document
from pokmas.offices.models import Office, OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField

VIEW, READERS = "reports.view_guideline", "reports.view_reader"
WRITE, PUBLISH = "reports.add_guideline", "reports.publish_guideline"
ACKNOWLEDGE = "reports.acknowledge_guideline"


class GuidelineQuerySet(LifecycleQuerySet, OfficeScopedQuerySet):
    def visible_to(self, user):
        """What holds where one is: that of headquarters and of the own Kanwil.

        A draft is its own office's; whoever acts for a partner sees what is for
        partners, as long as one of his partnerships works.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        if acting.is_community:
            return self.belonging_to(user)
        drafts = Q(status__in=Guideline.INSIDE)
        rows = self.exclude(drafts & ~Q(office=acting.office_id))
        if acting.office.level == Office.Level.HEADQUARTERS:
            return rows
        return rows.filter(Q(region=None) | Q(region=acting.office.region_id))

    def belonging_to(self, user):
        if user.acting.role not in OF_PARTNERS:
            return self.none()
        own = Partnership.objects.belonging_to(user).working()
        here = Exists(own.filter(region=OuterRef("region")))
        rows = self.exclude(status__in=Guideline.INSIDE)
        rows = rows.filter(audience__in=Guideline.FOR_PARTNERS)
        return rows.filter(Q(region=None) & Exists(own) | here)

    def for_list(self):
        return self.select_related("office")

    def for_page(self):
        return self.select_related(
            *("office__region", "office__parent", "file", "word"),
            *("previous", "published_by"),
        )

    def search(self, text):
        return self.filter(Q(title__icontains=text) | Q(letter_number__icontains=text))

    def newest(self):
        """Without versions that a newer one has replaced."""
        return self.exclude(status=Guideline.Status.REPLACED)

    def in_force(self, today):
        begun = Q(status__in=Guideline.ONCE_PUBLISHED, in_force_from__lte=today)
        return self.filter(begun, Q(in_force_until=None) | Q(in_force_until__gte=today))

    def unread_by(self, user):
        """What is asked of this very person, and he has not confirmed yet."""
        acting = getattr(user, "acting", None)
        rows = self.visible_to(user).filter(status=Guideline.Status.PUBLISHED)
        if acting is None:
            return rows
        own = Acknowledgement.objects.filter(by=user)
        if acting.role in OF_PARTNERS:
            without = _without(own, user)
            here = Exists(without.filter(region=OuterRef("region")))
            return rows.filter(Q(region=None) & Exists(without) | here)
        if acting.office.is_wide:
            return rows.none()
        rows = rows.filter(audience__in=Guideline.FOR_UNITS)
        here = own.filter(guideline=OuterRef("pk"), office=acting.office.unit)
        return rows.exclude(Exists(here))

    def untold(self):
        """Of which people have yet to hear."""
        return self.filter(Q(told_at=None) | Q(told_at__lt=F("news_at"))).exclude(
            news_at=None
        )


def _without(own, user):
    """His working partnerships for whose partner he has not confirmed it."""
    done = own.filter(
        guideline=OuterRef(OuterRef("pk")), partnership__partner=OuterRef("partner")
    )
    return Partnership.objects.belonging_to(user).working().filter(~Exists(done))


@pghistory.track()
class Guideline(OfficeScoped, Lifecycle, Record):
    """One version of a guideline: its file, by which letter, for whom, since when.

    Of headquarters it holds in the nation, of a Kanwil in its region.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        PUBLISHED = "published", _("Diterbitkan")
        REPLACED = "replaced", _("Digantikan versi baru")
        WITHDRAWN = "withdrawn", _("Dicabut")
        DISCARDED = "discarded", _("Dibuang")

    class Audience(models.TextChoices):
        UNITS = "units", _("Unit")
        PARTNERS = "partners", _("Mitra")
        BOTH = "both", _("Unit dan mitra")

    FOR_UNITS = (Audience.UNITS, Audience.BOTH)
    FOR_PARTNERS = (Audience.PARTNERS, Audience.BOTH)
    # What no other office sees.
    INSIDE = (Status.DRAFT, Status.DISCARDED)
    ONCE_PUBLISHED = (Status.PUBLISHED, Status.REPLACED)
    URLS = "reports:guideline_"
    NAMED_BY = "title"
    WAY = (Status.DRAFT, Status.PUBLISHED)
    TONES = {
        Status.DRAFT: "info",
        Status.PUBLISHED: "good",
        Status.WITHDRAWN: "bad",
    }
    TRANSITIONS = {
        Status.DRAFT: {Status.PUBLISHED, Status.DISCARDED},
        Status.PUBLISHED: {Status.REPLACED, Status.WITHDRAWN},
    }

    title = LineField(_("judul"), max_length=200)
    about = models.TextField(_("tentang"), max_length=2000)
    audience = models.CharField(
        _("untuk siapa"), max_length=8, choices=Audience, default=Audience.BOTH
    )
    letter_number = LineField(_("nomor surat"), max_length=100)
    letter_on = models.DateField(_("tanggal surat"))
    in_force_from = models.DateField(_("berlaku sejak"))
    # The last day; before the first one of what never came into force.
    in_force_until = models.DateField(_("berlaku sampai"), null=True, editable=False)
    file = models.ForeignKey(Document, models.PROTECT, related_name="+", editable=False)
    word = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", editable=False
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="following", editable=False
    )
    # The first of its versions; none of that itself.
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", editable=False
    )
    version = models.PositiveSmallIntegerField(_("versi"), default=1, editable=False)
    changes = models.TextField(
        _("yang berubah sejak versi sebelumnya"), max_length=4000, blank=True
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=Status,
        default=Status.DRAFT,
        editable=False,
    )
    published_on = models.DateField(_("diterbitkan"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    # When there was last something to tell, and when it was told.
    news_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)

    objects = GuidelineQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-in_force_from", "-pk"]
        verbose_name = _("pedoman")
        indexes = [
            models.Index(fields=["region", "-in_force_from", "-id"]),
            models.Index(fields=["-in_force_from", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["previous"],
                condition=~Q(status="discarded"),
                name="one_next_version",
                violation_error_message=_("Versi barunya sudah disusun."),
            ),
            models.CheckConstraint(
                condition=Q(previous=None, origin=None, version=1)
                | (
                    Q(previous__isnull=False, origin__isnull=False, version__gt=1)
                    & ~Q(changes="")
                ),
                name="next_version_says_changes",
                violation_error_message=_("Tulis apa yang berubah."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "discarded"])
                | Q(published_on__isnull=False, news_at__isnull=False),
                name="published_guideline_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(reason=""),
                name="withdrawn_guideline_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
        ]

    def __str__(self):
        if self.version == 1:
            return self.title
        return str(
            _("%(title)s (versi %(version)s)")
            % {"title": self.title, "version": self.version}
        )

    def get_absolute_url(self):
        return reverse("reports:guideline_detail", args=[self.pk])

    def list_title(self, user) -> str:
        return _("Pedoman")

    @property
    def is_for_units(self) -> bool:
        return self.audience in self.FOR_UNITS

    @property
    def is_for_partners(self) -> bool:
        return self.audience in self.FOR_PARTNERS

    @property
    def is_inside(self) -> bool:
        return self.status in self.INSIDE

    @property
    def never_held(self) -> bool:
        """Whether it was replaced or withdrawn before its first day."""
        until = self.in_force_until
        return until is not None and until < self.in_force_from

    def versions(self):
        """All of them, this one too."""
        first = self.origin_id or self.pk
        return Guideline.objects.filter(Q(pk=first) | Q(origin=first))

    def own_people(self):
        """Who wrote it and who published it."""
        return {self.created_by, self.published_by} - {None}

    # Who has to read it

    def units(self):
        """The active units where it holds; a post reads in the name of its unit."""
        if not self.is_for_units:
            return Office.objects.none()
        units = Office.objects.filter(level=Office.Level.UNIT).active()
        return units.filter(region=self.region_id) if self.region_id else units

    def partnerships(self):
        """Those that work where it holds."""
        if not self.is_for_partners:
            return Partnership.objects.none()
        rows = Partnership.objects.working()
        return rows.filter(region=self.region_id) if self.region_id else rows

    def partners(self, among=None):
        """The partners of these partnerships, or of those `among` them."""
        rows = self.partnerships() if among is None else among
        return Partner.objects.filter(Exists(rows.filter(partner=OuterRef("pk"))))


class AcknowledgementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own ones, and those of the units and partners that one may see."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        if acting.is_community:
            return self.filter(by=user)
        return self.filter(
            Q(by=user)
            | Q(office__in=Office.objects.visible_to(user).order_by().values("pk"))
            | Q(partnership__in=Partnership.objects.visible_to(user).values("pk"))
        )

    def beside(self, user):
        """His own, and those of his colleagues: of his unit, or of his partners."""
        if user.acting.role in OF_PARTNERS:
            own = Partner.objects.belonging_to(user).order_by().values("pk")
            return self.filter(partnership__partner__in=own)
        return self.filter(office=user.acting.office.unit)

    def of_units(self, guideline):
        """Of the unit of a row."""
        return self.filter(guideline=guideline, office=OuterRef("pk"))

    def of_partners(self, guideline, partner="pk"):
        """Of the partner that a row is, or names."""
        return self.filter(guideline=guideline, partnership__partner=OuterRef(partner))


@pghistory.track(
    pghistory.InsertEvent(), pghistory.DeleteEvent(), meta=looked_up_by("guideline")
)
class Acknowledgement(models.Model):
    """That a person has read a version, for his unit or for a partner.

    Of a partner it names one partnership: what is found to be the same partner later
    brings its own along, and counts once. It stays with a unit that was merged: its
    successor's officers have not read anything by that, and are asked themselves.
    """

    guideline = models.ForeignKey(
        Guideline, models.PROTECT, related_name="acknowledgements"
    )
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("dibaca"), default=timezone.now)

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("pernyataan sudah membaca")
        constraints = [
            models.CheckConstraint(
                condition=Q(office=None, partnership__isnull=False)
                | Q(office__isnull=False, partnership=None),
                name="read_for_a_unit_or_a_partner",
            ),
            models.UniqueConstraint(
                fields=["guideline", "office", "by"], name="read_once_for_a_unit"
            ),
            models.UniqueConstraint(
                fields=["guideline", "partnership", "by"],
                name="read_once_for_a_partner",
            ),
        ]

    def __str__(self):
        return str(self.office or self.partnership)

    def get_absolute_url(self):
        return self.guideline.get_absolute_url()
