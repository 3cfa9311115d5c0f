"""The papers that show what a partner is: which are there, missing or out of date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.kinds.models import Level, RequiredPaper
from partners.registry.models import Partnership
from pokmas.documents.models import Document
from pokmas.offices.models import office_today
from pokmas.records.lines import LineField
from pokmas.words import dates

WARNED_BEFORE = timedelta(days=30)
WAITS = {
    Level.SEEN: gettext_lazy("Diperlukan untuk mengajukan"),
    Level.VETTED: gettext_lazy("Diperlukan sebelum disetujui"),
    Level.SIGNED: gettext_lazy("Diperlukan sebelum menandatangani kerja sama"),
}


class LegalPaperQuerySet(models.QuerySet):
    def newest(self):
        """The one that counts of each that a partnership was asked for."""
        rows = self.order_by("partnership_id", "required_id", "-pk")
        newest = rows.distinct("partnership_id", "required_id")
        return self.model.objects.filter(pk__in=newest.values("pk"))

    def lapsed(self):
        """Those still asked for that are out of date, and no newer one is there."""
        today = office_today("partnership__office")
        newer = self.model.objects.filter(
            partnership=OuterRef("partnership"),
            required=OuterRef("required"),
            pk__gt=OuterRef("pk"),
        )
        lapsed = self.filter(expires_on__lt=today, required__is_active=True)
        return lapsed.filter(~Exists(newer))


@pghistory.track()
class LegalPaper(models.Model):
    """One paper that was handed in; a newer one of the same takes its place."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="legal_papers"
    )
    required = models.ForeignKey(
        RequiredPaper,
        models.PROTECT,
        related_name="papers",
        verbose_name=gettext_lazy("surat"),
    )
    number = LineField(gettext_lazy("nomor"), max_length=100)
    issuer = LineField(gettext_lazy("penerbit"), max_length=120)
    issued_on = models.DateField(gettext_lazy("tanggal terbit"))
    expires_on = models.DateField(gettext_lazy("berlaku sampai"), null=True)
    document = models.OneToOneField(Document, models.PROTECT, related_name="legal")
    added_at = models.DateTimeField(gettext_lazy("diserahkan"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    objects = LegalPaperQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("surat mitra")
        indexes = [models.Index(fields=["expires_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="legal_paper_dates_in_order",
                violation_error_message=gettext_lazy(
                    "Masa berlaku berakhir sebelum tanggal terbit."
                ),
            )
        ]

    def __str__(self):
        return f"{self.required} {self.number}"

    @property
    def facts(self) -> str:
        """Number, issuer and dates in one line."""
        told = [
            _("nomor %(number)s") % {"number": self.number},
            self.issuer,
            dates.date_long(self.issued_on),
        ]
        if self.expires_on:
            until = {"day": dates.date_long(self.expires_on)}
            told.append(_("berlaku sampai %(day)s") % until)
        return ", ".join(told)


def files_of(partnership: Partnership) -> tuple[list[Document], list[LegalPaper]]:
    """Its free supporting files, and the papers that were asked for."""
    files = list(partnership.papers.select_related("legal__required"))
    free = [file for file in files if not hasattr(file, "legal")]
    papers = [file.legal for file in files if hasattr(file, "legal")]
    return free, sorted(papers, key=lambda paper: paper.pk)


@dataclass(frozen=True)
class Standing:
    """How it is with one paper that is asked for."""

    required: RequiredPaper
    paper: LegalPaper | None
    today: date

    @property
    def is_lapsed(self) -> bool:
        until = self.paper and self.paper.expires_on
        return bool(until) and until < self.today

    @property
    def is_lapsing(self) -> bool:
        until = self.paper and self.paper.expires_on
        return bool(until) and self.today <= until <= self.today + WARNED_BEFORE

    @property
    def is_lacking(self) -> bool:
        return self.paper is None or self.is_lapsed

    @property
    def waits(self) -> str | Promise:
        """What is not done without it; nothing once it is no longer asked for."""
        return WAITS[Level(self.required.needed_for)] if self.required.is_active else ""

    @property
    def status(self) -> str:
        if self.paper is None:
            return _("Belum ada")
        if self.is_lapsed:
            return _("Habis masa berlakunya")
        return _("Segera habis") if self.is_lapsing else _("Ada")

    @property
    def tone(self) -> str:
        if self.is_lacking:
            return "bad" if self.is_lapsed else "warn"
        return "warn" if self.is_lapsing else "good"

    @property
    def text(self) -> str:
        """All of it in words, for pages that show answers as a list."""
        if self.paper is None:
            return f"{self.status}. {self.waits}."
        if self.is_lapsed:
            return f"{self.paper.facts}. {self.status}. {self.waits}".strip()
        return f"{self.paper.facts} ({self.paper.document.name})"


def standings(
    partnership: Partnership, papers: Iterable[LegalPaper] | None = None
) -> list[Standing]:
    """How it is with each paper asked of such a partner, by those that it handed in.

    One that is asked for no more is told of as long as it is there.
    """
    if papers is None:
        papers = partnership.legal_papers.select_related("document")
    newest = {paper.required_id: paper for paper in papers}
    asked = _asked_of(partnership).filter(Q(is_active=True) | Q(pk__in=newest))
    return _standings(partnership, asked, newest)


def standings_on(partnership: Partnership, moment) -> list[Standing]:
    """The same with what had been handed in by then and is still there."""
    handed_in = partnership.legal_papers.filter(added_at__lte=moment)
    return standings(partnership, handed_in.select_related("document"))


def lacking(partnership: Partnership, level: Level) -> list[RequiredPaper]:
    """The papers for want of which the partner does not get as far as `level`."""
    needed = {"is_active": True, "needed_for__in": level.until}
    asked = list(_asked_of(partnership).filter(**needed))
    # Most kinds are asked for none so early.
    papers = partnership.legal_papers.filter(required__in=asked) if asked else []
    newest = {paper.required_id: paper for paper in papers}
    found = _standings(partnership, asked, newest)
    return [each.required for each in found if each.is_lacking]


def _asked_of(partnership):
    return RequiredPaper.objects.filter(kind__code=partnership.partner.kind_id)


def _standings(partnership, asked, newest):
    return [
        Standing(required, newest.get(required.pk), partnership.office.today)
        for required in asked
    ]


def cautions(found: Iterable[Standing]) -> list[str]:
    """What an examiner reads before the head is refused the approval."""
    needed = [
        str(each.required)
        for each in found
        if each.is_lacking
        and each.required.is_active
        and each.required.needed_for in Level.VETTED.until
    ]
    if not needed:
        return []
    said = _("Sebelum disetujui masih diperlukan surat yang berlaku: %(papers)s.")
    return [said % {"papers": ", ".join(needed)}]


def refuse_lacking(partnership: Partnership, level: Level) -> None:
    """Raise a ValidationError that names the papers which this step waits for."""
    if papers := lacking(partnership, level):
        raise ValidationError(
            _(
                "Surat mitra belum ada atau sudah habis masa berlakunya: %(papers)s. "
                "Lengkapi dahulu di halaman mitra."
            ),
            params={"papers": ", ".join(map(str, papers))},
        )
