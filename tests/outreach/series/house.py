"""What the tests of the whole house must know of this room."""

from tests.house.access import DUTA, OPERATOR, PARTNER, form

ACCESS = {"outreach:create_series": form({OPERATOR, DUTA, PARTNER})}
