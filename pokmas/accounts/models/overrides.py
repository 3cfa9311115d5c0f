"""What headquarters changed about the table of roles."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.roles import Role
from pokmas.records.lines import LineField


@pghistory.track()
class RoleOverride(models.Model):
    """What headquarters gave to a role, or took from it, against the table in code."""

    role = models.CharField(_("peran"), max_length=20, choices=Role)
    permission = LineField(_("hak"), max_length=80)
    granted = models.BooleanField(_("diberikan"))

    class Meta:
        verbose_name = _("perubahan hak")
        constraints = [
            models.UniqueConstraint(
                fields=["role", "permission"], name="one_override_per_permission"
            )
        ]

    def __str__(self):
        return f"{self.role}: {self.permission}"
