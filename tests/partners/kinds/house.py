"""What the tests of the whole house must know of this room."""

from tests.factories import PartnerKindFactory, RequiredPaperFactory

COMMON = {"partnerkind", "requiredpaper"}


def rows(world):
    return {
        "partnerkind": PartnerKindFactory(),
        "requiredpaper": RequiredPaperFactory(),
    }


def kinds(world):
    return [
        PartnerKindFactory(code="person"),
        PartnerKindFactory(code="old", is_active=False),
    ]


VARIANTS = {"partnerkind": kinds}
