"""What the tests of the whole house must know of this room."""

from tests.house.access import PLANNERS, form

ACCESS = {"outreach:create_series": form(PLANNERS)}
# The days of the first page, confirmed on the second.
DAYS = ["2026-09-14", "2026-09-21"]
AT = {
    "outreach:create_series": {
        "rhythm": "weekly",
        "days": "",
        "times": "2",
        "plan": "1",
        "shown": ",".join(DAYS),
        "day": DAYS,
    }
}
# Asked once something else was chosen.
LATER = {"outreach:create_series": {"agreement", "agreement_id"}}
