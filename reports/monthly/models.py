"""Performance reports: from request to an accepted, frozen PDF."""

import re
from datetime import date

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pokmas.documents.models import IssuedDocument
from pokmas.jobs.models import Job
from pokmas.offices.models import Office, OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.search import cleaned
from pokmas.words import dates

# What they all are, and what people therefore type before the month.
CALLED = "LAPORAN"
# As a list prints them; shorter ones may begin the name of a place.
MONTHS = {
    name.upper(): number
    for names in dates.MONTHS.values()
    for number, name in enumerate(names, 1)
}


def _period(words: list[str]) -> tuple[Q, list[str]]:
    """The month and year that some words name, in either language; and the others."""
    when, left = Q(), []
    for word in words:
        if word in MONTHS:
            when &= Q(month__month=MONTHS[word])
        elif re.fullmatch(r"20\d\d", word):
            when &= Q(month__year=int(word))
        else:
            left.append(word)
    return when, left


class ReportQuerySet(LifecycleQuerySet, OfficeScopedQuerySet):
    def for_list(self):
        return self.select_related("office", "job", "issued")

    def for_page(self):
        return self.for_list().select_related(
            "office__region", "office__parent", "submitted_by", "accepted_by"
        )

    def words(self, text):
        """“Laporan Agustus” asks for August: reports they all are."""
        words = cleaned(text).split()
        return [word for word in words if word != CALLED] or words

    def matching(self, meanings):
        """By month, year and the unit now so called, or by the code on the paper."""
        when, left = _period([each[0] for each in meanings])
        found = Q(when)
        if left:
            units = [each for each in meanings if each[0] in left]
            found &= Q(office__in=Office.objects.matching(units).values("pk"))
        if len(meanings) == 1:
            papers = IssuedDocument.objects.filter(code=meanings[0][0])
            found |= Q(issued__in=papers.values("pk"))
        return self.filter(found)

    def search(self, text):
        """By month, year and unit, as offices are found, or by the code of a paper."""
        words = self.words(text)
        if not words:
            return self
        when, left = _period(words)
        found = Q(when)
        if left:
            offices = Office.objects.search(" ".join(left))
            found &= Q(office__in=list(offices.values_list("pk", flat=True)))
        papers = IssuedDocument.objects.filter(code=text.strip().upper())
        return self.filter(found | Q(issued__in=list(papers[:1])))

    def unfinished(self):
        """None: after a merger a report still speaks of the unit it was begun for."""
        return self.none()

    def unsettled(self):
        return self.exclude(status=Report.Status.ACCEPTED)


@pghistory.track()
class Report(OfficeScoped, Lifecycle, Record):
    """The monthly report of one unit; a worker makes its PDF, version by version."""

    class Status(models.TextChoices):
        OPEN = "open", _("Dibuka")
        DRAFTING = "drafting", _("Disusun")
        SUBMITTED = "submitted", _("Diajukan")
        RETURNED = "returned", _("Perlu perbaikan")
        ACCEPTED = "accepted", _("Diterima")

    URLS = "reports:"
    NAMED_BY = "month"
    TONES = {
        Status.OPEN: "info",
        Status.DRAFTING: "info",
        Status.SUBMITTED: "info",
        Status.RETURNED: "warn",
        Status.ACCEPTED: "good",
    }
    # The unit has it: until the Kanwil does, and again when it was returned.
    WITH_THE_UNIT = (Status.OPEN, Status.DRAFTING, Status.RETURNED)
    REASONS = {
        Status.DRAFTING: _("Catatan Kanwil"),
        Status.SUBMITTED: _("Jawaban unit"),
        Status.RETURNED: _("Catatan Kanwil"),
    }
    WAY = (Status.DRAFTING, Status.SUBMITTED, Status.ACCEPTED)
    TRANSITIONS = {
        Status.OPEN: {Status.DRAFTING},
        Status.DRAFTING: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.ACCEPTED, Status.RETURNED},
        Status.RETURNED: {Status.DRAFTING, Status.SUBMITTED},
    }

    # The first day of the month reported on.
    month = models.DateField(_("bulan"))
    obstacles = models.TextField(_("kendala"), max_length=4000, blank=True)
    follow_up = models.TextField(_("tindak lanjut"), max_length=4000, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False
    )
    version = models.PositiveSmallIntegerField(_("versi"), default=0, editable=False)
    # The figures of the current version, as printed.
    figures = models.JSONField(default=dict, editable=False)
    issued = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, related_name="+", editable=False
    )
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    objects = ReportQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-month", "-pk"]
        verbose_name = _("laporan bulanan")
        indexes = [
            models.Index(fields=["region", "-month", "-id"]),
            models.Index(fields=["-month", "-id"]),
            models.Index(
                fields=["status", "-month", "-id"],
                condition=~Q(status="accepted"),
                name="reports_not_accepted",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "month"],
                name="one_report_per_month",
                violation_error_message=_("Laporan bulan ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="report_month_is_first_day",
                violation_error_message=_("Bulan dicatat sebagai hari pertamanya."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "accepted"])
                | Q(issued__isnull=False),
                name="submitted_report_has_pdf",
                violation_error_message=_("PDF laporan belum selesai dibuat."),
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(reason=""),
                name="returned_report_has_reason",
                violation_error_message=_("Alasan wajib diisi."),
            ),
        ]

    def __str__(self):
        month = dates.month_year(self.month)
        return str(
            _("Laporan %(month)s · %(office)s")
            % {"month": month, "office": self.office}
        )

    def get_absolute_url(self):
        return reverse("reports:detail", args=[self.pk])

    @classmethod
    def named(cls, value):
        return dates.month_year(date.fromisoformat(value))

    @property
    def is_with_the_unit(self) -> bool:
        return self.status in self.WITH_THE_UNIT

    @property
    def has_newest_pdf(self) -> bool:
        """Whether the PDF asked for last is there: an older one may say less."""
        return self.job is None or self.job.state == Job.State.DONE

    def own_people(self):
        """Who asked for it and who submitted it."""
        return {self.created_by, self.submitted_by} - {None}
