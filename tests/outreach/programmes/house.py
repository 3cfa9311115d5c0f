"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from django.utils import timezone

from outreach.programmes.models import PhaseReport
from tests.factories import ProgrammeFactory
from tests.house.access import (
    DUTA,
    EVERYBODY,
    HEAD,
    OFFICERS,
    OPERATOR,
    PARTNER_WRITERS,
    VOLUNTEER,
    form,
    get,
)

WRITERS = {OPERATOR, DUTA, *PARTNER_WRITERS, VOLUNTEER}

ACCESS = {
    "outreach:programme_index": get(EVERYBODY),
    "outreach:programme_overview": get(OFFICERS),
    "outreach:programme_create": form(WRITERS),
    "outreach:programme_detail": get(EVERYBODY - {VOLUNTEER}, "programme"),
    "outreach:programme_write": form(WRITERS - {VOLUNTEER}, "programme"),
    "outreach:programme_judge": form({HEAD}, "handed_in"),
    "outreach:programme_hand_over": form({HEAD}, "programme"),
    "outreach:programme_stop": form({HEAD}, "programme"),
    "outreach:programme_resume": form({HEAD}, "programme"),
}
ANSWERS = {"due_on": f"{timezone.localdate() + timedelta(days=60):%d-%m-%Y}"}
MARKED = {"programme": ["title", "problem"]}


def rows(world):
    led = ProgrammeFactory(office=world.unit, partner=world.records["partner"])
    return {"programme": led, "handed_in": handed_in(world)}


def handed_in(world):
    programme = ProgrammeFactory(office=world.unit, status="submitted")
    PhaseReport.objects.create(
        programme=programme,
        phase=programme.phase,
        owner="Orang Uji",
        due_on=world.unit.today + timedelta(days=30),
        text="Gagasan uji.",
        written_by=world.people["unit_operator"],
    )
    return programme


def variants(world):
    partner = world.records["partner"]
    return [
        ProgrammeFactory(office=world.unit, partner=partner, status=status)
        for status in ("returned", "stopped", "completed")
    ]


VARIANTS = {"programme": variants}
