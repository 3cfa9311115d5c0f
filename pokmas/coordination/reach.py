"""Whom an officer may give a task: his own branch, the office above and the Kanwil."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import STAFF, roles_with
from pokmas.coordination.models import DO
from pokmas.offices.models import Office


def offices_of(user: User) -> QuerySet[Office]:
    """Those in use that he may give a task."""
    own = user.acting.office
    offices = Office.objects.filter(
        Q(pk__in=[own.parent_id, own.region_id])
        | Q(pk__in=Office.objects.under(own).values("pk"))
    )
    return offices.active()


def officers_at(office: Office) -> QuerySet[User]:
    """Who works there now and may do a task."""
    roles = [role for role in roles_with(DO) if role in STAFF]
    holding = Assignment.objects.holding(roles, office).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(holding)).order_by("full_name", "pk")
