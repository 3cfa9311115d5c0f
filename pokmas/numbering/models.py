"""Numbers of papers: by which pattern an office gives them, and its book of them.

A post has no numbers of its own: it writes in the book of its unit.
"""

from dataclasses import dataclass
from datetime import date

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Concat, Replace, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pokmas.documents.models import Document, OwnedQuerySet
from pokmas.numbering.keys import Bare, Unpadded, bare_number, unpadded
from pokmas.offices.letters import check_number_pattern
from pokmas.offices.models import Office, OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from pokmas.records.search import SearchQuerySet
from pokmas.reference.models import Reference

Level = Office.Level


class Kind(models.TextChoices):
    """Kinds of paper that bear a number."""

    AGREEMENT = "agreement", _("Kerja sama (nota kesepahaman, PKS)")
    DECREE = "decree", _("Surat keputusan")
    LETTER = "letter", _("Surat keluar")
    ASSIGNMENT = "assignment", _("Surat tugas")
    MINUTES = "minutes", _("Berita acara")
    CERTIFICATE = "certificate", _("Piagam")
    OTHER = "other", _("Naskah lain")


class Source(models.TextChoices):
    PORTAL = "portal", _("Portal")
    SRIKANDI = "srikandi", _("SRIKANDI")
    OUTSIDE = "outside", _("Diketik")


# As units and regional offices number since 2024, unless somebody says otherwise.
PATTERNS = {
    Level.UNIT: "WP.{wilayah}.PAS.{unit}-{klasifikasi}-{urut}",
    Level.REGIONAL: "WP.{wilayah}-{klasifikasi}-{urut}",
    Level.HEADQUARTERS: "PAS-{klasifikasi}-{urut}",
}
WITH_YEAR = {Kind.AGREEMENT, Kind.DECREE, Kind.CERTIFICATE}
CLASSIFICATIONS = {Kind.AGREEMENT: "HK.01.05", Kind.DECREE: "HK.01.05"}


def keeper_of(office: Office) -> Office:
    """The office in whose book it writes: of a post its unit, of a merged one the
    successor."""
    return office.nearest({Level.UNIT, Level.REGIONAL, Level.HEADQUARTERS}) or office


@pghistory.track()
class Classification(Reference):
    """An archive code that stands within numbers."""

    SAID = "name"

    code = LineField(_("kode"), max_length=20)
    name = LineField(_("uraian"), max_length=150)

    class Meta:
        ordering = ["code", "pk"]
        verbose_name = _("klasifikasi arsip")
        constraints = [
            models.UniqueConstraint(
                Upper("code"),
                name="classification_once",
                violation_error_message=_("Kode klasifikasi ini sudah ada."),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        return reverse("reference:change", args=["classifications", self.pk])


@pghistory.track()
class OfficeCode(OfficeScoped, Record):
    """How an office is called within numbers: 22 of a region, 3 of a unit."""

    code = LineField(_("kode"), max_length=20)

    objects = OfficeScopedQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        verbose_name = _("kode kantor")
        constraints = [
            models.UniqueConstraint(
                fields=["office"],
                name="office_code_once",
                violation_error_message=_("Kantor ini sudah punya kode."),
            )
        ]

    def __str__(self):
        return self.code


@dataclass(frozen=True)
class Rule:
    """How numbers of a kind are given at an office on a day."""

    source: str
    pattern: str
    classification: Classification | None = None
    has_own_series: bool = False
    # Which office said so; None where nobody did.
    said_by: Office | None = None

    @property
    def is_portal(self) -> bool:
        return self.source == Source.PORTAL


class NumberTemplateQuerySet(OfficeScopedQuerySet):
    def holding(self, keeper: Office, day: date) -> dict[str, Rule]:
        """How `keeper` numbers each kind on `day`: by its own rule, else that of its
        region, else that of headquarters."""
        nearest = Case(
            When(office=keeper.pk, then=0),
            When(office=keeper.region_id, then=1),
            default=2,
        )
        rows = self.filter(
            Q(office__in=[keeper.pk, keeper.region_id or keeper.pk])
            | Q(office__level=Level.HEADQUARTERS),
            valid_from__lte=day,
        )
        rows = rows.select_related("office", "classification")
        rows = rows.order_by("kind", nearest, "-valid_from").distinct("kind")
        said = {row.kind: row.rule for row in rows}
        return _unsaid(keeper) | said if len(said) < len(Kind) else said


def _unsaid(keeper: Office) -> dict[str, Rule]:
    """By the pattern on record of the office, else as most offices number."""
    codes = Classification.objects.filter(code__in=CLASSIFICATIONS.values())
    known = {row.code: row for row in codes}
    rules = {}
    for kind in Kind:
        row = known.get(CLASSIFICATIONS.get(kind))
        if keeper.number_template:
            own = keeper.number_template
            rules[kind] = Rule(Source.PORTAL, own, row, said_by=keeper)
        else:
            year = " TAHUN {tahun}" if kind in WITH_YEAR else ""
            rules[kind] = Rule(Source.PORTAL, PATTERNS[keeper.level] + year, row)
    return rules


@pghistory.track()
class NumberTemplate(OfficeScoped, Record):
    """From which day on an office, and those below it, number a kind of paper so."""

    kind = models.CharField(_("jenis naskah"), max_length=12, choices=Kind)
    source = models.CharField(
        _("nomor diberi oleh"),
        max_length=10,
        choices=[each for each in Source.choices if each[0] != Source.OUTSIDE],
        default=Source.PORTAL,
    )
    pattern = LineField(
        _("pola nomor"), max_length=80, blank=True, validators=[check_number_pattern]
    )
    classification = models.ForeignKey(
        Classification,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("klasifikasi"),
    )
    has_own_series = models.BooleanField(
        _("nomor urutnya sendiri, terpisah dari naskah lain"), default=False
    )
    valid_from = models.DateField(_("berlaku sejak"))

    objects = NumberTemplateQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["kind", "-valid_from", "-pk"]
        verbose_name = _("pola nomor")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "valid_from"],
                name="number_template_once_a_day",
                violation_error_message=_(
                    "Sudah ada pola untuk jenis ini yang berlaku sejak tanggal itu."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(source="portal") | ~Q(pattern=""),
                name="number_template_has_pattern",
                violation_error_message=_("Isi pola nomor."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.pattern}"

    @property
    def rule(self) -> Rule:
        return Rule(
            self.source,
            self.pattern,
            self.classification,
            self.has_own_series,
            self.office,
        )


class KeptQuerySet(OfficeScopedQuerySet):
    def visible_to(self, user):
        """Who serves at a post reads the book of its unit."""
        acting = getattr(user, "acting", None)
        if acting and not acting.is_community and acting.office.level == Level.POST:
            return self.filter(office=keeper_of(acting.office))
        return super().visible_to(user)


class NumberBook(OfficeScoped):
    """The numbers of an office in one year, and the last one that was given.

    `series` is a kind of paper that is counted apart, "" for all others.
    """

    year = models.PositiveSmallIntegerField(_("tahun"))
    series = models.CharField(max_length=12, blank=True, choices=Kind)
    last = models.PositiveIntegerField(_("nomor urut terakhir"), default=0)

    # What papers and notices ask of whatever they are about.
    reason = ""
    revision = 0

    objects = KeptQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-year", "series", "pk"]
        verbose_name = _("buku nomor")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "series"],
                name="one_number_book_a_year",
                violation_error_message=_("Buku nomor ini sudah ada."),
            )
        ]

    def __str__(self):
        what = self.get_series_display() or _("Buku nomor")
        return f"{what} {self.year}"

    def get_absolute_url(self):
        return reverse("numbering:book", args=[self.pk])

    def lock(self):
        """Reread this row and hold it until the transaction ends."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())


class NumberQuerySet(SearchQuerySet, OwnedQuerySet, KeptQuerySet):
    def standing(self):
        return self.filter(cancelled_at=None)

    def called(self, keeper: Office, year: int, text: str, series: str):
        """The one with this text, however it was typed; in its own series also however
        its digits are filled up."""
        bare = bare_number(text)
        rows = self.standing().filter(office=keeper, year=year)
        rows = rows.alias(bare=Bare("text"), unpadded=Unpadded("bare"))
        in_series = Q(book__series=series, unpadded=unpadded(bare))
        return rows.filter(Q(bare=bare) | in_series)


@pghistory.track(exclude=["plain", "search_text"])
class Number(OfficeScoped, Record):
    """A number that was given to a paper; cancelled it stays in the book."""

    book = models.ForeignKey(NumberBook, models.PROTECT, related_name="numbers")
    kind = models.CharField(_("jenis naskah"), max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField(_("tahun"), editable=False)
    # None of a number that was given elsewhere and does not follow the pattern.
    sequence = models.PositiveIntegerField(_("no. urut"), null=True, editable=False)
    text = LineField(_("nomor naskah"), max_length=100)
    plain = models.GeneratedField(
        expression=Upper(Replace("text", Value(" "))),
        output_field=models.TextField(),
        db_persist=True,
    )
    dated = models.DateField(_("tanggal"))
    addressed_to = LineField(_("ditujukan kepada"), max_length=200, blank=True)
    gist = LineField(_("isi singkat"), max_length=300)
    classification = models.ForeignKey(
        Classification,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("klasifikasi"),
    )
    source = models.CharField(
        _("nomor diberi oleh"), max_length=10, choices=Source, editable=False
    )
    # The signed paper that came back together with it.
    file = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("naskah bertanda tangan"),
    )
    owner_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, editable=False
    )
    owner_id = models.BigIntegerField(null=True, editable=False)
    owner = GenericForeignKey("owner_type", "owner_id")
    cancelled_at = models.DateTimeField(_("dibatalkan"), null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    reason = models.TextField(
        _("alasan pembatalan"), max_length=1000, blank=True, editable=False
    )
    search_text = models.GeneratedField(
        expression=Upper(
            Concat("text", Value(" "), "gist", Value(" "), "addressed_to")
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = NumberQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-dated", "-pk"]
        verbose_name = _("nomor naskah")
        indexes = [
            models.Index(fields=["owner_type", "owner_id"]),
            models.Index(fields=["region", "-dated", "-id"]),
            models.Index(fields=["office", "-dated", "-id"]),
            models.Index(fields=["-dated", "-id"]),
            models.Index(fields=["year", "-dated", "-id"]),
            models.Index(fields=["kind", "-dated", "-id"]),
            GinIndex(
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                name="number_search",
                fastupdate=False,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "sequence"],
                name="number_sequence_once",
                violation_error_message=_("Nomor urut ini sudah dipakai."),
            ),
            models.UniqueConstraint(
                "office",
                "year",
                Bare("text"),
                condition=Q(cancelled_at=None),
                name="number_once_a_year",
                violation_error_message=_(
                    "Nomor ini sudah ada di buku nomor tahun itu."
                ),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(reason=""),
                name="cancelled_number_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
        ]
        triggers = [
            *OfficeScoped.Meta.triggers,
            pgtrigger.Protect(
                name="number_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    *("book", "office", "kind", "year", "sequence", "text"),
                    *("source", "file"),
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("numbering:detail", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None
