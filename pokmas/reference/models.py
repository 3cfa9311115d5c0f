"""What a row of a list that headquarters keeps has: it is changed or archived, never
deleted, for old records still name it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pokmas.records.guarded import Record


class ReferenceQuerySet(models.QuerySet):
    def in_use(self):
        """Those that may still be chosen; the others stay on old records."""
        return self.filter(is_active=True)


class Reference(Record):
    is_active = models.BooleanField(_("masih dipakai"), default=True, editable=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True

    def refuse_change(self, before) -> None:
        """Raise a ValidationError if `before` may not become what this row says now."""

    def refuse_archiving(self) -> None:
        """Raise a ValidationError if this row must stay in use."""
