"""What the tests of the whole house must know of this room."""

from tests.agreements.register.house import WRITERS
from tests.house.access import PARTNER_WRITERS, form

ACCESS = {
    "agreements:parties": form(WRITERS, "agreement"),
    "agreements:contacts": form({*WRITERS, *PARTNER_WRITERS}, "agreement"),
}
ANSWERS = (
    {
        f"{name}_{side}_{place}": ""
        for name in ("since", "until")
        for side in ("ours", "theirs")
        for place in ("main", "deputy")
    }
    | {
        f"name_{side}_{place}": "Nama Uji"
        for side in ("ours", "theirs")
        for place in ("main", "deputy")
    }
    | {
        f"phone_{side}_{place}": "0812 3456 7890"
        for side in ("ours", "theirs")
        for place in ("main", "deputy")
    }
)
