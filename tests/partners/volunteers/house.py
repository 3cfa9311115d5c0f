"""What the tests of the whole house must know of this room."""

from datetime import date

from partners.models import Promise, Volunteer
from partners.nik import services as numbers
from pokmas.accounts.roles import Role
from tests.factories import VolunteerFactory
from tests.house.access import (
    EVERYBODY,
    HEAD,
    OFFICERS,
    OPERATOR,
    PUBLIC,
    VOLUNTEER,
    form,
    get,
)

SEEN_BY = {*OFFICERS, VOLUNTEER}
ACCESS = {
    "partners:volunteer_index": get(SEEN_BY),
    "partners:volunteer_start": get(PUBLIC),
    "partners:volunteer_mine": get(EVERYBODY),
    "partners:volunteer_register": form(EVERYBODY),
    "partners:volunteer_enter": form({OPERATOR}),
    "partners:volunteer_drop": form({OPERATOR}, "volunteer"),
    "partners:volunteer_detail": get(SEEN_BY, "volunteer"),
    "partners:volunteer_person": form(SEEN_BY, "volunteer"),
    "partners:volunteer_offer": form(SEEN_BY, "volunteer"),
    "partners:volunteer_check": form({VOLUNTEER}, "volunteer"),
    "partners:volunteer_submitted": get(SEEN_BY, "volunteer"),
    "partners:volunteer_decide": form({HEAD, OPERATOR}, "candidate"),
    "partners:volunteer_find": form({HEAD, OPERATOR}),
    "partners:volunteer_nik": form({HEAD, OPERATOR}, "candidate"),
    "partners:volunteer_resume": form({HEAD}, "volunteer"),
    "partners:volunteer_suspend": form({HEAD}, "volunteer"),
    "partners:volunteer_end": form({HEAD}, "volunteer"),
    "partners:volunteer_withdraw": form({VOLUNTEER}, "volunteer"),
    "partners:volunteer_leave": form({VOLUNTEER}, "volunteer"),
}
# Asks in several steps; and his only registration is accepted already.
CLOSED = {
    "partners:volunteer_register",
    "partners:volunteer_check",
    "partners:volunteer_withdraw",
    # These change nothing.
    "partners:volunteer_find",
    "partners:volunteer_nik",
}
MARKED = {"volunteer": ["name", "occupation"], "candidate": ["name"]}
ANSWERS = {"birth_year": "1990", "nik": "5371015505900001"}


def rows(world):
    office, user = world.unit, world.people[Role.VOLUNTEER]
    return {
        "volunteer": VolunteerFactory(office=office, user=user),
        "candidate": VolunteerFactory(
            office=office, status="submitted", nik=numbers.keep("5371015505900002")
        ),
    }


def volunteers(world):
    return [
        VolunteerFactory(office=world.unit, status=status)
        for status in Volunteer.Status
    ]


VARIANTS = {"volunteer": volunteers}


def promised(world, text):
    """Typed by people, as far as each field goes."""
    promise = Promise.objects.create(
        title=text[:120], text=text[:3000], valid_from=date(2026, 2, 1)
    )
    return VolunteerFactory(office=world.unit, name=text[:120], promise=promise)


PAPERS = {"partners.promise": promised}
