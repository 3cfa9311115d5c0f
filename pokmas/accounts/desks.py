"""Whose desk a record lies on: units, Kanwil and headquarters each write their own."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.roles import COMMUNITY, LEVELS
from pokmas.offices.models import Office


class OwnDesk:
    """To be mixed into an `OfficeScoped` `Lifecycle` before both.

    The same right is held by a unit, its Kanwil and headquarters, each for what is its
    own: whoever sees a record from above or below reads it.
    """

    # The rights that only the office whose record it is exercises.
    OWN_OFFICE = frozenset()
    # One that the Kanwil exercises for its units, and each for its own.
    ONE_ABOVE = ""
    # Steps of whoever sees the record, for his own office.
    OF_EACH_OFFICE = frozenset()

    def exercised_by(self, permission, roles):
        if permission not in {*self.OWN_OFFICE, self.ONE_ABOVE}:
            return list(roles)
        seats = self.office.seats
        if permission == self.ONE_ABOVE and not self.office.is_wide:
            seats = {Office.Level.REGIONAL}
        return [role for role in roles if LEVELS[role] & seats or role in COMMUNITY]

    def refusal(self, step, user):
        if found := super().refusal(step, user):
            return found
        acting = getattr(user, "acting", None)
        if acting and acting.is_staff and not self._is_done_at(acting.office, step):
            return self._done_elsewhere(step)
        return None

    def _done_elsewhere(self, step):
        if step.permission == self.ONE_ABOVE and not self.office.is_wide:
            words = _("Langkah ini dilakukan %(office)s.")
            return words % {"office": self.office.region}
        return _("Langkah ini dilakukan %(office)s sendiri.") % {"office": self.office}

    def lies_at(self, office) -> bool:
        """Whether its officers may write it: a wide office writes its own alone."""
        return office.pk == self.office_id if office.is_wide else True

    def _is_done_at(self, office, step) -> bool:
        if step.name in self.OF_EACH_OFFICE:
            return True
        if office.is_wide and step.permission in self._own_at(office):
            return office.pk == self.office_id
        return office.is_above(self.office)

    @classmethod
    def _own_at(cls, office) -> set[str]:
        """Of headquarters a review is their own matter, too."""
        return {*cls.OWN_OFFICE, *([cls.ONE_ABOVE] if office.is_top else ())}

    @classmethod
    def free_for(cls, user, step):
        """As `refusal` says it, by columns that have an index."""
        free = super().free_for(user, step)
        acting = getattr(user, "acting", None)
        if acting is None or not acting.is_staff or step.name in cls.OF_EACH_OFFICE:
            return free
        office = acting.office
        if not office.is_wide:
            return free & Q(office_id__in=office.branch_ids)
        if step.permission in cls._own_at(office):
            return free & Q(office_id=office.pk)
        return free if office.is_top else free & Q(region_id=office.pk)
