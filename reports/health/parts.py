from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from agreements.register.parts import PARTS
from pokmas.steps.parts import Part
from reports.health.facts import health_of, with_facts


def _given(agreement, user):
    row = with_facts(Agreement.objects.filter(pk=agreement.pk)).get()
    return {"health": health_of(row, user, agreement)}


PARTS.add(
    Part(
        "health",
        _("Kesehatan kerja sama"),
        "reports/health/_card.html",
        order=60,
        is_beside=True,
        serves=lambda agreement, user: user.acting.is_staff and agreement.is_in_force,
        given=_given,
    )
)
