"""What the tests of the whole house must know of this room."""

from tests.factories import (
    DeclarationAnswerFactory,
    DeclarationFactory,
    PartnershipFactory,
    UserFactory,
)

COMMON = {"declaration"}


def rows(world):
    return {"declaration": DeclarationFactory()}


def declarations(world):
    return [
        DeclarationFactory(is_active=False),
        DeclarationFactory(valid_until="2026-02-01"),
    ]


VARIANTS = {"declaration": declarations}


def declared(world, text):
    """Typed by people, as far as each field goes."""
    partnership = PartnershipFactory(
        office=world.unit, status="submitted", name=text[:150]
    )
    DeclarationAnswerFactory(
        partnership=partnership,
        declaration__title=text[:120],
        declaration__text=text[:3000],
        answered_by=UserFactory(full_name=text[:120]),
    )
    return partnership


PAPERS = {"partners.declaration": declared}
