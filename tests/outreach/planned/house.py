"""What the tests of the whole house must know of this room."""

from tests.house.access import PLANNERS, form

ACCESS = {"outreach:put_in_plan": form(PLANNERS, "activity")}
