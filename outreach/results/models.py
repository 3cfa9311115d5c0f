"""What the reporter answered to what looked odd in his report."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from pokmas.audit.history import looked_up_by
from pokmas.records.lines import LineField


@pghistory.track(meta=looked_up_by("activity"))
class HintAnswer(models.Model):
    """The question as he read it, and his answer; the last one given counts."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="hint_answers", editable=False
    )
    code = LineField(max_length=12, editable=False)
    asked = LineField(_("yang ditanyakan"), max_length=400, editable=False)
    answer = LineField(_("jawaban"), max_length=200)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("jawaban pelapor")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "code"], name="hint_answered_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(answer=""),
                name="hint_answer_not_empty",
                violation_error_message=_("Jawab dengan satu kalimat."),
            ),
        ]

    def __str__(self):
        return self.answer
