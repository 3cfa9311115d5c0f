"""What texts of agreements say, and the versions of one text."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.texts.articles import Text
from pokmas.documents.models import Document
from pokmas.offices.models import Office
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference, ReferenceQuerySet


class ClauseQuerySet(ReferenceQuerySet):
    def holding(self, day):
        """Those in force on `day`, in their order."""
        still = Q(valid_until=None) | Q(valid_until__gte=day)
        rows = self.in_use().filter(still, valid_from__lte=day)
        return rows.order_by("order", "pk")

    def for_kind(self, kind):
        """Those of the texts of that kind of agreement."""
        return self.filter(serves__in=Clause.SERVING[kind])


@pghistory.track()
class Clause(Reference):
    """What texts say: a Pasal, or some paragraphs of one; when, and for which of them.

    Clauses of one heading are one Pasal.
    """

    SAID = "heading"

    class Serves(models.TextChoices):
        ALL = "all", _("Semua naskah")
        PKS = "pks", _("Perjanjian Kerja Sama (PKS)")
        NOTES = "notes", _("Nota Kesepahaman dan Nota Kesepakatan")

    class Part(models.TextChoices):
        RECITAL = "recital", _("Menimbang")
        BASIS = "basis", _("Mengingat")
        ARTICLE = "article", _("Pasal")

    class Condition(models.TextChoices):
        ALWAYS = "always", _("Selalu")
        GROUP = "group", _("Untuk kelompok Pokmas Lipas")
        UMBRELLA = "umbrella", _("Turunan nota payung")
        GOVERNMENT = "government", _("Dengan pemerintah daerah")
        CHILDREN = "children", _("Unit yang membina anak (LPKA)")
        SEVERAL = "several", _("Lebih dari dua pihak")
        PLANNED = "planned", _("Rencana kerja menjadi lampiran")
        UNPLANNED = "unplanned", _("Rencana kerja belum disusun")

    SERVING = {
        Agreement.Kind.PKS: [Serves.ALL, Serves.PKS],
        Agreement.Kind.MOU: [Serves.ALL, Serves.NOTES],
        Agreement.Kind.JOINT: [Serves.ALL, Serves.NOTES],
    }

    serves = models.CharField(
        _("untuk naskah"), max_length=6, choices=Serves, default=Serves.ALL
    )
    part = models.CharField(
        _("bagian"), max_length=8, choices=Part, default=Part.ARTICLE
    )
    heading = LineField(_("judul"), max_length=120)
    text = models.TextField(_("bunyi"), max_length=4000)
    condition = models.CharField(
        _("dipakai bila"),
        max_length=10,
        choices=Condition,
        default=Condition.ALWAYS,
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=10)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ["part", "order", "pk"]
        verbose_name = _("klausul")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="agreement_clause_dates_in_order",
                violation_error_message=_("Tanggal akhir sebelum tanggal mulai."),
            )
        ]


class TextVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sees the agreement sees its text."""
        seen = Agreement.objects.visible_to(user)
        return self.filter(agreement__in=seen.order_by())

    def for_page(self):
        return self.select_related(
            "agreement__office__region",
            "agreement__office__parent",
            "agreement__partner",
            "base",
            "file",
            "created_by",
        )

    def for_list(self):
        return self.select_related("base", "file", "created_by").defer("text")


@pghistory.track(exclude=["text"])
class TextVersion(Record):
    """One state of a text: made from what is on record, or a Word file handed in.

    What it says is final; changing it makes the next version.
    """

    class Origin(models.TextChoices):
        MADE = "made", _("Dibuat portal")
        UPLOADED = "uploaded", _("Diunggah")
        PROPOSED = "proposed", _("Diusulkan mitra")

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="texts", verbose_name=_("kerja sama")
    )
    number = models.PositiveSmallIntegerField(_("versi"))
    origin = models.CharField(_("asal"), max_length=8, choices=Origin)
    # Handed in, or filled from a file of the office; else the portal makes one.
    file = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("berkas Word"),
    )
    base = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followers",
        verbose_name=_("turunan dari"),
    )
    note = models.TextField(_("catatan"), max_length=500, blank=True)
    # What the Word file had of these; the text is read with all changes accepted.
    tracked = models.PositiveIntegerField(_("perubahan terlacak"), default=0)
    comments = models.PositiveIntegerField(_("komentar"), default=0)
    text = models.JSONField(_("bunyi"), editable=False)
    # Of the Word file; of one that the portal makes as soon as it is made.
    sha256 = LineField(max_length=64, blank=True)

    # What papers and notices ask of whatever they are about.
    reason = ""

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number", "pk"]
        verbose_name = _("versi naskah")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"],
                name="text_version_once",
                violation_error_message=_("Versi naskah ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(origin="made") | Q(file__isnull=False),
                name="uploaded_text_has_file",
                violation_error_message=_("Berkas Word wajib ada."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="text_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    *("agreement", "number", "origin", "file", "base", "text")
                ),
            )
        ]

    def __str__(self):
        return f"{self.agreement} ({_('versi')} {self.number})"

    def get_absolute_url(self):
        return reverse("agreements:text", args=[self.pk])

    def lock(self) -> None:
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())

    @property
    def office(self) -> Office:
        return self.agreement.office

    @property
    def is_made(self) -> bool:
        return self.origin == self.Origin.MADE

    @cached_property
    def content(self) -> Text:
        return Text.of_json(self.text)
