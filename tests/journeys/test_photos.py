"""A face is blurred with a finger, in a real browser on a phone."""

import pytest
from django.urls import reverse

from outreach.evidence.look import look_of
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from tests.factories import ActivityFactory, EvidenceFactory, person
from tests.pokmas.documents.corpus import jpeg, upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_what_is_drawn_is_what_is_blurred(visit):
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office, status="reported")
    photo = documents.store(upload("foto.jpg", jpeg()), by=operator)
    evidence = EvidenceFactory(
        activity=activity, document=photo, look=look_of(photo), caption="Di balai"
    )
    officer = visit(operator).open(activity.get_absolute_url())
    officer.follow("Samarkan atau potong").fits()
    board = officer.page.locator("[data-photo]")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()

    mouse = officer.page.mouse
    mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.75)
    mouse.up()

    drawn = [
        int(officer.page.locator(f"[name='blur1_{side}']").input_value())
        for side in ("left", "top", "width", "height")
    ]
    assert all(abs(a - b) <= 1 for a, b in zip(drawn, (25, 25, 25, 50), strict=True))
    officer.press("Pratinjau").sees("Pratinjau: belum disimpan").fits()
    assert officer.page.locator(".photo-box.blur").count() == 1
    officer.press("Simpan foto ini").sees("Foto semula sudah dihapus.")
    evidence.refresh_from_db()
    assert (evidence.edited_by, evidence.document == photo) == (operator, False)
    assert reverse("outreach:detail", args=[activity.pk]) in officer.page.url
