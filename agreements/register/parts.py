"""What rooms show on the page of an agreement."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.services import timeline
from pokmas.steps.parts import Part, Parts

# name → part; filled by `add` in the rooms' parts.py.
PARTS = Parts()

PARTS.add(
    Part(
        "history",
        _("Riwayat"),
        "agreements/register/_history.html",
        order=90,
        given=lambda agreement, user: {"entries": timeline(agreement, user)},
    )
)
