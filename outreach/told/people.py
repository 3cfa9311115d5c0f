"""Who takes part in an activity, and can be told of it: people with an account, and
contacts of partners that have none. Whom it serves is never among them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from outreach.activities.models import Activity
from partners.models import GroupMembership, Partner, Partnership, Representative
from pokmas.accounts.models import User
from pokmas.notices.telling import officers

LEADERS = [role for role in GroupMembership.Role if role != GroupMembership.Role.MEMBER]


@dataclass(frozen=True)
class Person:
    name: str
    affiliation: str
    user: User | None = None
    partnership: Partnership | None = None
    # Where he reads of it, if that is not the page of the activity.
    leads_to: str = ""

    @property
    def key(self) -> tuple:
        return (self.user, self.partnership)


# Rooms that know of others who take part add a function of the activity.
ALSO: list[Callable[[Activity], Iterable[Person]]] = []


def of(activity: Activity, *, without: User | None = None) -> list[Person]:
    """Each once; `without` did it himself and knows."""
    found = {}
    for people in (_taking_part, _leading_its_group, _organisers, *ALSO):
        for person in people(activity):
            if person.user is None or (
                person.user != without and person.user.is_active
            ):
                found.setdefault(person.key, person)
    return list(found.values())


def may_open(activity: Activity, user: User) -> bool:
    return Activity.objects.visible_to(user).filter(pk=activity.pk).exists()


def _taking_part(activity: Activity) -> list[Person]:
    return _of_partners(activity, Partner.objects.filter(activities=activity))


def _leading_its_group(activity: Activity) -> list[Person]:
    """They see their group; the activity is of those that take part."""
    if activity.group is None:
        return []
    leading = GroupMembership.objects.current().filter(
        group=activity.group, role__in=LEADERS
    )
    partners = Partner.objects.filter(partnerships__memberships__in=leading).distinct()
    return _of_partners(activity, partners, activity.group.get_absolute_url())


def _of_partners(activity, partners, leads_to: str = "") -> list[Person]:
    """Who acts for them in the portal; of those for whom nobody does, whom to call."""
    acting = Representative.objects.current().filter(partner__in=partners)
    people = [
        Person(
            each.user.full_name, each.partner.name, user=each.user, leads_to=leads_to
        )
        for each in acting.select_related("user", "partner").order_by("pk")
    ]
    alone = partners.exclude(pk__in=acting.values("partner"))
    unit = activity.office.unit  # it knows the partners
    contacts = Partnership.objects.filter(
        Q(office=unit) | Q(office__parent=unit), partner__in=alone
    )
    people += [
        Person(each.contact_name or each.partner.name, each.partner.name, None, each)
        for each in contacts.select_related("partner").order_by("pk")
    ]
    return people


def _organisers(activity: Activity) -> list[Person]:
    """Who planned or reported it and still sees it, and the officers who look after
    it."""
    planners = set(officers(activity, "outreach.change_activity"))
    made = {activity.created_by, activity.reported_by} - {None, *planners}
    made = {each for each in made if may_open(activity, each)}
    people = sorted(planners | made, key=lambda user: user.pk)
    return [Person(user.full_name, _("Penyelenggara"), user=user) for user in people]
