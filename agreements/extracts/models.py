"""The papers that sum up an agreement."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.documents.models import IssuedDocument
from pokmas.jobs.models import Job


class ExtractQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


@pghistory.track()
class Extract(models.Model):
    """The paper that sums up an agreement in force as one revision of it stood.

    A worker makes it; who sees the agreement sees the paper.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="extracts")
    revision = models.PositiveIntegerField()
    issued = models.OneToOneField(
        IssuedDocument, models.PROTECT, related_name="extract"
    )
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")

    objects = ExtractQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("ringkasan kerja sama")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "revision"], name="one_extract_per_revision"
            )
        ]

    def __str__(self):
        return f"{self.issued} {self.issued.code}"

    @property
    def is_current(self) -> bool:
        """Whether the agreement still stands as this paper says."""
        return self.revision == self.agreement.revision
