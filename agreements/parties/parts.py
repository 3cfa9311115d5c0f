from django.utils.translation import gettext_lazy as _

from agreements.parties.models import Contact
from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from partners.registry.models import reaches
from pokmas.steps.parts import Part, rows_of

HIDDEN = {
    Agreement.Status.DRAFT,
    Agreement.Status.DROPPED,
    Agreement.Status.TERMINATED,
}


def _sides(agreement, user):
    """Both sides with who is to be called there, also if there is nobody."""
    rows = list(agreement.contacts.current().order_by("-place", "since", "pk"))
    return {
        "sides": [
            (side.label, [row for row in rows if row.side == side])
            for side in Contact.Side
        ],
        "may_call": reaches(user, agreement.office_id),
    }


def _concerns(agreement, user) -> bool:
    """Both sides, and not who only carries it out."""
    acting = user.acting
    if agreement.status in HIDDEN or agreement.is_amendment:
        return False
    return acting.is_community or acting.office.is_above(agreement.office)


PARTS.add(
    Part(
        "contacts",
        _("Narahubung"),
        "agreements/parties/_contacts.html",
        order=10,
        is_beside=True,
        serves=_concerns,
        given=_sides,
    ),
    Part(
        "parties",
        _("Pihak lain"),
        "agreements/parties/_parties.html",
        order=25,
        counted=rows_of(Agreement, "further_parties"),
        given=lambda agreement, user: {"parties": agreement.further_parties.all()},
    ),
)
