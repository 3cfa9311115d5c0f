"""What a row of a list that headquarters keeps has: it is changed or archived, never
deleted, for old records still name it."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from pokmas.records.guarded import Record
from pokmas.words.language import in_readers_words


class ReferenceQuerySet(models.QuerySet):
    def in_use(self):
        """Those that may still be chosen; the others stay on old records."""
        return self.filter(is_active=True)


class Reference(Record):
    """The field named by `SAID` is what people read; what the portal began with stands
    in the catalogues, what headquarters added is read as it was written.
    """

    SAID = "name"

    is_active = models.BooleanField(_("masih dipakai"), default=True, editable=False)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return in_readers_words(getattr(self, self.SAID))

    def refuse_change(self, before) -> None:
        """Raise a ValidationError if `before` may not become what this row says now."""

    def refuse_archiving(self) -> None:
        """Raise a ValidationError if this row must stay in use."""


class Coded(Reference):
    """With a code, by which imports and figures call it whatever its name becomes."""

    # Of a name without a letter that a code can have.
    UNSPELT = "row"

    code = models.SlugField(_("kode"), max_length=40, unique=True, editable=False)

    class Meta:
        abstract = True

    def clean(self):
        self.code = self.code or self.free_code()

    def free_code(self) -> str:
        """Made of the name, with the next free number if it is taken."""
        stem = slugify(self.name).replace("-", "_")[:36] or self.UNSPELT
        taken = type(self)._base_manager.filter(code__startswith=stem)
        taken = set(taken.values_list("code", flat=True))
        numbered = (f"{stem}_{number}" for number in range(2, 1000))
        return next(code for code in (stem, *numbered) if code not in taken)
