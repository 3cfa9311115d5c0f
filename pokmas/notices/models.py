"""What a person should know or do, until he was told."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.records.lines import LineField


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own ones, from their day on."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user).due(timezone.now())

    def due(self, now):
        """Sending waits for the day, never the day for the sending."""
        return self.filter(due_at__lte=now)

    def unread(self):
        return self.filter(read_at=None)

    def to_mail(self, now):
        """Due and not yet mailed, though wanted."""
        return self.due(now).filter(mail_wanted=True, mailed_at=None)

    def to_text(self, now):
        return self.due(now).filter(text_wanted=True, texted_at=None)


class Notice(models.Model):
    """One message to one person. Due from a moment until it is sent: none is lost."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices"
    )
    # Together with `user` the key that keeps a repeated run from telling twice.
    key = LineField(max_length=160)
    kind = LineField(_("jenis"), max_length=60)
    title = LineField(_("judul"), max_length=200)
    body = models.TextField(_("isi"), blank=True)
    url = LineField(_("tautan"), max_length=200, blank=True)
    about_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, db_index=False
    )
    about_id = models.BigIntegerField(null=True)
    about = GenericForeignKey("about_type", "about_id")
    # For a step that waits for its reader: over as soon as the record moves on.
    asks = models.BooleanField(default=False)
    due_at = models.DateTimeField(_("sejak"), default=timezone.now)
    read_at = models.DateTimeField(_("dibaca"), null=True)
    # Settled when it is due: whoever asks for no mail is not sent old ones later.
    mail_wanted = models.BooleanField(default=True)
    mailed_at = models.DateTimeField(_("dikirim lewat surel"), null=True)
    text_wanted = models.BooleanField(default=True)
    texted_at = models.DateTimeField(_("dikirim lewat SMS"), null=True)
    # While one worker sends it, and after a failure, the others leave it alone.
    mail_after = models.DateTimeField(null=True)
    mail_failures = models.PositiveSmallIntegerField(default=0)
    text_after = models.DateTimeField(null=True)
    text_failures = models.PositiveSmallIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        verbose_name = _("pemberitahuan")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_told_once"),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__regex=r"^/([^/\\]|$)"),
                name="notice_links_into_the_portal",
            ),
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id"]),
            models.Index(fields=["user", "-due_at", "-id"]),
            models.Index(
                fields=["user"], condition=Q(read_at=None), name="notices_unread"
            ),
            models.Index(
                fields=["about_type", "about_id"],
                condition=Q(read_at=None, asks=True),
                name="notices_asking",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(mail_wanted=True, mailed_at=None),
                name="notices_to_mail",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(text_wanted=True, texted_at=None),
                name="notices_to_text",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Marks it read and goes on to the record."""
        return reverse("notices:open", args=[self.pk])
