"""At which level of the tree a right is exercised: a unit writes its report and its
Kanwil accepts it; a Kanwil writes its recapitulation and headquarters accept it."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.roles import LEVELS
from pokmas.offices.models import Office

Level = Office.Level
ACCEPT = "reports.accept_report"
# Whoever has these hands a report in; who keeps what came back signed needs neither.
WRITE = frozenset({"reports.add_report", "reports.submit_report"})
KEEP = "reports.keep_signed_report"


def seats(permission: str, office: Office) -> frozenset[str]:
    """The levels at which officers may do this to a report of `office`."""
    if permission == ACCEPT:
        return frozenset({Level.HEADQUARTERS if office.is_wide else Level.REGIONAL})
    return office.seats


class Seated:
    """To be mixed into the reports, before `OfficeScoped` and `Lifecycle`."""

    def exercised_by(self, permission, roles):
        if permission not in {ACCEPT, KEEP, *WRITE}:
            return list(roles)
        return [role for role in roles if LEVELS[role] & seats(permission, self.office)]

    def refusal(self, step, user):
        if found := super().refusal(step, user):
            return found
        acting = getattr(user, "acting", None)
        if acting and acting.office.level not in seats(step.permission, self.office):
            if step.permission == ACCEPT:
                return _("Laporan ini diperiksa kantor di atasnya.")
            return _("Langkah ini dilakukan %(office)s.") % {"office": self.office}
        return None

    @classmethod
    def free_for(cls, user, step):
        """As `refusal` says it; the region of a Kanwil is the Kanwil itself."""
        free = super().free_for(user, step)
        acting = getattr(user, "acting", None)
        if acting is None or not acting.is_staff:
            return free
        of_kanwil, level = Q(office_id=F("region_id")), acting.office.level
        if level in Office.UNITS:
            return free & Q(pk__in=[]) if step.permission == ACCEPT else free
        if level == Level.REGIONAL:
            is_own = step.permission != ACCEPT
            return free & (of_kanwil if is_own else ~of_kanwil)
        return free & (of_kanwil if step.permission == ACCEPT else Q(pk__in=[]))
