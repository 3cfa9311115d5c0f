"""What the tests of the whole house must know of this room."""

from tests.house.access import VOLUNTEER, form

ACCESS = {"partners:volunteer_promise": form({VOLUNTEER}, "volunteer")}
# He has made the promise of today.
CLOSED = {"partners:volunteer_promise"}
