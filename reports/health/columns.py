"""The score in the sheet of agreements."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from agreements.register import columns as agreements
from pokmas.lists.columns import Number
from reports.health.facts import score


@dataclass(frozen=True, kw_only=True)
class Health(Number):
    """Reckoned anew for each sheet: it depends on the day."""

    @property
    def expression(self):
        return score()


agreements.AGREEMENTS.columns.append(
    Health(
        name="health",
        label=_("Kesehatan (0–100)"),
        value=None,
        on_page=False,
        sortable=False,
    )
)
