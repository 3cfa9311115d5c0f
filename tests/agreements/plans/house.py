"""What the tests of the whole house must know of this room."""

from tests.agreements.register.house import WRITERS
from tests.house.access import form

ACCESS = {"agreements:plan": form(WRITERS, "agreement")}
