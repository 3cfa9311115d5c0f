"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from django.utils import timezone

from outreach.models import Attendance, Material, Speaker
from pokmas.documents import services as documents
from tests.factories import ActivityFactory, AttendanceFactory
from tests.house.access import HEAD, HQ, KANWIL, OFFICERS, OPERATOR, form, get, post
from tests.pokmas.documents.corpus import pdf, upload

ACCESS = {
    "outreach:attendance_index": get(OFFICERS),
    "outreach:attendance_detail": get(OFFICERS, "attendance"),
    "outreach:attendance_confirm": form({HEAD, OPERATOR}, "attendance"),
    "outreach:attendance_decline": form({HEAD, OPERATOR}, "attendance"),
    "outreach:attendance_state": form({HEAD, OPERATOR}, "held_attendance"),
    "outreach:attendance_withdraw": form({KANWIL, HQ}, "attendance"),
    "outreach:invite": form({KANWIL, HQ}, "wide_activity"),
    "outreach:remind": form({KANWIL, HQ}, "wide_activity"),
    "outreach:add_speaker": form({KANWIL, HQ}, "wide_activity"),
    "outreach:add_material": form({KANWIL, HQ}, "wide_activity"),
    "outreach:speaker_remove": post({KANWIL, HQ}, "speaker"),
    "outreach:material_remove": post({KANWIL, HQ}, "material"),
}
MARKED = {
    "attendance": ["attendees", "reason"],
    "speaker": ["name", "capacity", "theme"],
    "material": ["caption"],
}


def rows(world):
    ahead = ActivityFactory(
        office=world.unit.region, starts_at=timezone.now() + timedelta(days=3)
    )
    held = ActivityFactory(office=world.unit.region)
    speaker = Speaker.objects.create(
        activity=ahead, name="Orang Uji", capacity="Kanwil Uji", theme="Hak klien"
    )
    by = world.people[KANWIL]
    paper = documents.store(upload("materi.pdf", pdf()), by=by)
    material = Material.objects.create(activity=ahead, document=paper, added_by=by)
    documents.attach(paper, material, by=by)
    return {
        "attendance": AttendanceFactory(activity=ahead, office=world.unit),
        "held_attendance": AttendanceFactory(activity=held, office=world.unit),
        "wide_activity": ahead,
        "speaker": speaker,
        "material": material,
    }


def uninvited(world):
    """One to which no unit is invited yet."""
    return [
        ActivityFactory(
            office=world.unit.region, starts_at=timezone.now() + timedelta(days=3)
        )
    ]


VARIANTS = {"wide_activity": uninvited}
AT = {
    "outreach:invite": {
        "offices": lambda: Attendance.objects.order_by("pk").first().office_id
    }
}
