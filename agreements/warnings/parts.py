from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from pokmas.steps.parts import Part, rows_of

PARTS.add(
    Part(
        "warnings",
        _("Peringatan"),
        "agreements/warnings/_warnings.html",
        order=80,
        serves=lambda agreement, user: user.acting.is_staff,
        counted=rows_of(Agreement, "end_warnings"),
        given=lambda agreement, user: {"warnings": agreement.end_warnings.all()},
    )
)
