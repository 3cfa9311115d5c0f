"""A photo that nobody had time for, in a real browser on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pokmas.accounts.roles import Role
from pokmas.documents import slots
from tests.factories import ActivityFactory, person
from tests.pokmas.documents.corpus import jpeg
from tests.pokmas.documents.test_slots import nobody_else_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_report_put_off_is_sent_again_by_itself(browser, live_server, sign_in):
    operator = person(Role.UNIT_OPERATOR)
    activity = ActivityFactory(office=operator.acting.office)
    context = browser.new_context(
        base_url=live_server.url, locale="id-ID", viewport={"width": 360, "height": 740}
    )
    value = sign_in(operator).cookies["session"].value
    context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
    page = context.new_page()
    page.clock.install(time=0)
    page.goto(reverse("outreach:report", args=[activity.pk]))
    page.locator("[name='count_adult_client_male']").fill("12")
    page.locator("[name='output']").fill("Peserta memahami haknya.")
    page.locator("[name='photos']").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    )
    page.locator("[name='declared']").check()

    # From here on nothing is sent again before the test says so.
    page.clock.pause_at(3_600_000)
    with nobody_else_fits(slots.INSPECTIONS):
        page.get_by_role("button", name="Kirim laporan").click()
        waiting = page.get_by_text("Berkas Anda dikirim lagi dengan sendirinya")
        expect(waiting).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.clock.run_for(5_000)

    expect(page.get_by_text("Laporan terkirim.")).to_be_visible()
    assert activity.evidence.count() == 1
    context.close()
