"""What the tests of the whole house must know of this room."""

from tests.house.access import HEAD, HQ, KANWIL_HEAD, PLANNERS, form, post

ACCESS = {
    "outreach:edit_photo": form({HEAD, KANWIL_HEAD, *PLANNERS}, "evidence"),
    "outreach:refuse_photo": form({HEAD, KANWIL_HEAD, HQ}, "evidence"),
    "outreach:review_photo": post({HEAD, KANWIL_HEAD, HQ}, "evidence"),
}

# One area to blur, and most of the photo kept.
AT = {
    "outreach:edit_photo": {
        "blur*": "10",
        "cut_left": "0",
        "cut_top": "0",
        "cut_width": "90",
        "cut_height": "90",
        "preview": None,
        "seen": None,
    },
    "outreach:refuse_photo": {"seen": None},
}
