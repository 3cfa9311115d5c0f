from django.utils.translation import gettext_lazy as _

from agreements.amendments import services
from agreements.drafting.forms import AMENDABLE
from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from pokmas.steps.parts import Part, rows_of
from pokmas.steps.since import field


def _changes(amendment, user):
    """What it changes, and what it leaves as it is."""
    before = services.before(amendment)
    rows = [field(amendment, name, before) for name in AMENDABLE]
    return {
        "changed": [row for row in rows if row.is_changed],
        "kept": [row.label for row in rows if not row.is_changed],
    }


PARTS.add(
    Part(
        "changes",
        _("Yang diubah"),
        "agreements/amendments/_changes.html",
        order=5,
        serves=lambda agreement, user: agreement.is_amendment,
        given=_changes,
    ),
    Part(
        "amendments",
        _("Adendum"),
        "agreements/amendments/_amendments.html",
        order=45,
        counted=rows_of(Agreement, "amendments"),
        given=lambda agreement, user: {
            "amendments": agreement.amendments.visible_to(user)
        },
    ),
)
