"""Two partners that look alike are said to be two, and that is taken back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.known.models import Distinction
from partners.registry.models import Partner, Partnership
from pokmas.accounts.models import User
from pokmas.audit.models import Entry


@transaction.atomic
def set_apart(partnership: Partnership, other: Partner, *, by: User) -> None:
    """Say that its partner is not that other one. Doing it twice is harmless."""
    partnership.refuse_representative(by)
    first, second = _in_order(partnership.partner, other)
    _said, is_new = Distinction.objects.get_or_create(
        first=first, second=second, defaults={"said_by": by}
    )
    if is_new:
        Entry.record(by, "partnership.set_apart", partnership, other=other.reference)


@transaction.atomic
def take_back(partnership: Partnership, other: Partner, *, by: User) -> None:
    """They may be the same after all."""
    partnership.refuse_representative(by)
    first, second = _in_order(partnership.partner, other)
    removed, _rows = Distinction.objects.filter(first=first, second=second).delete()
    if not removed:
        raise ValidationError(_("Pernyataan itu sudah ditarik."))
    Entry.record(by, "partnership.taken_back", partnership, other=other.reference)


def _in_order(one: Partner, other: Partner) -> list[Partner]:
    return sorted([one, other], key=lambda partner: partner.pk)
