"""The kinds of activity."""

import pghistory
from django.db import models
from django.db.models.functions import Upper
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from pokmas.records.lines import LineField
from pokmas.reference.models import Reference


@pghistory.track()
class ActivityType(Reference):
    """A kind of activity."""

    # What imports and figures call it; never changes with the name.
    code = models.SlugField(_("kode"), max_length=40, unique=True, editable=False)
    name = LineField(_("jenis kegiatan"), max_length=80)
    # Meetings inside the office need no partner.
    is_internal = models.BooleanField(_("kegiatan internal"), default=False)
    # Those who were harmed and who did the harm meet: asks for the form of restorative.
    is_restorative = models.BooleanField(_("keadilan restoratif"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("jenis kegiatan")
        constraints = [
            models.UniqueConstraint(
                Upper("name"),
                name="activity_type_once",
                violation_error_message=_("Sudah ada jenis kegiatan bernama sama."),
            )
        ]

    def clean(self):
        self.code = self.code or free_code(self.name)


def free_code(name: str) -> str:
    """A code made of the name, with the next free number if it is taken."""
    stem = slugify(name).replace("-", "_")[:36] or "type"
    taken = ActivityType.objects.filter(code__startswith=stem)
    taken = set(taken.values_list("code", flat=True))
    numbered = (f"{stem}_{number}" for number in range(2, 1000))
    return next(code for code in (stem, *numbered) if code not in taken)
