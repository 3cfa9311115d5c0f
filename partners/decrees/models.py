"""What the papers of a group say, as far as it is the same for all units."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pokmas.documents.models import Document
from pokmas.offices.models import OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference, ReferenceQuerySet


class ClauseQuerySet(ReferenceQuerySet):
    def holding(self, day):
        """Those in force on `day`, in their order."""
        return self.in_use().filter(
            Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day
        )

    def of(self, paper):
        return self.filter(paper__in=[paper, Clause.Paper.DECREES])


@pghistory.track()
class Clause(Reference):
    """A legal basis, a consideration, a ruling or a sentence of a letter, and when."""

    SAID = "text"

    class Paper(models.TextChoices):
        DECREES = "decrees", _("Semua SK kelompok")
        DECREE = "decree", _("SK penetapan kelompok")
        DISSOLUTION = "dissolution", _("SK pembubaran kelompok")
        INVITATION = "invitation", _("Undangan pengukuhan")
        INAUGURATION = "inauguration", _("Berita acara pengukuhan")

    class Part(models.TextChoices):
        CONSIDERING = "considering", _("Menimbang")
        BASIS = "basis", _("Mengingat")
        RULING = "ruling", _("Diktum")
        BODY = "body", _("Isi")

    paper = models.CharField(_("naskah"), max_length=12, choices=Paper)
    part = models.CharField(_("bagian"), max_length=12, choices=Part)
    order = models.PositiveSmallIntegerField(_("urutan"), default=10)
    text = models.TextField(_("bunyi"), max_length=1000)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ["paper", "part", "order", "pk"]
        verbose_name = _("bunyi naskah")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="clause_dates_in_order",
                violation_error_message=_("Tanggal akhir sebelum tanggal mulai."),
            )
        ]


class WordTemplateQuerySet(OfficeScopedQuerySet):
    def in_use_at(self, office, kind):
        """That of the office; at a post that of its unit, if it has none of its own."""
        own = self.filter(kind=kind, is_in_use=True, office=office).first()
        if own is None and office.level == office.Level.POST:
            return self.in_use_at(office.parent, kind)
        return own


@pghistory.track()
class WordTemplate(OfficeScoped, Record):
    """An office's own Word file for a kind of paper, checked before it can be used."""

    kind = LineField(_("naskah"), max_length=40)
    version = models.PositiveSmallIntegerField(_("versi"))
    file = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("berkas")
    )
    is_in_use = models.BooleanField(_("dipakai"), default=False)

    objects = WordTemplateQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-version", "pk"]
        verbose_name = _("templat Word")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "version"],
                name="word_template_version_once",
                violation_error_message=_("Versi templat ini sudah ada."),
            ),
            models.UniqueConstraint(
                fields=["office", "kind"],
                condition=Q(is_in_use=True),
                name="one_word_template_in_use",
                violation_error_message=_("Templat lain sudah dipakai."),
            ),
        ]

    def __str__(self):
        return f"{self.file.name} ({self.version})"

    def get_absolute_url(self):
        return reverse("partners:template_kind", args=[self.kind])
