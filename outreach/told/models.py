"""What those who take part in an activity were told of it, and who they were."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity, hours
from partners.models import Partnership
from pokmas.accounts.privacy import CONTACT
from pokmas.audit.history import looked_up_by
from pokmas.offices.models import Office
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField


class NewsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Between officers: it names everybody who takes part."""
        if user.acting is None or user.acting.is_community:
            return self.none()
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def waiting(self):
        return self.filter(told_at=None)


@pghistory.track(meta=looked_up_by("activity"))
class News(Record):
    """Something that all who take part were told; a change waits for others first."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("Pesan")
        PLANNED = "planned", _("Direncanakan")
        MOVED = "moved", _("Waktu atau tempat berubah")
        CANCELLED = "cancelled", _("Dibatalkan")
        BROUGHT_BACK = "brought_back", _("Jadi dilaksanakan")
        DETACHED = "detached", _("Tanpa kerja samanya")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="news")
    kind = models.CharField(_("kabar"), max_length=12, choices=Kind)
    subject = LineField(_("perihal"), max_length=120, blank=True)
    text = models.TextField(_("isi"), max_length=1000, blank=True)
    # As it was before the first of the changes that are told together.
    was_starts_at = models.DateTimeField(_("mulai semula"), null=True)
    was_ends_at = models.DateTimeField(_("selesai semula"), null=True)
    was_place = LineField(_("tempat semula"), max_length=200, blank=True)
    # From and to, as it was told.
    said = models.TextField(_("perubahan"), max_length=1000, blank=True)
    due_at = models.DateTimeField(_("disampaikan mulai"))
    told_at = models.DateTimeField(_("disampaikan"), null=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("kabar kegiatan")
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(told_at=None), name="news_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(told_at=None),
                name="news_waits_once",
                violation_error_message=_("Perubahan lain sedang disampaikan."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="letter") | (~Q(subject="") & ~Q(text="")),
                name="letter_says_something",
                violation_error_message=_("Perihal dan isi wajib diisi."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="moved")
                | Q(was_starts_at__isnull=False, was_ends_at__gte=F("was_starts_at")),
                name="moved_from_somewhere",
                violation_error_message=_("Waktu semula wajib dicatat."),
            ),
        ]

    def __str__(self):
        return self.subject or str(self.get_kind_display())

    def get_absolute_url(self):
        return reverse("outreach:news", args=[self.pk])

    @property
    def office(self) -> Office:
        """Whose trail it stands in."""
        return self.activity.office

    @property
    def key(self) -> str:
        """That of the notices by which it was told."""
        return f"news:{self.pk}"

    def moves(self, activity: Activity) -> list[tuple[str, str]]:
        """What is other now than it was: from and to."""
        zone = activity.zone
        was = (self.was_starts_at, self.was_ends_at)
        now = (activity.starts_at, activity.ends_at)
        pairs = []
        if was != now:
            pairs.append((_when(*was, zone), _when(*now, zone)))
        if self.was_place != activity.place:
            pairs.append((self.was_place, activity.place))
        return pairs


def _when(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    return hours(starts_at, ends_at, zone)


class RecipientQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(news__in=News.objects.visible_to(user))

    def for_list(self):
        return self.select_related("user", "partnership")


@pghistory.track(
    pghistory.InsertEvent(), pghistory.DeleteEvent(), meta=looked_up_by("news")
)
class Recipient(models.Model):
    """Who was told: by the portal, or a contact to whom an officer writes himself."""

    news = models.ForeignKey(News, models.PROTECT, related_name="recipients")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, related_name="+"
    )
    name = LineField(_("nama"), max_length=150)
    # For whom, as it was called then.
    affiliation = LineField(_("dari"), max_length=200, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        ordering = ["affiliation", "name", "pk"]
        verbose_name = _("penerima kabar")
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, partnership__isnull=False)
                | Q(user__isnull=False, partnership=None),
                name="recipient_is_one",
            ),
            models.UniqueConstraint(
                fields=["news", "user"], name="user_is_told_news_once"
            ),
            models.UniqueConstraint(
                fields=["news", "partnership"], name="contact_is_told_news_once"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return self.news.get_absolute_url()

    @property
    def office(self) -> Office:
        return self.news.office

    def is_reached_by(self, user) -> bool:
        if self.partnership:
            return self.partnership.is_reached_by(user)
        return user.has_perm(CONTACT)

    @property
    def phone(self) -> str:
        """As it stands now; nothing of it is kept here."""
        return self.user.phone if self.user else self.partnership.phone
