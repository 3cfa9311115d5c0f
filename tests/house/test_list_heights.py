"""The lists in a real browser on desks: low rows, whole words, one tab stop a row."""

import pytest
from django.urls import reverse

from pokmas.accounts.models import SignIn
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    PartnershipFactory,
    UnitFactory,
    person,
)
from tests.house.layout import broken_words, overflow
from tests.house.test_browser import cookies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = (
    "Yayasan Pendidikan, Pelatihan Kerja, dan Pemberdayaan Ekonomi Masyarakat "
    "Kepulauan Bersatu Sejahtera Berkelanjutan Nomor"
)
LISTS = [
    *("partners:index", "agreements:index", "outreach:index"),
    *("audit:index", "notices:index", "accounts:my_history"),
    "partners:group_compliance",
]


@pytest.fixture
def desk(browser, live_server, sign_in):
    """A Kanwil with 25 rows of far too long names in each list, and its page."""
    admin = person(Role.REGIONAL_ADMIN)
    unit = UnitFactory(
        parent=admin.acting.office, name="Lapas Perempuan Kelas IIA Tenggarong Seberang"
    )
    for number in range(25):
        partnership = PartnershipFactory(
            office=unit, status="active", name=f"{LONG} {number}"[:150]
        )
        partner = partnership.partner
        AgreementFactory(
            office=unit, partner=partner, status="ready_to_sign", title=f"PKS {LONG}"
        )
        ActivityFactory(
            office=unit, partners=[partner], status="returned", title=f"Bakti {LONG}"
        )
        Entry.record(admin, "partnership.changed", partnership, reason=LONG)
        Notice.objects.create(user=admin, key=number, title=LONG, body=LONG, url="/")
        SignIn.objects.create(user=admin, outcome="wrong_code", address="2001:db8::1")
        UnitFactory(parent=admin.acting.office, name=f"{unit.name} {number}")
    context = browser.new_context(locale="id-ID", reduced_motion="reduce")
    context.add_cookies(cookies(sign_in(admin), live_server.url))
    page = context.new_page()
    yield lambda name: page.goto(live_server.url + reverse(name)) and page
    context.close()


def test_25_rows_are_low_and_no_badge_number_or_date_breaks(desk):
    wrong = {}
    for name in LISTS:
        page = desk(name)
        for width in (1024, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            height = page.locator("table.list").bounding_box()["height"]
            found = overflow(page), broken_words(page), width >= 1280 and height > 1500
            if any(found):
                wrong[name, width] = *found, height
    assert wrong == {}


def test_a_row_is_one_tab_stop_and_the_arrow_keys_go_from_row_to_row(desk):
    page = desk("partners:index")
    links = page.locator("table.list .row-link")
    links.first.focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")

    assert page.evaluate("document.activeElement.href") == links.nth(1).evaluate(
        "link => link.href"
    )
    assert page.locator("table.list tbody :is(a, button, input)").count() == 25
    page.keyboard.press("Enter")
    page.wait_for_url("**/partners/*/")


def test_the_menu_of_exports_is_for_the_keyboard_and_fits_a_phone(desk):
    page = desk("partners:index")
    page.set_viewport_size({"width": 360, "height": 780})
    menu = page.locator(".list-head .menu").last
    menu.locator("summary").focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.textContent")
    wide = overflow(page)
    page.keyboard.press("Escape")

    assert (reached, wide) == ("CSV", "")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.localName") == "summary"


@pytest.mark.parametrize(("width", "content"), [(1280, 1240), (1920, 1640)])
def test_a_list_uses_a_wide_desk_and_other_pages_keep_their_measure(
    desk, width, content
):
    measured = {}
    for name in ("partners:index", "accounts:me"):
        page = desk(name)
        page.set_viewport_size({"width": width, "height": 900})
        measured[name] = page.locator("main > .container").bounding_box()["width"]

    assert measured == {"partners:index": content, "accounts:me": 1240}


def test_a_filter_applies_at_once_and_the_address_keeps_it(desk):
    page = desk("partners:index")
    page.set_viewport_size({"width": 1280, "height": 900})

    page.get_by_label("Status").select_option("suspended")
    page.wait_for_url("**/partners/?status=suspended")

    assert page.locator("table.list").count() == 0
    page.get_by_role("link", name="Hapus semua").click()
    page.wait_for_url("**/partners/?")
    assert page.locator("table.list tbody tr").count() == 25
