"""Whether a new activity is offered: only what can be done is."""

from partners.models import Partnership
from pokmas.accounts.models import User


def may_plan(user: User) -> bool:
    """A partner's own people wait until one of their organisations is approved."""
    if not user.has_perm("outreach.add_activity"):
        return False
    if not user.acting.is_community:
        return True
    own = Partnership.objects.visible_to(user).working()
    return own.filter(office=user.acting.office).exists()
