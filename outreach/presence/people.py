"""Who may be registered for an activity."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from outreach.activities.models import Activity
from outreach.presence.models import Participant
from outreach.told.people import Person
from partners.models import Representative, Volunteer
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import STAFF

Kind = Participant.Kind


def registered(activity: Activity) -> list[Person]:
    """Who is on its list and has an account. What was called off is no page for who
    only came to help: his own list is."""
    rows = activity.participants.select_related("user", "volunteer__user")
    accounts = [row.volunteer.user if row.volunteer else row.user for row in rows]
    place = reverse("outreach:mine")
    return [
        Person(user.full_name, row.affiliation, user=user, leads_to=place)
        for row, user in zip(rows, accounts, strict=True)
        if user is not None
    ]


def officers(activity: Activity) -> QuerySet[User]:
    held = Assignment.objects.current().filter(
        user=OuterRef("pk"), role__in=STAFF, office__in=_offices(activity)
    )
    return User.objects.filter(Exists(held), is_active=True).order_by("full_name", "pk")


def representatives(activity: Activity) -> QuerySet[User]:
    """Who acts for a partner that takes part."""
    acting = Representative.objects.current().filter(
        user=OuterRef("pk"), partner__in=activity.partners.values("pk")
    )
    rows = User.objects.filter(Exists(acting), is_active=True)
    return rows.order_by("full_name", "pk")


def volunteers(activity: Activity) -> QuerySet[Volunteer]:
    return Volunteer.objects.serving().filter(office__in=_offices(activity))


def _offices(activity: Activity) -> list[int]:
    """A unit and its posts; units come to what an office above holds as invited."""
    unit = activity.office.unit
    return [unit.pk] if unit.is_wide else unit.branch_ids


def himself(activity: Activity, user: User) -> Participant | None:
    """As what this person may come of his own."""
    if user.acting is None or not user.acting.is_community:
        return None
    own = volunteers(activity).filter(user=user)
    acts_for = representatives(activity).filter(pk=user.pk)
    return next(as_participants(activity, (), acts_for, own), None)


def as_participants(
    activity: Activity, officers, representatives, volunteers: Iterable
) -> Iterator[Participant]:
    """Rows to be saved, with what each came for."""
    unit = activity.office.unit.name
    for person in officers:
        yield Participant(
            activity=activity, kind=Kind.OFFICER, user=person, affiliation=unit
        )
    named = _partners_of(activity, representatives)
    for person in representatives:
        yield Participant(
            activity=activity,
            kind=Kind.PARTNER,
            user=person,
            affiliation=named.get(person.pk, ""),
        )
    for volunteer in volunteers:
        yield Participant(
            activity=activity,
            kind=Kind.VOLUNTEER,
            volunteer=volunteer,
            affiliation=unit,
        )


def _partners_of(activity, people) -> dict[int, str]:
    """The name of the partner that takes part, for each who acts for one."""
    acting = Representative.objects.current().filter(
        partner__in=activity.partners.values("pk"),
        user__in=[person.pk for person in people],
    )
    return dict(acting.order_by("-pk").values_list("user", "partner__name"))
