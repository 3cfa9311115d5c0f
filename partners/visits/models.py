"""A visit to the place of a partner: what was seen there, and when one is needed."""

import pghistory
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.kinds.models import PartnerKind
from partners.questions.models import FROM_TOMORROW, Question
from partners.registry.models import Partnership
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from pokmas.rules.of_offices import OfficeRule, OfficeRuleQuerySet


@pghistory.track()
class VisitQuestion(Question):
    """What an officer looks at on the spot."""

    class Meta(Question.Meta):
        verbose_name = _("pertanyaan kunjungan")


class VisitRuleQuerySet(OfficeRuleQuerySet):
    def requires(self, partnership) -> bool:
        """Whether a visit was needed on the day the registration was handed in.

        Of rules that fit, that of the nearest office counts, then that of the kind,
        then the newest.
        """
        fitting = self.filter(Q(kind=None) | Q(kind=partnership.partner.kind_id))
        rule = fitting.at(
            partnership.office,
            partnership.examined_as_of,
            closer=lambda rule: rule.kind_id is not None,
        )
        return rule is not None and rule.is_required


@pghistory.track()
class VisitRule(OfficeRule):
    """From which day on a visit is needed before approval, or is not, and where."""

    kind = models.ForeignKey(
        PartnerKind,
        models.PROTECT,
        to_field="code",
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("jenis mitra"),
    )
    is_required = models.BooleanField(_("kunjungan wajib"), default=True)

    objects = VisitRuleQuerySet.as_manager()

    class Meta(OfficeRule.Meta):
        verbose_name = _("ketentuan kunjungan")
        constraints = [
            models.UniqueConstraint(
                Coalesce("kind", Value("")),
                Coalesce("office", Value(0)),
                "valid_from",
                name="visit_rule_changes_once_a_day",
                violation_error_message=_(
                    "Ketentuan untuk jenis dan kantor ini sudah ada sejak tanggal itu."
                ),
            )
        ]

    def __str__(self):
        return f"{self.kind or _('Semua jenis mitra')} · {self.office or _('Semua')}"

    def clean(self):
        if (
            self._state.adding
            and self.valid_from
            and (self.valid_from <= timezone.localdate())
        ):
            raise ValidationError({"valid_from": FROM_TOMORROW})


class FieldVisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers alone: where it is and what was seen is no matter of the partner."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.is_community:
            return self.none()
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def sheets(self) -> list["FieldVisit"]:
        """Newest first, each with its `photos` and answers."""
        answers = VisitAnswer.objects.select_related("question")
        rows = self.select_related("created_by").prefetch_related(
            Prefetch("answers", answers)
        )
        visits = list(rows)
        kind = ContentType.objects.get_for_model(FieldVisit)
        photos = Document.objects.filter(
            owner_type=kind, owner_id__in=[v.pk for v in visits]
        )
        for visit in visits:
            visit.photos = [each for each in photos if each.owner_id == visit.pk]
        return visits


@pghistory.track()
class FieldVisit(Record):
    """One visit, written down once; what was wrong is put right by another."""

    class Result(models.TextChoices):
        FIT = "fit", _("Layak")
        UNFIT = "unfit", _("Tidak layak")
        AGAIN = "again", _("Perlu dikunjungi lagi")

    TONES = {Result.FIT: "good", Result.UNFIT: "bad", Result.AGAIN: "warn"}

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="visits")
    visited_on = models.DateField(_("tanggal kunjungan"))
    visitors = LineField(_("petugas yang datang"), max_length=300)
    latitude = models.DecimalField(
        _("lintang"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("bujur"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    result = models.CharField(_("hasil"), max_length=6, choices=Result)
    note = models.TextField(_("catatan lain"), max_length=2000, blank=True)

    objects = FieldVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-pk"]
        verbose_name = _("kunjungan lapangan")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-12, 7), longitude__range=(94, 142)),
                name="visit_in_the_country",
                violation_error_message=_("Titik ini di luar Indonesia."),
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} · {self.partnership}"

    @property
    def office(self):
        return self.partnership.office

    @property
    def tone(self) -> str:
        return self.TONES[self.result]

    @property
    def point(self) -> str:
        if self.latitude is None:
            return ""
        return f"{self.latitude}, {self.longitude}"


@pghistory.track(meta=looked_up_by("visit"))
class VisitAnswer(models.Model):
    """What was seen."""

    visit = models.ForeignKey(FieldVisit, models.PROTECT, related_name="answers")
    question = models.ForeignKey(VisitQuestion, models.PROTECT, related_name="answers")
    seen = LineField(_("yang terlihat"), max_length=300)

    class Meta:
        ordering = ["question__order", "question_id"]
        verbose_name = _("jawaban kunjungan")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "question"], name="visit_answers_once"
            )
        ]

    def __str__(self):
        return f"{self.question}: {self.seen}"
