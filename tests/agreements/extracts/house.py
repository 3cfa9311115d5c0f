"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from tests.factories import AgreementFactory


def signed(world, text):
    """Typed by people, as far as each field goes."""
    world.records["partner"].name = text[:150]
    world.records["partner"].save()
    return AgreementFactory(
        office=world.unit,
        partner=world.records["partner"],
        status="signed",
        title=text[:200],
        form=text,
        subject=text,
        ends_on=world.unit.today + timedelta(days=30),
        signed_at_place=text[:120],
        our_signatory=text[:120],
        our_nip="198001012005011001",
    )


PAPERS = {"agreements.extract": signed}
