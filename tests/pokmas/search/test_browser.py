"""The box in the header, in a real browser."""

import pytest

from pokmas.accounts.roles import Role
from tests.factories import PartnerFactory, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_for(browser, sign_in, live_server):
    """Opens the list of partners for somebody who is signed in."""
    contexts = []

    def _open(user, width):
        context = browser.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": live_server.url}
                for name, morsel in sign_in(user).cookies.items()
            ]
        )
        page = context.new_page()
        page.goto(f"{live_server.url}/partners/")
        return page

    yield _open
    for context in contexts:
        context.close()


def test_a_slash_goes_to_the_box_and_enter_to_what_is_found(open_for):
    user = person(Role.UNIT_OPERATOR)
    PartnerFactory(office=user.acting.office, status="active", name="Yayasan Melati")
    page = open_for(user, 1280)

    page.keyboard.press("/")
    page.keyboard.type("melati/")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search/?q=melati")
    assert page.get_by_role("link", name="Yayasan Melati").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_menu_leads_to_the_page(open_for):
    page = open_for(person(Role.UNIT_OPERATOR), 360)

    page.locator(".bottom-bar summary").click()
    page.get_by_role("link", name="Cari di portal").click()

    page.wait_for_url("**/search/")
    assert page.get_by_label("Kata yang dicari").is_visible()
    assert not page.locator(".site-search").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
