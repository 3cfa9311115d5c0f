from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from agreements.signing.numbers import number_of
from pokmas.steps.parts import Part

PARTS.add(
    Part(
        "number",
        _("Nomor naskah"),
        "agreements/signing/_number.html",
        order=10,
        is_beside=True,
        serves=lambda agreement, user: bool(
            user.acting.is_staff
            and agreement.our_number
            and agreement.status == Agreement.Status.READY_TO_SIGN
        ),
        given=lambda agreement, user: {"number": number_of(agreement)},
    )
)
