from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from pokmas.steps.parts import Part, rows_of

PARTS.add(
    Part(
        "feasibility",
        _("Lembar kelayakan"),
        "agreements/feasibility/_card.html",
        order=60,
        is_beside=True,
        serves=lambda agreement, user: (
            user.acting.is_staff and user.acting.office.is_above(agreement.office)
        ),
        counted=rows_of(Agreement, "feasibility"),
        given=lambda agreement, user: {"sheet": agreement.feasibility},
    )
)
