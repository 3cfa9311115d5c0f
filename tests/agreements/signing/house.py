"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from agreements.models import SigningDay
from tests.agreements.register.house import HEADS, WRITERS
from tests.agreements.texts.house import version
from tests.factories import AgreementFactory
from tests.house.access import form, get, post

SIGNERS = {*HEADS, *WRITERS}

ACCESS = {
    "agreements:number": form(SIGNERS, "agreement"),
    "agreements:renumber": form(SIGNERS, "numbered"),
    "agreements:srikandi": form(SIGNERS, "agreement"),
    "agreements:signing_days": get(SIGNERS),
    "agreements:plan_signing_day": form(SIGNERS),
    "agreements:signing_day": form(SIGNERS, "signing_day"),
    "agreements:change_signing_day": form(SIGNERS, "signing_day"),
    "agreements:call_off_signing_day": form(SIGNERS, "signing_day"),
    "agreements:number_signing_day": post(SIGNERS, "signing_day"),
}
# None of them is in force before that day.
AT = {"agreements:plan_signing_day": {"held_on": "09-01-2026"}}
# The portal numbers the papers of this office, so SRIKANDI does not.
CLOSED = {"agreements:srikandi"}
MARKED = {"signing_day": ["place"]}


def rows(world):
    day = SigningDay.objects.create(
        office=world.unit, held_on=world.unit.today, place="Aula"
    )
    ready = {
        "office": world.unit,
        "partner": world.records["partner"],
        "status": "ready_to_sign",
        "starts_on": day.held_on,
        "ends_on": day.held_on + timedelta(days=300),
    }
    day.agreements.add(AgreementFactory(**ready))
    numbered = AgreementFactory(
        **ready, our_number="W.22-9001", number_year=world.unit.today.year
    )
    return {"signing_day": day, "numbered": numbered}


def listed(world, text):
    day = SigningDay.objects.create(
        office=world.unit, held_on=world.unit.today, place=text[:120]
    )
    for kind in ("mou", "pks"):
        day.agreements.add(
            AgreementFactory(
                office=world.unit,
                partner=world.records["partner"],
                status="ready_to_sign",
                kind=kind,
                title=text[:200],
                our_signatory=text[:120],
                partner_signatory=text[:120],
            )
        )
    return day


def copy(world, text):
    written = version(world, text)
    agreement = written.agreement
    agreement.status, agreement.our_number = "ready_to_sign", "W.22-9002"
    agreement.number_year = world.unit.today.year
    agreement.save()
    return agreement


PAPERS = {"agreements.signing_day": listed, "agreements.signing_copy": copy}
