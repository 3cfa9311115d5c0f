"""What a partner declares when it registers, in its wording of a day, and who did."""

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference, ReferenceQuerySet

REWORDED = """
    IF EXISTS (SELECT FROM partners_declarationanswer
               WHERE declaration_id = NEW.id) THEN
        RAISE EXCEPTION 'what was declared is never reworded'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class DeclarationQuerySet(ReferenceQuerySet):
    def holding(self, day):
        """What is asked on `day`: of each title the newest wording."""
        begun = self.in_use().filter(valid_from__lte=day)
        newer = begun.filter(
            title__iexact=OuterRef("title"), valid_from__gt=OuterRef("valid_from")
        )
        return begun.exclude(Exists(newer)).exclude(valid_until__lt=day)


@pghistory.track()
class Declaration(Reference):
    """One wording; a later one of the same title takes its place from its day on."""

    SAID = "title"
    # What stands fast once it may have been answered; all else may change.
    WORDING = ("title", "text", "valid_from")

    title = LineField(_("judul"), max_length=120)
    text = models.TextField(_("naskah"), max_length=3000)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title", "pk"]
        verbose_name = _("pernyataan")
        constraints = [
            models.UniqueConstraint(
                Upper("title"),
                "valid_from",
                name="declaration_once",
                violation_error_message=_(
                    "Pernyataan ini sudah punya naskah sejak tanggal itu."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="declaration_dates_in_order",
                violation_error_message=_("Tanggal akhir sebelum tanggal mulai."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="never_reworded",
                operation=pgtrigger.UpdateOf("title", "text", "valid_from"),
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange("title", "text", "valid_from"),
                func=REWORDED,
            )
        ]

    def refuse_change(self, before):
        """Whoever has it before him, or answered it, reads the same tomorrow."""
        if before.valid_from > timezone.localdate() and not before.answers.exists():
            return
        for name in self.WORDING:
            if getattr(before, name) != getattr(self, name):
                raise ValidationError(
                    {
                        name: _(
                            "Naskah ini sudah berlaku. Tambahkan naskah baru dengan "
                            "judul yang sama; sejak tanggalnya naskah ini diganti."
                        )
                    }
                )


class DeclarationAnswerQuerySet(models.QuerySet):
    def newest(self):
        """What was answered at once, last, in the order of the list."""
        last = self.order_by("-pk").values("answered_at")[:1]
        rows = self.filter(answered_at=last).select_related("declaration")
        return rows.select_related("answered_by").order_by("pk")


@pghistory.track()
class DeclarationAnswer(models.Model):
    """That a wording was agreed to with a registration; added, never changed."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="declared"
    )
    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="answers")
    answered_at = models.DateTimeField(_("dinyatakan"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    objects = DeclarationAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("jawaban pernyataan")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "declaration", "answered_at"],
                name="declared_once_at_a_time",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="answers_are_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self):
        return str(self.declaration)
