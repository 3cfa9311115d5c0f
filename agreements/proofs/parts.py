from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from pokmas.steps.parts import Part

PAPERED = {
    Agreement.Status.SIGNED,
    Agreement.Status.SUSPENDED,
    Agreement.Status.TERMINATED,
}

PARTS.add(
    Part(
        "proofs",
        _("Bukti"),
        "agreements/proofs/_part.html",
        order=30,
        serves=lambda agreement, user: (
            agreement.status in PAPERED
            and not agreement.is_amendment
            and user.has_perm("agreements.view_evaluation")
        ),
    )
)
