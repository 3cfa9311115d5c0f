"""What the tests of the whole house must know of this room."""

from tests.house.access import HQ, OPERATOR, get, post

ACCESS = {
    "jobs:index": get({HQ}),
    "jobs:detail": get({HQ, OPERATOR}, "job"),
    "jobs:progress": get({HQ, OPERATOR}, "job"),
    "jobs:retry": post({HQ, OPERATOR}, "job"),
    "jobs:stop": post({HQ, OPERATOR}, "job"),
}
NOT_SHOWN = {"jobs:progress"}
# Only who asked for a paper that still waits stops it.
CLOSED = {"jobs:stop"}
