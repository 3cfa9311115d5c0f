"""What the tests of the whole house must know of this room."""

from tests.factories import FieldFactory

COMMON = {"field"}


def rows(world):
    return {"field": FieldFactory()}


def fields(world):
    return [FieldFactory(name="Olahraga"), FieldFactory(name="Lama", is_active=False)]


VARIANTS = {"field": fields}
