"""The kinds of activity."""

import pghistory
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from pokmas.records import Record


class ActivityTypeQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)


@pghistory.track()
class ActivityType(Record):
    """A kind of activity; headquarters keeps the list."""

    code = models.SlugField(_("kode"), max_length=40, unique=True, editable=False)
    name = models.CharField(_("jenis kegiatan"), max_length=80)
    # Meetings inside the office need no partner.
    is_internal = models.BooleanField(_("kegiatan internal"), default=False)
    is_active = models.BooleanField(_("dipakai"), default=True, editable=False)

    objects = ActivityTypeQuerySet.as_manager()

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

    def __str__(self):
        return self.name
