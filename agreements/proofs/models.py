"""What shows that an agreement is more than paper: its elements, answers, beginning."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.audit.history import looked_up_by
from pokmas.documents.models import Document
from pokmas.records.lines import LineField
from pokmas.reference.models import Reference
from pokmas.words.language import in_readers_words


class State(models.TextChoices):
    MET = "met", _("Terpenuhi")
    PARTLY = "partly", _("Sebagian")
    UNMET = "unmet", _("Belum")


TONES = {State.MET: "good", State.PARTLY: "warn", State.UNMET: "neutral"}


@pghistory.track()
class ProofElement(Reference):
    """One thing that must be shown, and the least that shows it."""

    # What the records answer by themselves; "" where only officers do.
    code = LineField(max_length=20, blank=True, editable=False)
    name = LineField(_("unsur"), max_length=80)
    least = LineField(_("bukti paling sedikit"), max_length=200)
    source = LineField(_("sumber"), max_length=120)
    is_typed = models.BooleanField(
        _("boleh diisi petugas bila catatan portal belum cukup"), default=True
    )
    order = models.PositiveSmallIntegerField(_("urutan"), default=130)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("unsur bukti kerja sama")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="proof_element_once",
                violation_error_message=_("Sudah ada unsur bernama sama."),
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="proof_code_once"
            ),
        ]

    @property
    def said_least(self) -> str:
        return in_readers_words(self.least)


class OfAgreement(models.QuerySet):
    def visible_to(self, user):
        """For officers: what a unit lacks is no matter of the partner."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.is_community:
            return self.none()
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


@pghistory.track(meta=looked_up_by("agreement"))
class ProofAnswer(models.Model):
    """What an officer shows where the records do not."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="proof_answers", editable=False
    )
    element = models.ForeignKey(
        ProofElement, models.PROTECT, related_name="answers", verbose_name=_("unsur")
    )
    state = models.CharField(_("keadaan"), max_length=6, choices=State)
    note = LineField(_("keterangan"), max_length=300)
    link = models.URLField(_("tautan"), max_length=500, blank=True)
    file = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("berkas"),
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    answered_on = models.DateField(_("diisi pada"), editable=False)

    objects = OfAgreement.as_manager()

    class Meta:
        ordering = ["element__order", "pk"]
        verbose_name = _("bukti kerja sama")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "element"],
                name="proof_answered_once",
                violation_error_message=_("Unsur ini sudah diisi."),
            ),
            models.CheckConstraint(
                condition=Q(state="unmet") | ~Q(link="") | Q(file__isnull=False),
                name="proof_has_file_or_link",
                violation_error_message=_("Unggah berkas atau tulis tautannya."),
            ),
        ]

    def __str__(self):
        return f"{self.element}: {self.get_state_display()}"

    @property
    def office(self):
        return self.agreement.office


class ProofBaseline(models.Model):
    """How it stood on one day; never changed afterwards."""

    agreement = models.OneToOneField(
        Agreement, models.PROTECT, related_name="proof_baseline"
    )
    locked_on = models.DateField(_("dikunci pada"))
    locked_at = models.DateTimeField(default=timezone.now)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    # Each element as it was called and stood then.
    lines = models.JSONField(default=list)

    objects = OfAgreement.as_manager()

    class Meta:
        verbose_name = _("posisi awal")
        triggers = [
            pgtrigger.Protect(
                name="baseline_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self):
        return f"{self.agreement}: {self.locked_on}"
