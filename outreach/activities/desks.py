"""At whose activities a right is exercised: each office holds its own."""

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.roles import COMMUNITY, LEVELS, Role
from pokmas.offices.models import Office

# Those that no unit has: they act for their own office, and read what units do.
ABOVE = {role for role in Role if not LEVELS[role] & Office.UNITS}
# Rows of a Kanwil or of headquarters.
WIDE = Q(region=None) | Q(region=F("office"))


def held_by(user) -> Q:
    """The rows at which this person exercises the rights of an office."""
    acting = user.acting
    if acting is None:
        return Q()
    if acting.role in COMMUNITY:
        return ~WIDE
    return Q(office_id=acting.office_id) if acting.role in ABOVE else Q()


class OwnActivities:
    """To be mixed into Activity before what it is."""

    # What only the office exercises whose activity it is, and no partner for it.
    OWN_OFFICE = frozenset(
        {
            "outreach.change_activity",
            "outreach.report_activity",
            "outreach.verify_activity",
            "outreach.write_news",
            "outreach.review_photo",
            "outreach.edit_photo",
            "outreach.record_presence",
            "outreach.add_coverage",
            "outreach.manage_pattern",
        }
    )

    def exercised_by(self, permission, roles):
        if permission not in self.OWN_OFFICE:
            return list(roles)
        if self.office.is_wide:
            return [role for role in roles if self.office.level in LEVELS[role]]
        return [role for role in roles if role not in ABOVE]

    def refusal(self, step, user):
        if found := super().refusal(step, user):
            return found
        if step.permission in self.OWN_OFFICE:
            return self.refusal_elsewhere(user)
        return None

    def refusal_elsewhere(self, user) -> str | None:
        """Why this person does here nothing of what is the office's own."""
        if self.lies_with(user):
            return None
        return _("Langkah ini dilakukan %(office)s.") % {"office": self.office}

    def refuse_elsewhere(self, user) -> None:
        if refusal := self.refusal_elsewhere(user):
            raise ValidationError(refusal)

    def lies_with(self, user) -> bool:
        acting = user.acting
        if acting is None:
            return True
        if acting.role in COMMUNITY:
            return not self.office.is_wide
        return acting.role not in ABOVE or acting.office_id == self.office_id

    @classmethod
    def free_for(cls, user, step):
        free = super().free_for(user, step)
        return free & held_by(user) if step.permission in cls.OWN_OFFICE else free
