from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS, Part, rows_of

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
        counted=rows_of("feasibility"),
        given=lambda agreement, user: {"sheet": agreement.feasibility},
    )
)
