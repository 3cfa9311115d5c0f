"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from django.utils import timezone

from tests.agreements.register.house import HEADS, WRITERS
from tests.factories import AgreementFactory
from tests.house.access import OFFICERS, form, get

ACCESS = {
    "agreements:proofs": get(OFFICERS, "evaluable"),
    "agreements:prove": form(WRITERS, "evaluable"),
    "agreements:lock_baseline": form(HEADS, "evaluable"),
}
ANSWERS = {"link": "https://contoh.test/berita"}


def card(world, text):
    world.records["partner"].name = text[:150]
    world.records["partner"].save()
    return AgreementFactory(
        office=world.unit,
        partner=world.records["partner"],
        status="signed",
        title=text[:200],
        ends_on=timezone.localdate() + timedelta(days=30),
        our_signatory=text[:120],
        our_nip="198001012005011001",
    )


PAPERS = {"agreements.proofs": card}
