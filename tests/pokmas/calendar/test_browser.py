"""The calendar in a real browser: by keyboard on a desk, as a list on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from pokmas.accounts.roles import Role
from tests.factories import ActivityFactory, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_arrows_walk_over_days_and_a_phone_lists_them(browser, live_server, sign_in):
    operator = person(Role.UNIT_OPERATOR)
    ActivityFactory(office=operator.acting.office, title="Penyuluhan hukum")
    context = browser.new_context(base_url=live_server.url, locale="id-ID")
    value = sign_in(operator).cookies["session"].value
    context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{reverse('calendar:index')}?day=2026-09-14")
    page.get_by_role("link", name="Senin, 14 September 2026").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("link", name="Minggu, 20 September 2026")).to_be_focused()
    page.keyboard.press("PageUp")
    expect(page.locator("#period")).to_have_text("Agustus 2026")
    expect(page.locator("#period")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Sabtu, 1 Agustus 2026")).to_be_focused()
    page.go_back()
    page.set_viewport_size({"width": 360, "height": 740})

    expect(page.locator(".day:visible")).to_have_count(1)
    expect(page.get_by_role("link", name="Penyuluhan hukum")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page).response["violations"]
    assert [
        each["id"] for each in found if each["impact"] in ("serious", "critical")
    ] == []
    context.close()
