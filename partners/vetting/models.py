"""The checklist of the vetting, and what was found about a partner."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.kinds.models import PartnerKind
from partners.registry.models import Partnership
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference, ReferenceQuerySet
from pokmas.words.language import in_readers_words


class CriterionQuerySet(ReferenceQuerySet):
    def asked_of(self, partnership):
        """What an examination of it asks: the questions of the day it was handed in."""
        day = partnership.submitted_on or partnership.office.today
        return self.filter(
            Q(kinds=[]) | Q(kinds__contains=[partnership.partner.kind_id]),
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
        )


@pghistory.track()
class Criterion(Reference):
    """A question of the checklist, asked from one day to another.

    An examination that has begun keeps its questions, so what is in force is not
    changed: it ends on a day, and another begins.
    """

    SAID = "text"

    text = LineField(_("kriteria"), max_length=200)
    is_required = models.BooleanField(_("wajib terpenuhi"), default=True)
    # Codes of the kinds of partner; all kinds are asked if there are none.
    kinds = ArrayField(
        LineField(max_length=20),
        verbose_name=_("ditanyakan kepada"),
        default=list,
        blank=True,
    )
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("kriteria")
        constraints = [
            models.UniqueConstraint(
                Upper("text"),
                name="criterion_once",
                violation_error_message=_("Kriteria ini sudah ada dalam daftar."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(valid_from=None)
                | Q(valid_until__gte=F("valid_from")),
                name="criterion_dates_in_order",
                violation_error_message=_("Tanggal akhir sebelum tanggal mulai."),
            ),
        ]

    def get_kinds_display(self):
        if not self.kinds:
            return str(_("Semua jenis mitra"))
        names = PartnerKind.objects.filter(code__in=self.kinds)
        return ", ".join(in_readers_words(kind.name) for kind in names)

    @property
    def is_in_force(self) -> bool:
        """Whether an examination may have begun that asks it."""
        return self.valid_from is None or self.valid_from <= timezone.localdate()

    def clean(self):
        if self._state.adding and self.valid_from and self.is_in_force:
            raise ValidationError({"valid_from": FROM_TOMORROW})

    def refuse_change(self, before):
        """Neither old answers nor an examination that runs get another question."""
        today = timezone.localdate()
        if before.is_in_force:
            for name in ("text", "is_required", "kinds", "valid_from"):
                if getattr(before, name) != getattr(self, name):
                    raise ValidationError({name: _in_force(before)})
        elif self.valid_from is None or self.is_in_force:
            raise ValidationError({"valid_from": FROM_TOMORROW})
        moved = before.valid_until != self.valid_until
        if moved and self.valid_until and self.valid_until < today:
            raise ValidationError(
                {
                    "valid_until": _(
                        "Pemeriksaan yang berjalan memakainya sampai hari ini."
                    )
                }
            )

    def refuse_archiving(self):
        if self.valid_until is None or self.valid_until >= timezone.localdate():
            raise ValidationError(
                _(
                    "Kriteria ini masih berlaku. Isi dahulu tanggal akhirnya; setelah "
                    "tanggal itu ia dapat diarsipkan."
                )
            )


FROM_TOMORROW = _(
    "Berlaku paling cepat besok: pemeriksaan yang sudah berjalan tetap memakai "
    "pertanyaannya."
)


def _in_force(criterion):
    if criterion.findings.exists():
        return _(
            "Kriteria ini sudah pernah dijawab. Isi tanggal akhirnya, lalu tambahkan "
            "kriteria baru."
        )
    return _(
        "Kriteria ini sudah berlaku. Isi tanggal akhirnya, lalu tambahkan kriteria "
        "baru."
    )


class FindingQuerySet(models.QuerySet):
    def newest(self):
        """The answer that counts, one for each criterion, in the list's order."""
        newest = self.order_by("criterion_id", "-found_at", "-pk")
        return (
            self.model.objects.filter(pk__in=newest.distinct("criterion_id"))
            .select_related("criterion", "found_by")
            .order_by("criterion__order", "criterion_id")
        )

    def unmet(self, asked):
        """Of the criteria `asked` the required ones that are not met by now."""
        newest = self.newest().filter(is_met=False)
        return newest.filter(criterion__in=asked, criterion__is_required=True)


@pghistory.track()
class Finding(models.Model):
    """One dated answer to a criterion; the newest decides."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="findings"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="findings")
    is_met = models.BooleanField(_("terpenuhi"))
    comment = LineField(_("catatan"), max_length=300, blank=True)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    found_at = models.DateTimeField(_("diperiksa"), default=timezone.now)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["criterion__order", "criterion_id", "-found_at"]
        verbose_name = _("hasil pemeriksaan")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_met=True) | ~Q(comment=""),
                name="unmet_finding_has_comment",
                violation_error_message=_("Jelaskan mengapa kriteria belum terpenuhi."),
            )
        ]

    def __str__(self):
        return f"{self.criterion}: {self.is_met}"
