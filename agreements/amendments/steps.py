"""A signed agreement is changed only by another text that both sides sign."""

from django.utils.translation import gettext_lazy as _

from agreements.amendments.conditions import ALONE, NOT_OVER
from agreements.register.conditions import STANDS_ALONE
from agreements.register.models import Agreement
from pokmas.records.steps import Step

Agreement.STEPS.add(
    Step(
        "amend",
        at={Agreement.Status.SIGNED},
        permission="agreements.add_agreement",
        label=_("Ubah dengan adendum"),
        when=(STANDS_ALONE, NOT_OVER, ALONE),
    ),
)
