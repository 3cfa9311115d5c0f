"""The kinds of activity."""

import pghistory
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from pokmas.records.lines import LineField
from pokmas.reference.models import Coded


@pghistory.track()
class ActivityType(Coded):
    """A kind of activity."""

    UNSPELT = "type"

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
