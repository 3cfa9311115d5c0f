"""What the tests of the whole house must know of this room."""

from tests.house.access import DUTA, HEAD, OPERATOR, PARTNER, form, post

ACCESS = {
    "outreach:report": form({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:verify": form({HEAD}, "activity"),
    "outreach:review_photo": post({HEAD}, "evidence"),
}
