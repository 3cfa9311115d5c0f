"""Whether a cooperation is worth drafting: its plan, what is asked, the verdict."""

from dataclasses import dataclass

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.validity import term_cautions
from partners.models import Partner
from partners.questions.models import Question
from pokmas.accounts.desks import OwnDesk
from pokmas.audit.history import looked_up_by
from pokmas.offices.models import Office, OfficeScoped, OfficeScopedQuerySet
from pokmas.records.guarded import Record
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.models import remembers
from pokmas.records.search import SearchQuerySet
from pokmas.rules.of_offices import OfficeRule, OfficeRuleQuerySet


@pghistory.track()
class FeasibilityCriterion(Question):
    """What is answered with 0, 1 or 2 and with what shows it."""

    class Group(models.TextChoices):
        FIT = "fit", _("Kesesuaian")
        NEED = "need", _("Kebutuhan")
        PARTNER = "partner", _("Mitra")
        MEANS = "means", _("Kemampuan sendiri")
        RISK = "risk", _("Risiko")

    ASKED = (*Question.ASKED, "group")

    group = models.CharField(_("kelompok"), max_length=7, choices=Group)

    class Meta(Question.Meta):
        verbose_name = _("kriteria kelayakan")


@pghistory.track()
class FeasibilityTrigger(Question):
    """What needs an explanation wherever it is there."""

    class Meta(Question.Meta):
        verbose_name = _("hal yang perlu dijelaskan")


class FeasibilityRuleQuerySet(OfficeRuleQuerySet):
    def requires(self, office: Office) -> bool:
        """Whether an agreement of `office` begins with a sheet today."""
        rule = self.at(office, office.today)
        return rule is not None and rule.is_required


@pghistory.track()
class FeasibilityRule(OfficeRule):
    """From which day on a sheet is needed before a draft, or is not, and where."""

    is_required = models.BooleanField(_("lembar kelayakan wajib"), default=True)

    objects = FeasibilityRuleQuerySet.as_manager()

    class Meta(OfficeRule.Meta):
        verbose_name = _("ketentuan lembar kelayakan")
        constraints = [
            models.UniqueConstraint(
                Coalesce("office", Value(0)),
                "valid_from",
                name="feasibility_rule_changes_once_a_day",
                violation_error_message=_(
                    "Ketentuan untuk kantor ini sudah ada sejak tanggal itu."
                ),
            )
        ]


class Recommendation(models.TextChoices):
    WORTH = "worth", _("Layak")
    MEND = "mend", _("Perlu penyempurnaan")
    LATER = "later", _("Tidak prioritas")


# From so many hundredths of the points on.
WORTH_FROM, MEND_FROM = 75, 50


@dataclass(frozen=True)
class Weighed:
    """What the answers come to."""

    points: int
    most: int
    # Triggers that are there and not explained.
    unexplained: int = 0

    @property
    def percent(self) -> int:
        return self.points * 100 // self.most if self.most else 0

    @property
    def recommendation(self) -> Recommendation:
        """By the points; what is there without an explanation lowers it by one."""
        order = list(Recommendation)
        found = (self.percent < WORTH_FROM) + (self.percent < MEND_FROM)
        lowered = found + (1 if self.unexplained else 0)
        return order[min(lowered, len(order) - 1)]


class FeasibilityQuerySet(LifecycleQuerySet, SearchQuerySet, OfficeScopedQuerySet):
    def for_list(self):
        return self.select_related("office", "partner")

    def for_page(self):
        return self.select_related(
            *("office__region", "office__parent", "partner", "agreement"),
            *("created_by", "submitted_by", "decided_by"),
        )

    def represented_by(self, user):
        return self.filter(partner__in=Partner.objects.represented_by(user))


@pghistory.track(exclude=["search_text"])
class Feasibility(OwnDesk, OfficeScoped, Lifecycle, Record):
    """A plan of cooperation, weighed before anything is drafted."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        RETURNED = "returned", _("Perlu perbaikan")
        APPROVED = "approved", _("Layak")
        DECLINED = "declined", _("Tidak dilanjutkan")
        DRAFTED = "drafted", _("Menjadi draf")

    URLS = "agreements:feasibility_"
    NAMED_BY = "title"
    TONES = {
        Status.SUBMITTED: "info",
        Status.RETURNED: "warn",
        Status.APPROVED: "good",
        Status.DECLINED: "bad",
        Status.DRAFTED: "good",
    }
    REASONS = {
        Status.RETURNED: _("Yang perlu diperbaiki"),
        Status.APPROVED: _("Pertimbangan kepala"),
    }
    WAY = (Status.DRAFT, Status.SUBMITTED, Status.APPROVED, Status.DRAFTED)
    OPEN = (Status.DRAFT, Status.RETURNED)
    TRANSITIONS = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.RETURNED, Status.APPROVED, Status.DECLINED},
        Status.RETURNED: {Status.SUBMITTED},
        Status.APPROVED: {Status.DRAFTED},
    }
    OWN_OFFICE = frozenset(
        {
            "agreements.change_feasibility",
            "agreements.decide_feasibility",
            "agreements.add_agreement",
        }
    )

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="feasibilities", verbose_name=_("mitra")
    )
    kind = models.CharField(
        _("jenis"), max_length=8, choices=Agreement.Kind, default=Agreement.Kind.PKS
    )
    title = LineField(_("judul"), max_length=200)
    urgency = models.TextField(_("urgensi"), max_length=2000)
    form = models.TextField(_("bentuk kerja sama"), max_length=2000)
    subject = models.TextField(_("pokok kerja sama"), max_length=4000)
    starts_on = models.DateField(_("mulai berlaku"))
    ends_on = models.DateField(_("berakhir"))
    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.DRAFT, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_on = models.DateField(_("diputuskan pada"), null=True, editable=False)
    # What it became.
    agreement = models.OneToOneField(
        Agreement,
        models.PROTECT,
        null=True,
        related_name="feasibility",
        editable=False,
    )
    search_text = models.GeneratedField(
        expression=Upper("title"), output_field=models.TextField(), db_persist=True
    )

    objects = FeasibilityQuerySet.as_manager()

    class Meta(OfficeScoped.Meta):
        ordering = ["-created_at", "-pk"]
        verbose_name = _("lembar kelayakan")
        indexes = [
            models.Index(fields=["region", "-created_at", "-id"]),
            models.Index(fields=["office", "-created_at", "-id"]),
            models.Index(fields=["-created_at", "-id"]),
            GinIndex(
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                name="feasibility_search",
                fastupdate=False,
            ),
        ]
        triggers = [*OfficeScoped.Meta.triggers, remembers("title")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="feasibility_dates_in_order",
                violation_error_message=_(
                    "Tanggal berakhir harus sesudah tanggal mulai berlaku."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="drafted") ^ Q(agreement=None),
                name="drafted_feasibility_has_agreement",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:feasibility_detail", args=[self.pk])

    @property
    def examined_as_of(self):
        """It answers what was asked on the day on which it was begun."""
        return timezone.localdate(self.created_at, self.office.tzinfo)

    @cached_property
    def criteria(self) -> list[FeasibilityCriterion]:
        return list(FeasibilityCriterion.objects.asked_of(self))

    @cached_property
    def triggers(self) -> list[FeasibilityTrigger]:
        return list(FeasibilityTrigger.objects.asked_of(self))

    @cached_property
    def answered(self) -> dict[int, "FeasibilityAnswer"]:
        return {row.criterion_id: row for row in self.answers.all()}

    @cached_property
    def found(self) -> dict[int, "FeasibilityFinding"]:
        return {row.trigger_id: row for row in self.findings.all()}

    @property
    def weighed(self) -> Weighed:
        """The one place where it is worked out; an open question gives nothing."""
        scores = [
            self.answered[each.pk].score
            for each in self.criteria
            if each.pk in self.answered
        ]
        there = [self.found[each.pk] for each in self.triggers if each.pk in self.found]
        return Weighed(
            points=sum(scores),
            most=FeasibilityAnswer.MOST * len(self.criteria),
            unexplained=sum(row.is_there and not row.explanation for row in there),
        )

    @property
    def cautions(self) -> list:
        """What a reader should know of the plan, as of the draft that it becomes."""
        return term_cautions(self.starts_on, self.ends_on)

    @property
    def unanswered(self) -> list[FeasibilityCriterion]:
        return [each for each in self.criteria if each.pk not in self.answered]


@pghistory.track(meta=looked_up_by("sheet"))
class FeasibilityAnswer(models.Model):
    """How far a criterion is met, and what shows it."""

    MOST = 2
    SCORES = [
        (2, _("Terpenuhi")),
        (1, _("Sebagian")),
        (0, _("Belum")),
    ]

    sheet = models.ForeignKey(Feasibility, models.PROTECT, related_name="answers")
    criterion = models.ForeignKey(
        FeasibilityCriterion, models.PROTECT, related_name="answers"
    )
    score = models.PositiveSmallIntegerField(_("jawaban"), choices=SCORES)
    evidence = LineField(_("bukti"), max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__order", "criterion_id"]
        verbose_name = _("jawaban kelayakan")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], name="feasibility_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(score__lte=2), name="feasibility_score_in_range"
            ),
            models.CheckConstraint(
                condition=Q(score=0) | ~Q(evidence=""),
                name="feasibility_answer_has_evidence",
                violation_error_message=_("Tulis apa yang menunjukkannya."),
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.score}"


@pghistory.track(meta=looked_up_by("sheet"))
class FeasibilityFinding(models.Model):
    """Whether a trigger is there, and what was thought of for it."""

    sheet = models.ForeignKey(Feasibility, models.PROTECT, related_name="findings")
    trigger = models.ForeignKey(
        FeasibilityTrigger, models.PROTECT, related_name="answers"
    )
    is_there = models.BooleanField(_("ada"))
    explanation = LineField(_("penjelasan"), max_length=300, blank=True)

    class Meta:
        ordering = ["trigger__order", "trigger_id"]
        verbose_name = _("temuan kelayakan")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "trigger"], name="feasibility_found_once"
            )
        ]

    def __str__(self):
        return f"{self.trigger}: {self.is_there}"
