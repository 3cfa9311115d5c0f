"""What the tests of the whole house must know of this room."""

from tests.house.access import (
    HQ,
    KANWIL,
    KANWIL_HEAD,
    PUBLIC,
    REVIEWER,
    WITH_PARTNER,
    form,
    get,
    post,
)

ABOVE = {HQ, KANWIL_HEAD, KANWIL, REVIEWER}
ACCESS = {
    "agreements:calendar": get(WITH_PARTNER),
    "agreements:feed": form(WITH_PARTNER, personal=True),
    "agreements:close_feed": post(WITH_PARTNER, personal=True),
    "agreements:feed_file": get(PUBLIC, "token"),
    "agreements:region_months": get(ABOVE),
    "agreements:open_month": post({KANWIL_HEAD, KANWIL, REVIEWER}),
    "agreements:region_month": get(ABOVE, "region_month"),
}
WORDS = {"token": "nothing-opens-with-this"}
