"""What the tests of the whole house must know of this room."""

from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from tests.factories import AmbassadorFactory, ContactFactory
from tests.house.access import DUTA, HEAD, HQ, KANWIL, OFFICERS, OPERATOR, form, get
from tests.pokmas.documents.corpus import pdf, upload

APPOINT, LOG = {KANWIL, HEAD, OPERATOR}, {OPERATOR, DUTA}

ACCESS = {
    "outreach:ambassador_index": get(OFFICERS),
    "outreach:ambassador_create": form(APPOINT),
    "outreach:ambassador_detail": get(OFFICERS, "ambassador"),
    "outreach:ambassador_change": form(APPOINT, "ambassador"),
    "outreach:ambassador_end": form(APPOINT, "ambassador"),
    "outreach:contact_index": get(OFFICERS),
    "outreach:contact_create": form(LOG),
    "outreach:contact_funnel": get(OFFICERS),
    "outreach:contact_detail": get(OFFICERS, "contact"),
    "outreach:contact_change": form(LOG, "contact"),
    "outreach:contact_register": form({*LOG, KANWIL, HQ}, "contact"),
    "outreach:contact_register_at": form({*LOG, KANWIL, HQ}, "contact"),
    "outreach:contact_settle": form(LOG, "contact_open"),
}
MARKED = {
    "ambassador": ["letter_number"],
    "contact": ["name", "note", "phone"],
    "contact_open": ["name"],
}
ANSWERS = {"again": None, "partner": None}


def rows(world):
    by = world.people[Role.AMBASSADOR]
    operator = world.people[Role.UNIT_OPERATOR]
    letter = documents.store(upload("surat.pdf", pdf()), by=operator)
    appointed = AmbassadorFactory(office=world.unit, person=by, file=letter)
    documents.attach(letter, appointed, by=operator)
    common = {"office": world.unit, "person": by}
    return {
        "ambassador": appointed,
        "contact": ContactFactory(**common, phone="+6281234567890", note="Uji"),
        "contact_open": ContactFactory(
            **common, status="open", follow_up_on=world.unit.today
        ),
    }


def ambassadors(world):
    """One that holds and one that was ended."""
    ended = {"status": "ended", "ended_on": world.unit.today, "reason": "Alasan uji"}
    return [AmbassadorFactory(office=world.unit, **more) for more in ({}, ended)]


def contacts(world):
    """Of each who logs them: another's are none of his."""
    day = world.unit.today
    return [
        ContactFactory(
            office=world.unit,
            person=world.people[role],
            status=status,
            follow_up_on=day,
        )
        for role in (Role.AMBASSADOR, Role.UNIT_OPERATOR)
        for status in ("open", "closed")
    ]


VARIANTS = {"ambassador": ambassadors, "contact": contacts, "contact_open": contacts}
# Whoever is appointed already is not appointed for the same days.
AT = {
    "outreach:ambassador_create": {"starts_on": "14-09-2029", "ends_on": "13-09-2030"}
}
# A Kanwil chooses the unit; of whom a unit spoke to it is nothing to choose.
CLOSED = {"outreach:contact_register_at"}
