"""Files people hand in, and documents the portal hands out."""

import secrets
from pathlib import PurePosixPath

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.documents import certificates
from pokmas.jobs.models import Job
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records.lifecycle import Lifecycle
from pokmas.records.lines import LineField

# No vowels and nothing that looks like something else on a printed page.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"

# What each kind of issued document is called; filled by `pokmas.papers.kinds`.
KINDS: dict = {}

# How the words of a file are told from each other.
WORDS = "indonesian"

# What people read of an electronic signature, by what it was found to be.
SIGNED = {
    certificates.INTACT: _(
        "Bertanda tangan elektronik oleh %(by)s (penerbit %(issuer)s): utuh."
    ),
    certificates.UNTRUSTED: _(
        "Bertanda tangan elektronik oleh %(by)s (penerbit %(issuer)s): utuh, tetapi "
        "penerbitnya tidak dipercaya portal ini."
    ),
    certificates.LAPSED: _(
        "Bertanda tangan elektronik oleh %(by)s (penerbit %(issuer)s): utuh, tetapi "
        "masa berlaku sertifikatnya sudah lewat."
    ),
    certificates.CHANGED: _(
        "Bertanda tangan elektronik oleh %(by)s (penerbit %(issuer)s): berubah sesudah "
        "ditandatangani."
    ),
    certificates.UNREADABLE: _("Tanda tangan elektroniknya tidak dapat diperiksa."),
}
SIGNED_TONES = {certificates.INTACT: "good", certificates.CHANGED: "bad"}


# What is said of a copy that came back signed, worst first where several signed it.
COPIES = {
    certificates.LAPSED: _(
        "Bertanda tangan elektronik, utuh; masa berlaku sertifikatnya sudah lewat"
    ),
    certificates.UNTRUSTED: _(
        "Bertanda tangan elektronik, utuh; penerbit sertifikatnya tidak dipercaya "
        "portal ini"
    ),
    certificates.INTACT: _("Bertanda tangan elektronik, utuh"),
}
SCANNED = _("Pindaian naskah bertanda tangan basah, tanpa tanda tangan elektronik")


def _said(found: list[dict] | None) -> list[tuple[str, str]]:
    if found == []:
        return [(_("Tanpa tanda tangan elektronik."), "neutral")]
    return [
        (
            SIGNED[each["state"]] % {"by": "", "issuer": "", **each},
            SIGNED_TONES.get(each["state"], "warn"),
        )
        for each in found or ()
    ]


def random_name(folder: str) -> str:
    """Nothing of a person's file name reaches the disk, and no name can be guessed."""
    return f"{folder}/{timezone.now():%Y/%m}/{secrets.token_urlsafe(24)}"


def new_code() -> str:
    """Twelve random characters in three groups, such as 7KQM-2XVD-9TRB."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join([text[:4], text[4:8], text[8:]])


class OwnedQuerySet(models.QuerySet):
    """Rows that belong to another row: whoever may see that one may see these."""

    def of(self, owner):
        return self.filter(
            owner_type=ContentType.objects.get_for_model(owner), owner_id=owner.pk
        )

    def owned_by_visible(self, user) -> Q:
        """The condition that `user` may see the owner, for the kinds of owner here.

        Narrow the rows down first: it looks up which kinds of owner there are.
        """
        condition = Q(pk__in=[])
        kinds = self.order_by().values("owner_type")
        for kind in ContentType.objects.filter(pk__in=kinds):
            owners = kind.model_class()._default_manager.visible_to(user)
            condition |= Q(owner_type=kind, owner_id__in=owners.values("pk"))
        return condition


class DocumentQuerySet(OwnedQuerySet):
    def visible_to(self, user):
        """Files whose owner the user may see, and his own that have none yet."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(owner_type=None, uploaded_by=user)
        return self.filter(self.owned_by_visible(user) | mine)

    def available(self):
        """Not in quarantine, and not found infected."""
        return self.filter(scan__in=[Document.Scan.OFF, Document.Scan.CLEAN])

    def infected(self):
        return self.filter(scan=Document.Scan.INFECTED)

    def kept_before(self, moment):
        """Kept from a form that was never finished."""
        return self.filter(owner_type=None, uploaded_at__lt=moment)


@pghistory.track()
class Document(models.Model):
    """An uploaded file, checked and stored privately.

    Whoever may see its owner may download it. Without an owner it was kept from a
    form that had other errors: only its uploader sees it, and it is swept after a day.
    """

    class Kind(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"
        XLSX = (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "XLSX",
        )
        DOCX = (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "DOCX",
        )
        XLS = "application/vnd.ms-excel", "XLS"
        ODS = "application/vnd.oasis.opendocument.spreadsheet", "ODS"
        CSV = "text/csv", "CSV"

    class Scan(models.TextChoices):
        OFF = "off", _("Tidak dipindai")
        WAITING = "waiting", _("Menunggu pemindaian")
        CLEAN = "clean", _("Bersih")
        INFECTED = "infected", _("Terinfeksi")

    owner_type = models.ForeignKey(ContentType, models.PROTECT, null=True)
    owner_id = models.BigIntegerField(null=True)
    owner = GenericForeignKey("owner_type", "owner_id")
    file = models.FileField(max_length=120)
    # A small picture for lists, of images only.
    thumbnail = models.FileField(max_length=120, blank=True)
    name = LineField(_("nama berkas"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=80, choices=Kind)
    size = models.PositiveIntegerField(_("ukuran (bita)"))
    width = models.PositiveSmallIntegerField(_("lebar"), null=True)
    height = models.PositiveSmallIntegerField(_("tinggi"), null=True)
    pages = models.PositiveSmallIntegerField(_("jumlah halaman"), null=True)
    # A PDF as its owner left it: signed with a certificate, or locked against editing.
    is_signed = models.BooleanField(_("bertanda tangan elektronik"), default=False)
    is_locked = models.BooleanField(_("terkunci untuk disunting"), default=False)
    # What its electronic signatures were found to be (certificates.py) when it came in;
    # None of a file from before, or one that can have none.
    certificates = models.JSONField(null=True, editable=False)
    sha256 = LineField(max_length=64)
    scan = models.CharField(
        _("pemindaian"), max_length=8, choices=Scan, default=Scan.OFF
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diunggah oleh"),
    )
    uploaded_at = models.DateTimeField(_("diunggah"), default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("berkas")
        indexes = [
            models.Index(fields=["owner_type", "owner_id"]),
            models.Index(fields=["sha256"]),
            models.Index(
                fields=["uploaded_at"],
                condition=Q(owner_type=None),
                name="documents_kept",
            ),
            models.Index(
                fields=["scan"],
                condition=Q(scan__in=["waiting", "infected"]),
                name="documents_to_watch",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_type=None, owner_id=None)
                | Q(owner_type__isnull=False, owner_id__isnull=False),
                name="document_owner_is_whole",
            )
        ]
        triggers = [
            # What was handed in stays as it was; only an infected file is emptied.
            pgtrigger.Protect(
                name="content_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.sha256, OLD.size, OLD.kind, OLD.uploaded_by_id) IS DISTINCT "
                    "FROM (NEW.sha256, NEW.size, NEW.kind, NEW.uploaded_by_id) "
                    "OR (OLD.file <> NEW.file AND NEW.file <> ''))"
                ),
            ),
            pgtrigger.Protect(
                name="owner_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "(OLD.owner_id IS NOT NULL AND (OLD.owner_type_id, OLD.owner_id) "
                    "IS DISTINCT FROM (NEW.owner_type_id, NEW.owner_id))"
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("documents:download", args=[self.pk, self.name])

    def get_view_url(self):
        """Where it is read page by page, also inside another page."""
        return reverse("documents:view", args=[self.pk])

    def get_page_url(self, number: int, zoom: int):
        return reverse("documents:page", args=[self.pk, number, zoom])

    def get_thumbnail_url(self):
        return reverse("documents:thumbnail", args=[self.pk])

    @property
    def is_image(self) -> bool:
        return self.kind in {self.Kind.JPEG, self.Kind.PNG}

    @property
    def signatures(self) -> list[tuple[str, str]]:
        """What people read of its electronic signatures, each with its tone."""
        return _said(self.certificates)

    @property
    def is_changed(self) -> bool:
        """Whether it is no more what somebody signed with a certificate."""
        return any(
            each["state"] == certificates.CHANGED for each in self.certificates or ()
        )

    @property
    def is_readable(self) -> bool:
        """Whether it can be shown on a page, and not only be opened elsewhere."""
        return self.is_available and (self.is_image or self.kind == self.Kind.PDF)

    @property
    def status_label(self) -> str:
        return self.get_scan_display()

    @property
    def tone(self) -> str:
        return {self.Scan.WAITING: "info", self.Scan.INFECTED: "bad"}.get(
            self.scan, "good"
        )

    @property
    def is_available(self) -> bool:
        return self.scan in {self.Scan.OFF, self.Scan.CLEAN}

    @property
    def is_erased(self) -> bool:
        """Whether its content went for good, though nothing bad was found in it."""
        return not self.file and self.scan != self.Scan.INFECTED

    @property
    def extension(self) -> str:
        return PurePosixPath(self.name).suffix.lstrip(".").upper()


class DocumentText(models.Model):
    """What a file says that carries text; empty of one that is pictures alone.

    It says nothing that the file does not: whoever may not open that finds nothing.
    """

    document = models.OneToOneField(
        Document, models.CASCADE, primary_key=True, related_name="said"
    )
    text = models.TextField(blank=True)
    words = models.GeneratedField(
        expression=SearchVector("text", config=WORDS),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("isi berkas")
        indexes = [GinIndex(fields=["words"], name="document_words")]

    def __str__(self):
        return str(self.document)


class IssuedDocumentQuerySet(OwnedQuerySet, OfficeScopedQuerySet):
    def visible_to(self, user):
        """Drafts are for officers, who still work on them."""
        rows = self.filter(self.owned_by_visible(user))
        acting = getattr(user, "acting", None)
        if acting is None or acting.is_community:
            return rows.exclude(status=IssuedDocument.Status.DRAFT)
        return rows

    def for_printing(self):
        return self.select_related("office__regency")

    def owners_by_code(self, code, model) -> list[int]:
        """The keys of the rows of `model` that have the paper with this code."""
        kind = ContentType.objects.get_for_model(model)
        rows = self.filter(code=code, owner_type=kind)
        return list(rows.values_list("owner_id", flat=True))

    def sealed(self):
        """Those whose file exists."""
        return self.filter(sha256__gt="")

    def public(self):
        """Those that left the house, so that anybody may check them."""
        return self.sealed().exclude(status=IssuedDocument.Status.DRAFT)

    def unfinished(self):
        """None: a paper stays with the office that issued it, also after a merger."""
        return self.none()


@pghistory.track()
class IssuedDocument(Lifecycle, OfficeScoped):
    """A document the portal made: its number, holder, validity and fingerprint.

    The check page behind its QR shows these, and nothing else.
    """

    class Status(models.TextChoices):
        # Made to be worked on and signed elsewhere: it bears neither code nor QR.
        DRAFT = "draft", _("Konsep")
        PENDING = "pending", _("Belum disahkan")
        VALID = "valid", _("Sah")
        REPLACED = "replaced", _("Digantikan versi baru")
        WITHDRAWN = "withdrawn", _("Ditarik")

    TONES = {
        Status.PENDING: "warn",
        Status.VALID: "good",
        Status.WITHDRAWN: "bad",
    }
    TRANSITIONS = {
        Status.PENDING: {Status.VALID, Status.REPLACED, Status.WITHDRAWN},
        Status.VALID: {Status.REPLACED, Status.WITHDRAWN},
    }

    kind = LineField(_("jenis"), max_length=40)
    code = LineField(_("kode"), max_length=14, unique=True, default=new_code)
    title = LineField(_("judul"), max_length=200)
    number = LineField(_("nomor"), max_length=100, blank=True)
    holder = LineField(_("pemegang"), max_length=200)
    period = LineField(_("periode"), max_length=60, blank=True)
    # The office's name on the day of issue: old papers keep the old name.
    office_name = LineField(_("unit penerbit"), max_length=120)
    # So does their letterhead (pokmas.documents.letterhead).
    letterhead = models.JSONField(default=dict, editable=False)
    version = models.PositiveSmallIntegerField(_("versi"), default=1)
    # That of the owner whose state it prints.
    owner_revision = models.PositiveIntegerField(null=True, blank=True)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(
        _("keadaan"), max_length=10, choices=Status, default=Status.PENDING
    )
    issued_on = models.DateField(_("diterbitkan"), default=timezone.localdate)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    file = models.FileField(max_length=120)
    # The same in Word, to work on: without code and QR, and never the original.
    word = models.FileField(max_length=120, blank=True)
    # A ZIP of the file and whatever it lists, where the paper is an index of files.
    package = models.FileField(max_length=120, blank=True)
    package_size = models.PositiveIntegerField(_("ukuran ZIP (bita)"), default=0)
    size = models.PositiveIntegerField(_("ukuran (bita)"), default=0)
    sha256 = LineField(max_length=64, blank=True, db_index=True)
    pages = models.PositiveSmallIntegerField(_("jumlah halaman"), default=0)
    # Whose certificate seals the file; "" of one without such a seal.
    certified_by = LineField(_("segel elektronik"), max_length=200, blank=True)
    owner_type = models.ForeignKey(ContentType, models.PROTECT)
    owner_id = models.BigIntegerField()
    owner = GenericForeignKey("owner_type", "owner_id")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-pk"]
        verbose_name = _("dokumen terbitan")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="valid") | Q(sha256__gt=""),
                name="issued_valid_has_file",
                violation_error_message=_("Berkas dokumen ini belum selesai dibuat."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(valid_until__gte=models.F("issued_on")),
                name="issued_dates_in_order",
                violation_error_message=_("Masa berlaku berakhir sebelum diterbitkan."),
            ),
            models.UniqueConstraint(
                fields=["owner_type", "owner_id", "kind", "version"],
                name="issued_version_once",
                violation_error_message=_("Versi dokumen ini sudah ada."),
            ),
        ]
        triggers = [
            *OfficeScoped.Meta.triggers,
            pgtrigger.Protect(
                name="identity_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "kind",
                    "code",
                    "title",
                    "number",
                    "holder",
                    "period",
                    "office_name",
                    "letterhead",
                    "version",
                    "owner_revision",
                    "issued_on",
                    "valid_until",
                    "owner_type",
                    "owner_id",
                ),
            ),
            pgtrigger.Protect(
                name="content_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "(OLD.sha256 <> '' AND (OLD.file, OLD.word, OLD.package, "
                    "OLD.package_size, OLD.sha256, OLD.size, OLD.pages) IS DISTINCT "
                    "FROM (NEW.file, NEW.word, NEW.package, NEW.package_size, "
                    "NEW.sha256, NEW.size, NEW.pages))"
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.title} {self.period}".strip()

    def get_absolute_url(self):
        return reverse("documents:issued", args=[self.code])

    def get_view_url(self):
        """Where it is read page by page, also inside another page."""
        return reverse("documents:issued_view", args=[self.code])

    def get_page_url(self, number: int, zoom: int):
        return reverse("documents:issued_page", args=[self.code, number, zoom])

    def get_word_url(self):
        return reverse("documents:word", args=[self.code])

    def get_package_url(self):
        return reverse("documents:package", args=[self.code])

    def get_check_url(self):
        """The address in the QR: short, and printed under it for typing."""
        return reverse("check_code", args=[self.code])

    @property
    def kind_label(self) -> str:
        return KINDS.get(self.kind, "")

    @property
    def check_address(self) -> str:
        return settings.BASE_URL + self.get_check_url()

    @property
    def name(self) -> str:
        return str(self)

    @property
    def is_readable(self) -> bool:
        return self.is_sealed

    @property
    def is_sealed(self) -> bool:
        return bool(self.sha256)

    def signed_since(self, document: Document) -> list[dict]:
        """The signatures of a file that begins with this paper, without its seal."""
        found = document.certificates or []
        return found[1:] if self.certified_by else found

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_current(self) -> bool:
        """Whether it is the version that counts, or waits for that."""
        return self.is_sealed and self.status in (
            self.Status.PENDING,
            self.Status.VALID,
        )

    @property
    def is_given_out(self) -> bool:
        """Whether its files are offered: they are made, and it was not withdrawn."""
        return self.is_sealed and self.status != self.Status.WITHDRAWN

    @property
    def is_valid(self) -> bool:
        """Whether it counts, within its dates: made known to whoever checks it."""
        return self.status == self.Status.VALID

    @property
    def has_expired(self) -> bool:
        """By the day of the office that issued it: the same to whoever asks."""
        return self.valid_until is not None and self.valid_until < self.office.today


class SignedCopyQuerySet(models.QuerySet):
    def of(self, owner):
        """Of every version of its papers, the newest first."""
        return self.filter(issued__in=IssuedDocument.objects.of(owner))

    def available(self):
        return self.filter(document__in=Document.objects.available())

    def best(self):
        """The newest signed by certificate, else the newest scan."""
        return self.order_by("-is_certified", "-pk").first()


@pghistory.track()
class SignedCopy(models.Model):
    """A paper of the portal as somebody signed it elsewhere, kept beside it.

    The file belongs to the paper's owner. It holds the very bytes that were issued if
    it `is_certified`; else it is a scan, of which somebody said what it shows.
    """

    issued = models.ForeignKey(
        IssuedDocument, models.PROTECT, related_name="signed_copies"
    )
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="signed_copy"
    )
    is_certified = models.BooleanField(_("bertanda tangan elektronik"))
    received_at = models.DateTimeField(_("waktu diterima"), default=timezone.now)

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("salinan bertanda tangan")
        triggers = [
            pgtrigger.Protect(
                name="is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return str(self.issued)

    @property
    def received_on(self):
        """By the day of the office that issued the paper."""
        return timezone.localdate(self.received_at, self.issued.office.tzinfo)

    @property
    def state(self) -> str:
        """What its signatures were found to be, that of the portal left out; "" of a
        scan."""
        if not self.is_certified:
            return ""
        states = {each["state"] for each in self.issued.signed_since(self.document)}
        return next(state for state in COPIES if state in states)

    @property
    def label(self) -> str:
        return COPIES.get(self.state, SCANNED)

    @property
    def tone(self) -> str:
        return "good" if self.state == certificates.INTACT else "warn"
