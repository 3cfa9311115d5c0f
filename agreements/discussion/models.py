"""What the partner answered to a text, and what is said about its Pasal."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.texts.models import TextVersion
from pokmas.documents.models import Document
from pokmas.offices.models import Office
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from pokmas.words import dates

Origin = TextVersion.Origin


class TextAnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sees the agreement sees what its partner answered."""
        seen = Agreement.objects.visible_to(user)
        return self.filter(agreement__in=seen.order_by())

    def for_list(self):
        rows = self.select_related("version", "evidence", "answered_by")
        return rows.defer("version__text")


@pghistory.track()
class TextAnswer(models.Model):
    """What the partner says to one version: in the portal, or as the unit recorded it.

    The newest answer to a version counts.
    """

    class Verdict(models.TextChoices):
        AGREE = "agree", _("Setuju")
        CHANGE = "change", _("Minta perubahan")

    class Way(models.TextChoices):
        PORTAL = "portal", _("Lewat portal")
        LETTER = "letter", _("Surat")
        MEETING = "meeting", _("Rapat atau pertemuan")
        WHATSAPP = "whatsapp", _("WhatsApp")
        EMAIL = "email", _("Surel")

    TONES = {Verdict.AGREE: "good", Verdict.CHANGE: "warn"}

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="answers", verbose_name=_("kerja sama")
    )
    version = models.ForeignKey(
        TextVersion,
        models.PROTECT,
        related_name="answers",
        verbose_name=_("versi naskah"),
    )
    verdict = models.CharField(_("jawaban"), max_length=6, choices=Verdict)
    comment = models.TextField(_("catatan"), max_length=2000, blank=True)
    way = models.CharField(
        _("cara menjawab"), max_length=8, choices=Way, default=Way.PORTAL
    )
    # Of an answer from outside the portal: who gave it, when, and what shows it.
    said_by = LineField(_("yang menjawab"), max_length=120, blank=True)
    said_on = models.DateField(_("tanggal jawaban"), null=True, blank=True)
    evidence = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bukti"),
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("dijawab"), default=timezone.now)

    objects = TextAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-answered_at", "-pk"]
        verbose_name = _("jawaban mitra")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="agree") | ~Q(comment=""),
                name="asked_change_is_said",
                violation_error_message=_("Tulis perubahan yang diminta."),
            ),
            models.CheckConstraint(
                condition=Q(way="portal") | (~Q(said_by="") & Q(said_on__isnull=False)),
                name="recorded_answer_names_who_and_when",
                violation_error_message=_("Tulis siapa yang menjawab dan kapan."),
            ),
        ]

    def __str__(self):
        return f"{self.agreement}: {self.get_verdict_display()}"

    def get_absolute_url(self):
        return f"{self.agreement.get_absolute_url()}?tab=discussion#tabs"

    @property
    def office(self) -> Office:
        return self.agreement.office

    @property
    def tone(self) -> str:
        return self.TONES[self.verdict]

    @property
    def told(self) -> str:
        """Who answered what to which version and when; of what came from outside the
        portal also how, and who wrote it down."""
        is_agreed = self.verdict == self.Verdict.AGREE
        is_own = self.version.created_by_id == self.answered_by_id
        if is_agreed and is_own and self.version.origin == Origin.PROPOSED:
            what = _("Mitra mengusulkan naskah versi %(number)s")
        elif is_agreed:
            what = _("Mitra setuju dengan naskah versi %(number)s")
        else:
            what = _("Mitra minta perubahan pada naskah versi %(number)s")
        said = str(what) % {"number": self.version.number}
        by, when = self.answered_by, dates.date_time(self.answered_at)
        if self.way == self.Way.PORTAL:
            return f"{said}: {by}, {when}."
        day, way = dates.date_long(self.said_on), self.get_way_display()
        recorded = str(_("dicatat %(by)s, %(when)s")) % {"by": by, "when": when}
        return f"{said}: {self.said_by}, {day} ({way}; {recorded})."


class TextCommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Internal ones are the officers', unless he acts for the partner, too."""
        seen = Agreement.objects.visible_to(user)
        rows = self.filter(agreement__in=seen.order_by())
        acting = getattr(user, "acting", None)
        if acting is None or not acting.is_staff:
            return rows.filter(is_internal=False)
        own = Agreement.objects.represented_by(user).order_by()
        is_own = Exists(own.filter(pk=OuterRef("agreement")))
        return rows.filter(Q(is_internal=False) | ~is_own)

    def for_list(self):
        """With `calls`: whether it calls anybody."""
        called = TextComment.called.through.objects.filter(textcomment=OuterRef("pk"))
        rows = self.select_related("created_by", "resolved_by", "version")
        return rows.annotate(calls=Exists(called)).order_by("pk")


@pghistory.track()
class TextComment(Record):
    """Said about a Pasal of a version, or about the whole text; `reply_to` begins the
    thread, and is resolved with all that follows it."""

    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        related_name="text_comments",
        verbose_name=_("kerja sama"),
    )
    version = models.ForeignKey(
        TextVersion,
        models.PROTECT,
        related_name="text_comments",
        verbose_name=_("versi naskah"),
    )
    # Its number in that version; none is the whole text.
    article = LineField(_("Pasal"), max_length=8, blank=True)
    text = models.TextField(_("komentar"), max_length=2000)
    is_internal = models.BooleanField(_("hanya untuk petugas"), default=False)
    reply_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("balasan atas"),
    )
    # Whom its writer called; others hear of it by their part in the text.
    called = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("diberi tahu"),
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    resolved_at = models.DateTimeField(_("diselesaikan"), null=True, editable=False)

    objects = TextCommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("komentar naskah")
        constraints = [
            models.CheckConstraint(
                condition=Q(reply_to=None) | Q(resolved_at=None),
                name="threads_are_resolved_at_their_head",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="resolved_comment_says_by_whom",
            ),
        ]

    def __str__(self):
        return self.text[:60]

    def get_absolute_url(self):
        """Its thread, as that stands on both pages of the discussion."""
        page = self.agreement.get_absolute_url()
        return f"{page}?tab=discussion#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"talk-{self.reply_to_id or self.pk}"

    @property
    def office(self) -> Office:
        return self.agreement.office

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
