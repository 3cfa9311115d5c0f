"""What a unit and a partner agreed to do, and until when."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import CommunityGroup, Partner
from pokmas.documents.models import Document, IssuedDocument
from pokmas.jobs.models import Job
from pokmas.lifecycle import Lifecycle, LifecycleQuerySet, Turn
from pokmas.offices.models import Office, OfficeScoped, OfficeScopedQuerySet
from pokmas.records import Record

EXPIRING_DAYS = 90


class AgreementQuerySet(LifecycleQuerySet, OfficeScopedQuerySet):
    def belonging_to(self, user):
        return self.filter(partner__in=Partner.objects.belonging_to(user)).exclude(
            status=Agreement.Status.DRAFT
        )

    def for_list(self):
        return self.select_related("office", "partner").with_validity()

    def with_validity(self, today=None):
        """Adds `validity`: what follows from the dates of a signed agreement.

        One expression, used by lists, filters, figures and pages alike; never stored.
        """
        today = today or timezone.localdate()
        return self.annotate(
            validity=Case(
                When(~Q(status=Agreement.Status.SIGNED), then=Value("")),
                When(starts_on__gt=today, then=Value("future")),
                When(ends_on__lt=today, then=Value("expired")),
                When(
                    ends_on__lte=today + timedelta(days=EXPIRING_DAYS),
                    then=Value("expiring"),
                ),
                default=Value("in_force"),
                output_field=CharField(),
            )
        )

    def in_force(self, today=None):
        today = today or timezone.localdate()
        return self.filter(
            status=Agreement.Status.SIGNED, starts_on__lte=today, ends_on__gte=today
        )

    def expiring(self, today=None, days=EXPIRING_DAYS):
        today = today or timezone.localdate()
        return self.in_force(today).filter(ends_on__lte=today + timedelta(days=days))

    def search(self, text):
        return self.filter(
            Q(title__icontains=text)
            | Q(our_number__icontains=text)
            | Q(partner_number__icontains=text)
            | Q(partner__name__icontains=text)
        )


@pghistory.track()
class Agreement(OfficeScoped, Lifecycle, Record):
    """An MoU or PKS of a unit with a partner. In force, expiring, expired: by date."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        DISCUSSION = "discussion", _("Pembahasan")
        LEGAL_REVIEW = "legal_review", _("Telaah")
        READY_TO_SIGN = "ready_to_sign", _("Siap tanda tangan")
        SIGNED = "signed", _("Ditandatangani")
        SUSPENDED = "suspended", _("Ditangguhkan")
        TERMINATED = "terminated", _("Diakhiri")

    INDEX = "agreements:index"
    VALIDITY = {
        "future": _("Belum mulai"),
        "in_force": _("Berlaku"),
        "expiring": _("Akan berakhir"),
        "expired": _("Berakhir"),
    }

    TRANSITIONS = {
        Status.DRAFT: {Status.DISCUSSION},
        Status.DISCUSSION: {Status.LEGAL_REVIEW},
        Status.LEGAL_REVIEW: {Status.DISCUSSION, Status.READY_TO_SIGN},
        Status.READY_TO_SIGN: {Status.SIGNED},
        Status.SIGNED: {Status.SUSPENDED, Status.TERMINATED},
        Status.SUSPENDED: {Status.SIGNED, Status.TERMINATED},
    }
    TURNS = {
        Status.DRAFT: Turn(
            "agreements.change_agreement",
            _("Lengkapi naskah, lalu bahas dengan mitra"),
            14,
            _("Draf belum dilihat mitra maupun Kanwil."),
        ),
        Status.DISCUSSION: Turn(
            "agreements.submit_agreement",
            _("Sepakati naskah dengan mitra, lalu ajukan telaah"),
            14,
            _("Kerja sama tertunda dan tampak terlambat di beranda Kanwil."),
        ),
        Status.LEGAL_REVIEW: Turn(
            "agreements.review_agreement",
            _("Telaah naskah: siap ditandatangani atau dikembalikan"),
            5,
            _("Kepala Kanwil melihat telaah ini sebagai terlambat."),
            not_by=("submitted_by",),
        ),
        Status.READY_TO_SIGN: Turn(
            "agreements.sign_agreement",
            _("Tandatangani, lalu unggah pindaian naskah"),
            14,
            _("Kerja sama belum berlaku sampai pindaian diunggah."),
        ),
    }

    class Kind(models.TextChoices):
        MOU = "mou", _("Nota Kesepahaman (MoU)")
        JOINT = "joint", _("Nota Kesepakatan")
        PKS = "pks", _("Perjanjian Kerja Sama (PKS)")

    kind = models.CharField(_("jenis"), max_length=6, choices=Kind, default=Kind.PKS)
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="agreements", verbose_name=_("mitra")
    )
    group = models.ForeignKey(
        CommunityGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("kelompok"),
    )
    umbrella = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("nota payung"),
    )
    title = models.CharField(_("judul"), max_length=200)
    our_number = models.CharField(_("nomor kami"), max_length=100, blank=True)
    partner_number = models.CharField(_("nomor mitra"), max_length=100, blank=True)
    # The year part of "unique per issuer and year" (domain: both sides number freely).
    number_year = models.PositiveSmallIntegerField(null=True, editable=False)
    urgency = models.TextField(_("urgensi"), max_length=2000)
    form = models.TextField(_("bentuk kerja sama"), max_length=2000)
    subject = models.TextField(_("pokok kerja sama"), max_length=4000)
    starts_on = models.DateField(_("mulai berlaku"))
    ends_on = models.DateField(_("berakhir"))
    our_signatory = models.CharField(_("penanda tangan unit"), max_length=120)
    our_position = models.CharField(_("jabatan penanda tangan unit"), max_length=120)
    our_nip = models.CharField(_("NIP"), max_length=18, blank=True)
    our_capacity = models.CharField(
        _("kedudukan"),
        max_length=12,
        choices=Office.Capacity,
        default=Office.Capacity.DEFINITIVE,
    )
    partner_signatory = models.CharField(_("penanda tangan mitra"), max_length=120)
    partner_position = models.CharField(
        _("jabatan penanda tangan mitra"), max_length=120
    )
    signed_on = models.DateField(_("ditandatangani pada"), null=True, blank=True)
    signed_at_place = models.CharField(_("tempat"), max_length=120, blank=True)
    scan = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pindaian bertanda tangan"),
    )
    termination_paper = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("surat pengakhiran"),
    )
    status = models.CharField(
        _("status"), max_length=14, choices=Status, default=Status.DRAFT, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    objects = AgreementQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("kerja sama")
        indexes = [
            models.Index(fields=["region", "-created_at", "-id"]),
            models.Index(fields=["office", "-created_at", "-id"]),
            models.Index(fields=["status", "ends_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="agreement_dates_in_order",
                violation_error_message=_(
                    "Tanggal berakhir harus sesudah tanggal mulai berlaku."
                ),
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(starts_on__gte=F("signed_on")),
                name="agreement_starts_after_signing",
                violation_error_message=_(
                    "Tanggal mulai berlaku tidak boleh sebelum tanggal tanda tangan."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "suspended", "terminated"])
                | (
                    ~Q(our_number="")
                    & Q(signed_on__isnull=False)
                    & Q(scan__isnull=False)
                ),
                name="signed_agreement_has_scan",
                violation_error_message=_(
                    "Nomor, tanggal tanda tangan, dan pindaian naskah wajib ada."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="terminated")
                | (Q(termination_paper__isnull=False) & ~Q(reason="")),
                name="terminated_agreement_has_paper",
                violation_error_message=_("Surat pengakhiran dan alasannya wajib ada."),
            ),
            models.UniqueConstraint(
                fields=["office", "our_number", "number_year"],
                condition=~Q(our_number=""),
                name="agreement_number_once_a_year",
                violation_error_message=_(
                    "Nomor ini sudah dipakai pada tahun yang sama."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:detail", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        """The text may change until the Kanwil reviews it."""
        return self.status in {self.Status.DRAFT, self.Status.DISCUSSION}

    @property
    def awaits_signing(self) -> bool:
        """Whether a signing may be recorded; what was suspended is signed already."""
        return self.status == self.Status.READY_TO_SIGN

    def get_validity_display(self):
        """In force, expiring, expired: needs a row from `with_validity`."""
        return self.VALIDITY.get(self.validity, "")

    @property
    def is_in_force(self) -> bool:
        """Signed and within its dates: needs a row from `with_validity`."""
        return self.validity in {"in_force", "expiring"}

    @property
    def cautions(self) -> list:
        """What a reader should know before signing; warnings, never a block."""
        found = []
        if self.kind == self.Kind.MOU and self.office.level == Office.Level.UNIT:
            found.append(
                _(
                    "Nota Kesepahaman ditandatangani Menteri atau Kepala Kanwil; "
                    "kepala UPT menandatangani PKS (Permenkumham 65/2016)."
                )
            )
        if self.ends_on > self.starts_on + timedelta(days=5 * 366):
            found.append(_("Jangka waktu lebih dari lima tahun tidak lazim."))
        return found


@pghistory.track()
class Review(models.Model):
    """A reviewer's verdict on a draft, kept with its notes."""

    class Verdict(models.TextChoices):
        READY = "ready", _("Siap ditandatangani")
        REVISE = "revise", _("Perlu perbaikan")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reviews")
    verdict = models.CharField(_("hasil telaah"), max_length=6, choices=Verdict)
    notes = models.TextField(_("catatan"), max_length=4000, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("ditelaah"), default=timezone.now)

    class Meta:
        ordering = ["-reviewed_at", "-pk"]
        verbose_name = _("telaah")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="ready") | ~Q(notes=""),
                name="revision_has_notes",
                violation_error_message=_("Jelaskan apa yang perlu diperbaiki."),
            )
        ]

    def __str__(self):
        return f"{self.get_verdict_display()}: {self.agreement}"


class ExtractQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


@pghistory.track()
class Extract(models.Model):
    """The paper that sums up an agreement in force as one revision of it stood.

    A worker makes it; who sees the agreement sees the paper.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="extracts")
    revision = models.PositiveIntegerField()
    issued = models.OneToOneField(
        IssuedDocument, models.PROTECT, related_name="extract"
    )
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")

    objects = ExtractQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("ringkasan kerja sama")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "revision"], name="one_extract_per_revision"
            )
        ]

    def __str__(self):
        return f"{self.issued} {self.issued.code}"

    @property
    def is_current(self) -> bool:
        """Whether the agreement still stands as this paper says."""
        return self.revision == self.agreement.revision
