"""Whom an officer may give a task: his own branch, and the offices above it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import STAFF, roles_with
from pokmas.offices.models import Office

DO = "coordination.do_task"


def offices_of(user: User) -> QuerySet[Office]:
    """Those in use that he may give a task, his own first."""
    own = user.acting.office
    above, here = [], own.parent
    while here is not None:
        above.append(here.pk)
        here = here.parent
    if own.level in (Office.Level.UNIT, Office.Level.POST):
        above = [pk for pk in above if pk in {own.parent_id, own.region_id}]
    offices = Office.objects.filter(
        Q(pk__in=above) | Q(pk__in=Office.objects.under(own).values("pk"))
    )
    return offices.active()


def officers_at(office: Office) -> QuerySet[User]:
    """Who works there now and may do a task."""
    roles = [role for role in roles_with(DO) if role in STAFF]
    holding = Assignment.objects.holding(roles, office).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(holding)).order_by("full_name", "pk")
