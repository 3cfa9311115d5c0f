"""Performance reports: from request to an accepted, frozen PDF."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pokmas.documents.models import IssuedDocument
from pokmas.jobs.models import Job
from pokmas.offices.models import Office, OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.search import cleaned
from pokmas.words import dates
from reports.duties.expected import TURN, Duties, due_again
from reports.duties.models import ReportDuty
from reports.figures.periods import Kind, Period
from reports.monthly.seats import Seated

# What they all are, and what people therefore type before the month.
CALLED = "LAPORAN"
# What is said beside the figures, chapter by chapter.
NARRATIVE = (
    *("introduction", "on_activities", "on_served", "on_cooperation"),
    *("obstacles", "follow_up", "closing"),
)
# All that a person says in it.
SAID = (
    *NARRATIVE,
    *("explained", "number", "signatory", "signatory_nip", "signatory_capacity"),
    *("signatory_position", "copies"),
)
# As a list prints them; shorter ones may begin the name of a place.
MONTHS = {
    name.upper(): number
    for names in dates.MONTHS.values()
    for number, name in enumerate(names, 1)
}


def _period(words: list[str]) -> tuple[Q, list[str]]:
    """The month, kind and year that some words name, in either language; and the
    others."""
    when, left = Q(), []
    kinds = {str(kind.label).upper(): kind for kind in Kind}
    for word in words:
        if word in MONTHS:
            when &= Q(month__month=MONTHS[word])
        elif word in kinds:
            when &= Q(kind=kinds[word])
        elif re.fullmatch(r"20\d\d", word):
            when &= Q(month__year=int(word))
        else:
            left.append(word)
    return when, left


def _later(day, step: str, number) -> Func:
    """So many days or months after a day."""
    return Func(
        *(day, number),
        function="",
        arg_joiner=f" + interval '1 {step}' * ",
        output_field=DateTimeField(),
    )


class ReportQuerySet(LifecycleQuerySet, OfficeScopedQuerySet):
    def for_list(self):
        return self.select_related("office", "job", "issued")

    def for_page(self):
        return self.for_list().select_related(
            *("office__region", "office__parent"),
            *("created_by", "submitted_by", "accepted_by"),
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
class Report(Seated, OfficeScoped, Lifecycle, Record):
    """What a unit reports of a month or a longer period, or a Kanwil of its units; a
    worker makes its PDF, version by version."""

    class Status(models.TextChoices):
        OPEN = "open", _("Dibuka")
        DRAFTING = "drafting", _("Disusun")
        SUBMITTED = "submitted", _("Diajukan")
        RETURNED = "returned", _("Perlu perbaikan")
        ACCEPTED = "accepted", _("Diterima")

    URLS = "reports:"
    NAMED_BY = Concat("kind", Value(":"), Cast("month", CharField()))
    TONES = {
        Status.OPEN: "info",
        Status.DRAFTING: "info",
        Status.SUBMITTED: "info",
        Status.RETURNED: "warn",
        Status.ACCEPTED: "good",
    }
    TURN = TURN
    # The unit has it: until the Kanwil does, and again when it was returned.
    WITH_THE_UNIT = (Status.OPEN, Status.DRAFTING, Status.RETURNED)
    # Also when it is mended, until it is handed in: its reason stays for as long.
    CAME_BACK = Q(status=Status.RETURNED) | Q(status=Status.DRAFTING) & ~Q(reason="")
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

    kind = models.CharField(
        _("jenis"), max_length=9, choices=Kind, default=Kind.MONTHLY
    )
    # The first day of the period reported on; its history is sealed under this name.
    month = models.DateField(_("bulan pertama"))
    introduction = models.TextField(_("latar belakang"), max_length=4000, blank=True)
    on_activities = models.TextField(_("uraian kegiatan"), max_length=4000, blank=True)
    on_served = models.TextField(
        _("uraian penerima manfaat"), max_length=4000, blank=True
    )
    on_cooperation = models.TextField(
        _("uraian kerja sama"), max_length=4000, blank=True
    )
    obstacles = models.TextField(_("kendala"), max_length=4000, blank=True)
    follow_up = models.TextField(_("tindak lanjut"), max_length=4000, blank=True)
    closing = models.TextField(_("penutup"), max_length=4000, blank=True)
    # Of each indicator by its code what is said of it: analysis, budget and spent.
    explained = models.JSONField(
        _("analisis capaian"), default=dict, blank=True, editable=False
    )
    number = LineField(_("nomor laporan"), max_length=100, blank=True)
    # Who signs, if it is not the head by name.
    signatory = LineField(_("nama penanda tangan"), max_length=120, blank=True)
    signatory_nip = LineField(_("NIP penanda tangan"), max_length=18, blank=True)
    signatory_capacity = models.CharField(
        _("kedudukan"),
        max_length=12,
        choices=Office.Capacity,
        default=Office.Capacity.DEFINITIVE,
    )
    # Who signs on behalf of the head (a.n.) does it by a post of his own.
    signatory_position = LineField(
        _("jabatan yang menandatangani atas nama kepala"), max_length=150, blank=True
    )
    copies = models.TextField(_("tembusan"), max_length=2000, blank=True)
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
        verbose_name = _("laporan")
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
                fields=["office", "month", "kind"],
                name="one_report_per_period",
                violation_error_message=_("Laporan periode ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1)
                & (
                    Q(kind="monthly")
                    | Q(kind="quarterly", month__month__in=[1, 4, 7, 10])
                    | Q(kind="semester", month__month__in=[1, 7])
                    | Q(kind="yearly", month__month=1)
                ),
                name="report_begins_with_its_period",
                violation_error_message=_("Periode dicatat sebagai hari pertamanya."),
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
            models.CheckConstraint(
                condition=Q(signatory_nip="") | Q(signatory_nip__regex=r"^\d{18}$"),
                name="report_signatory_nip_18_digits",
                violation_error_message=_("NIP terdiri atas 18 angka."),
            ),
            models.CheckConstraint(
                condition=~Q(signatory="") | Q(signatory_nip="", signatory_position=""),
                name="report_signatory_has_name",
                violation_error_message=_("Isi nama penanda tangan."),
            ),
        ]

    def __str__(self):
        return f"{self.title} · {self.office}"

    def get_absolute_url(self):
        return reverse("reports:detail", args=[self.pk])

    @classmethod
    def named(cls, value):
        return Period.read(value).name

    @property
    def period(self) -> Period:
        return Period(Kind(self.kind), self.month)

    @property
    def is_recap(self) -> bool:
        """Of a Kanwil, over its units."""
        return self.office.is_wide

    @property
    def title(self) -> str:
        words = (
            _("Rekapitulasi %(period)s") if self.is_recap else _("Laporan %(period)s")
        )
        return words % {"period": self.period.name}

    @property
    def is_accounted(self) -> bool:
        """Whether it accounts for each indicator, as an LKjIP does."""
        return self.kind in (Kind.SEMESTER, Kind.YEARLY)

    @property
    def closes(self) -> bool:
        """Whether its acceptance closes a month."""
        return not (self.is_recap or self.period.is_longer)

    @property
    def is_with_the_unit(self) -> bool:
        return self.status in self.WITH_THE_UNIT

    @property
    def came_back(self) -> bool:
        mended = self.status == self.Status.DRAFTING and bool(self.reason)
        return mended or self.status == self.Status.RETURNED

    @property
    def turn_began(self):
        """Such that its last day is that of the duty, while the unit has it; of one
        that came back the later (`duties.expected`). Nobody can hand it in before its
        period is over."""
        over = datetime.combine(self.period.back(-1).first, time.min, UTC)
        began = max(self.status_since, over)
        if not self.is_with_the_unit or self.asked_by is None:
            return began
        asked = self.asked_by
        if self.came_back:
            returned = timezone.localdate(self.status_since, self.office.tzinfo)
            asked = due_again(asked, returned)
        return datetime.combine(asked, time.min, UTC) - timedelta(days=self.TURN)

    @cached_property
    def asked_by(self) -> date | None:
        """The last day for it by the duty, if it is asked for."""
        return Duties().due_on(self.office.level, self.period)

    @classmethod
    def turn_since(cls):
        lengths = [When(kind=kind, then=Value(kind.length)) for kind in Kind]
        over = Cast(_later("month", "month", Case(*lengths)), DateTimeField())
        began = Greatest("status_since", over)
        duties = ReportDuty.objects.filter(
            kind=OuterRef("kind"),
            level=OuterRef("office__level"),
            valid_from__lte=OuterRef("month"),
        ).order_by("-valid_from")
        # Its days are told from the last day of the period, one before it is over.
        days = Subquery(duties.values("days")[:1]) - 1 - cls.TURN
        asked = _later(over, "day", days)
        return Case(
            When(cls.CAME_BACK, then=Greatest(began, asked)),
            When(status__in=cls.WITH_THE_UNIT, then=Coalesce(asked, began)),
            default=began,
        )

    @property
    def is_submitted_for_head(self) -> bool:
        """Whether somebody else than the head by name handed it in."""
        head, by = self.office.head_name, self.submitted_by
        return bool(head and by) and str(by).strip() != head.strip()

    @property
    def has_newest_pdf(self) -> bool:
        """Whether the PDF asked for last is there: an older one may say less."""
        return self.job is None or self.job.state == Job.State.DONE

    def own_people(self):
        """Who asked for it and who submitted it."""
        return {self.created_by, self.submitted_by} - {None}
