from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from agreements.signing.numbers import number_of
from agreements.signing.papers import SigningCopy
from pokmas.papers.kinds import PAPERS, panel_of
from pokmas.steps.parts import Part


def _is_to_be_signed(agreement, user) -> bool:
    is_ready = agreement.status == Agreement.Status.READY_TO_SIGN
    return bool(is_ready and agreement.our_number and agreement.number_of_texts)


def _copy(agreement, user) -> dict:
    panel = panel_of(PAPERS[SigningCopy.kind], agreement)
    return {"panel": panel if panel.issued or panel.may_ask else None}


PARTS.add(
    Part(
        "copy",
        SigningCopy.label,
        "agreements/signing/_copy.html",
        order=1,
        is_beside=True,
        serves=_is_to_be_signed,
        given=_copy,
    ),
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
    ),
)
