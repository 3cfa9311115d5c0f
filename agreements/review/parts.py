from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from pokmas.steps.parts import Part, rows_of

PARTS.add(
    Part(
        "reviews",
        _("Hasil telaah"),
        "agreements/review/_reviews.html",
        order=40,
        serves=lambda agreement, user: (
            user.acting.is_staff and user.acting.office.is_above(agreement.office)
        ),
        counted=rows_of(Agreement, "reviews"),
        given=lambda agreement, user: {"reviews": agreement.reviews.for_page()},
    )
)
