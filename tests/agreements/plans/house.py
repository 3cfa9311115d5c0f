"""What the tests of the whole house must know of this room."""

from tests.agreements.register.house import WRITERS
from tests.house.access import form

ACCESS = {"agreements:plan": form(WRITERS, "agreement")}
# Of every row that the page may show at first.
ANSWERS = {
    f"{name}_{place}": answer
    for place in range(8)
    for name, answer in {
        "type_code": None,
        "first_month": "05-2026",
        "last_month": "06-2026",
        "target": "20",
    }.items()
}
