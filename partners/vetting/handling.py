"""Which officer has an examination in hand: taken, handed over, put back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import officers, tell

EXAMINE = "partners.verify_partner"


@transaction.atomic
def take(partnership: Partnership, *, by: User) -> None:
    partnership.begin("take", by=by)
    _give(partnership, by)
    Entry.record(by, "partnership.taken", partnership)


@transaction.atomic
def hand_over(partnership: Partnership, *, colleague: User, by: User) -> None:
    """Give it to somebody who may examine at that unit, and tell him."""
    partnership.begin("hand_over", by=by)
    if not colleagues(partnership).filter(pk=colleague.pk).exists():
        raise ValidationError(
            {"colleague": _("Orang ini tidak memeriksa pendaftaran di unit itu.")}
        )
    _give(partnership, colleague)
    Entry.record(by, "partnership.handed_over", partnership, to=str(colleague))
    tell(
        partnership,
        "handed_over",
        [colleague],
        _("Pemeriksaan diserahkan kepada Anda: %(name)s"),
        _("Oleh %(officer)s."),
        by=by,
        officer=by,
    )


@transaction.atomic
def put_back(partnership: Partnership, *, by: User) -> None:
    partnership.begin("put_back", by=by)
    _give(partnership, None)
    Entry.record(by, "partnership.put_back", partnership)


def colleagues(partnership: Partnership):
    """Who may examine it, but for whoever has it already."""
    others = officers(partnership, EXAMINE)
    return others.exclude(pk=partnership.handler_id).order_by("full_name", "pk")


def _give(partnership, officer):
    partnership.handler = officer
    partnership.revision += 1
    partnership.save(update_fields=["handler", "revision"])
