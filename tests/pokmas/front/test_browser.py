"""The face in a real browser: readable, reachable, and no worse without a script."""

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from pokmas.accounts.roles import Role
from pokmas.front.navigation import navigation_for
from pokmas.launch.fonts import SETS
from pokmas.offices.models import Office
from tests.factories import AssignmentFactory, UserFactory, person
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
LONG_NAME = "Kantor Wilayah Direktorat Jenderal Pemasyarakatan Nusa Tenggara Timur"
PAGES = ["/", "/styleguide/", "/styleguide/?wrong=1", "/help/partners/"]


@pytest.fixture(autouse=True)
def _first_look(settings):
    settings.FIRST_LOOK = True


@pytest.fixture
def open_page(browser, live_server):
    """Opens a page and collects what the browser complains about."""
    contexts = []

    def _open(path, size=PHONE, **options):
        context = browser.new_context(viewport=size, locale="id-ID", **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                page.complaints.append(message.text)
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.goto(live_server.url + path)
        return page

    yield _open
    for context in contexts:
        context.close()


@pytest.fixture
def open_for(open_page, sign_in, live_server):
    """Opens a page for somebody who is signed in."""

    def _open(user, path="/help/", size=PHONE):
        page = open_page(path, size)
        page.context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": live_server.url}
                for name, morsel in sign_in(user).cookies.items()
            ]
        )
        page.reload()
        return page

    return _open


def test_the_browser_sees_the_chosen_fonts_alone(open_page, pytestconfig):
    page = open_page("/")
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    heading = tools.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})

    used = tools.send("CSS.getPlatformFontsForNode", heading)["fonts"]

    chosen = SETS[pytestconfig.getoption("fonts")]
    assert {font["familyName"] for font in used} == {chosen.sans}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page, path, size, scheme):
    page = open_page(path, size, color_scheme=scheme)

    violations = Axe().run(page).response["violations"]

    serious = [
        (found["id"], [node["html"] for node in found["nodes"]])
        for found in violations
        if found["impact"] in ("serious", "critical")
    ]
    assert serious == []
    assert page.complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(open_page, path):
    page = open_page(path, {"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_to_be_pressed_is_large_enough_for_a_thumb(open_page):
    page = open_page("/styleguide/", has_touch=True)

    small = page.evaluate(
        """() => [...document.querySelectorAll(
              '.btn, .tool, summary, .chip, select, input:not([type=hidden])')]
            .map(found => found.closest('label') || found)
            .filter(found => found.checkVisibility() && !found.closest('.date-picker'))
            .map(found => [found.outerHTML.slice(0, 80),
                           found.getBoundingClientRect().height])
            .filter(([html, height]) => height < 43.5)"""
    )

    assert small == []


def test_a_code_of_a_document_fits_into_its_box(open_page):
    page = open_page("/")
    box = page.get_by_label("Kode di dekat QR")

    box.fill("7KQM-2XVD-9TRB")

    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


# Menus and the frame of who is signed in

# Entries of the open menus that lie outside the window, are cut, or are covered.
OUT_OF_REACH = """() => [...document.querySelectorAll('.menu[open] .menu-item')]
  .filter((entry) => {
    entry.scrollIntoView({block: 'nearest'});
    const box = entry.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    return box.left < 0 || box.right > innerWidth
      || box.top < 0 || box.bottom > innerHeight
      || entry.scrollWidth > entry.clientWidth
      || !entry.contains(document.elementFromPoint(x, y));
  })
  .map((entry) => entry.textContent.trim())"""
# Words that stick out of their place on the bar, or out of the window.
CUT_ON_THE_BAR = """() => [...document.querySelectorAll('.bottom-bar > *')]
  .filter((place) => {
    const range = document.createRange();
    range.selectNodeContents(place.querySelector('summary') || place);
    const [word, box] = [range, place].map((each) => each.getBoundingClientRect());
    return word.left < box.left || word.right > box.right || box.right > innerWidth;
  })
  .map((place) => place.textContent.trim())"""


@pytest.mark.parametrize("role", list(Role))
def test_every_entry_of_every_menu_lies_in_the_window(open_for, role):
    user = person(role)
    AssignmentFactory(user=user, role=Role.AMBASSADOR)
    page = open_for(user)
    found, missed = {}, {}
    for width in (360, 768, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 740})
        found[width] = set()
        for menu in page.locator(".menu > summary:visible").all():
            menu.click()
            entries = page.locator(".menu[open] a.menu-item").all()
            found[width] |= {entry.get_attribute("href") for entry in entries}
            missed[width, menu.inner_text()] = page.evaluate(OUT_OF_REACH)
            page.keyboard.press("Escape")
    assert {where: entries for where, entries in missed.items() if entries} == {}
    managed = {item.url for item in navigation_for(user, "/").manage}
    assert [width for width, urls in found.items() if not managed <= urls] == []


@pytest.mark.parametrize("role", [*Role, None])
def test_the_words_of_the_bar_below_the_thumb_are_whole(open_for, role):
    user = person(role) if role else UserFactory()
    bar = navigation_for(user, "/").bar
    cut = {}
    for item in bar:
        page = open_for(user, item.url, {"width": 320, "height": 640})
        cut[item.url] = page.evaluate(CUT_ON_THE_BAR)
    assert cut == {item.url: [] for item in bar}


@pytest.mark.parametrize("width", [320, 360, 1024, 1280])
def test_the_whole_name_of_the_office_stands_in_the_header(open_for, width):
    user = person(Role.REGIONAL_ADMIN)
    Office.objects.filter(pk=user.acting.office_id).update(name=LONG_NAME)

    page = open_for(user, size={"width": width, "height": 740})

    name = page.locator(".office-name:visible")
    assert name.inner_text() == LONG_NAME
    assert name.evaluate(
        "name => name.scrollWidth <= name.clientWidth"
        " && name.scrollHeight <= name.clientHeight"
    )


def test_nothing_shines_through_around_the_button_below_the_thumb(open_for):
    page = open_for(person(Role.UNIT_OPERATOR), "/styleguide/")

    below = page.evaluate(
        """() => {
          const button = document.querySelector('.page-actions > :first-child');
          const { top, bottom } = button.getBoundingClientRect();
          return [[2, top], [innerWidth - 2, top], [innerWidth / 2, bottom + 4]]
            .map(([x, y]) => document.elementFromPoint(x, y).className);
        }"""
    )

    assert below == ["page-actions"] * 3


# Keyboard


def test_the_first_stop_leads_past_the_header(open_page):
    page = open_page("/help/")

    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Langsung ke isi halaman"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_the_focus_can_be_seen_on_every_stop(open_page):
    page = open_page("/styleguide/", DESK)

    for _stop in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => { const found = getComputedStyle(document.activeElement);
                       return [found.outlineStyle, found.outlineWidth]; }"""
        )
        assert style == ["solid", "3px"]


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(open_page):
    page = open_page("/styleguide/?wrong=1")

    assert page.title().startswith("Kesalahan: ")
    assert page.locator(".error-summary:focus").count() == 1
    page.get_by_role("link", name="Mulai: ").click()
    assert page.evaluate("document.activeElement.name") == "starts_on"


def test_a_menu_closes_on_escape_and_gives_the_focus_back(open_page):
    page = open_page("/styleguide/", DESK)
    question = page.locator("summary", has_text="Akhiri perjanjian")

    question.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="Akhiri perjanjian?").is_visible()
    page.keyboard.press("Escape")

    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


# Without a script


def test_everything_is_there_without_a_script(open_page):
    page = open_page("/styleguide/?wrong=1", java_script_enabled=False)

    assert page.locator(".error-summary").is_visible()
    page.locator("summary", has_text="Saring dan cari").click()
    assert page.get_by_label("Cari", exact=True).is_visible()
    page.locator("summary", has_text="Akhiri perjanjian").click()
    assert page.get_by_role("heading", name="Akhiri perjanjian?").is_visible()
    assert page.locator("[data-theme-switch]").is_hidden()


def test_back_in_a_list_the_filters_show_what_is_found(open_for):
    page = open_for(person(Role.HEADQUARTERS), "/partners/", DESK)
    search = page.locator("[data-filters] [name=q]")
    for words in ("bazar", "pelatihan"):
        search.fill(words)
        page.wait_for_url(f"**q={words}**")

    page.go_back()

    page.wait_for_url("**q=bazar**")
    expect(search).to_have_value("bazar")


def test_filtering_works_without_a_script(open_page):
    page = open_page("/styleguide/", java_script_enabled=False)

    page.locator("summary", has_text="Saring dan cari").click()
    page.get_by_label("Provinsi", exact=True).select_option("53")
    page.get_by_role("button", name="Terapkan").click()

    assert "province=53" in page.url
    page.get_by_role("link", name="Hapus saringan Provinsi").click()
    assert "province" not in page.url


def test_the_form_is_sent_without_a_script(open_page):
    page = open_page("/styleguide/", java_script_enabled=False)

    page.evaluate("document.querySelector('form[data-draft]').noValidate = true")
    page.get_by_label("Nama organisasi").fill("Tunas")
    page.get_by_role("button", name="Simpan").click()

    assert page.title().startswith("Kesalahan: ")
    assert page.get_by_label("Nama organisasi").input_value() == "Tunas"


# What the script adds


def test_a_chosen_theme_stays(open_page):
    page = open_page("/help/", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.get_by_role("button", name="Gelap").click()
    page.reload()

    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.get_by_role("button", name="Otomatis").click()
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") is None


def type_a_draft(page):
    page.get_by_label("Kemandirian").check()
    page.get_by_label("Nama organisasi").fill("Yayasan Tunas")
    wait_until(lambda: "Yayasan Tunas" in page.evaluate("JSON.stringify(localStorage)"))


def test_what_was_typed_survives_closing_the_page(open_page, live_server):
    page = open_page("/styleguide/")
    type_a_draft(page)

    page.close()
    again = page.context.new_page()
    again.goto(live_server.url + "/styleguide/")
    again.get_by_role("button", name="Pulihkan isian").click()

    assert again.get_by_label("Nama organisasi").input_value() == "Yayasan Tunas"
    assert again.get_by_label("Kemandirian").is_checked()


def test_answers_to_a_question_of_before_are_not_offered_again(open_page, live_server):
    page = open_page("/styleguide/")
    type_a_draft(page)

    def refuse_as_stale(route):
        answer = route.fetch()
        marked = answer.text().replace(
            "data-error-summary", "data-error-summary data-stale", 1
        )
        route.fulfill(response=answer, body=marked)

    page.route("**/styleguide/", refuse_as_stale)
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_selector(".error-summary:focus")
    page.unroute("**/styleguide/")
    page.goto(live_server.url + "/help/")
    page.goto(live_server.url + "/styleguide/")

    assert page.get_by_role("button", name="Pulihkan isian").count() == 0


def test_a_refused_form_keeps_its_draft_when_one_goes_elsewhere(open_page, live_server):
    page = open_page("/styleguide/")
    type_a_draft(page)

    page.get_by_role("button", name="Simpan").click()
    page.wait_for_selector(".error-summary:focus")
    page.goto(live_server.url + "/help/")
    page.goto(live_server.url + "/styleguide/")

    assert page.get_by_role("button", name="Pulihkan isian").is_visible()


def test_looking_for_records_within_a_form_offers_nothing_to_restore(open_page):
    page = open_page("/styleguide/")
    type_a_draft(page)
    page.evaluate(
        """() => { const button = document.createElement('button');
                   button.name = 'choose';
                   button.textContent = 'Cari nama';
                   document.querySelector('form[data-draft]').append(button); }"""
    )

    # What was typed comes back, and beside it other records than before.
    page.route(
        "**/styleguide/",
        lambda route: route.fulfill(response=route.fetch(method="GET")),
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Cari nama").click()

    assert page.get_by_role("button", name="Pulihkan isian").count() == 0


def test_a_form_that_arrived_leaves_no_draft(open_page, live_server):
    page = open_page("/styleguide/")
    type_a_draft(page)

    # As after a service's redirect: the next page is another one.
    page.route("**/styleguide/", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="Simpan").click()
    page.goto(live_server.url + "/help/")

    assert page.evaluate("localStorage.length") == 0


def test_passwords_and_files_are_never_in_a_draft(open_page):
    page = open_page("/styleguide/")
    page.evaluate(
        """() => { const field = document.createElement('input');
                   field.type = 'password'; field.name = 'secret';
                   document.querySelector('form[data-draft]').append(field);
                   field.value = 'rahasia'; }"""
    )

    type_a_draft(page)

    assert "rahasia" not in page.evaluate("JSON.stringify(localStorage)")


SURAT = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"x" * 3000}
# Both presses before the page can do anything else, as those of a double click.
PRESS_TWICE = "button => { button.click(); button.click(); }"


@pytest.mark.parametrize("files", [[], [SURAT]], ids=["words alone", "with a file"])
def test_pressing_twice_sends_once(open_page, files):
    page = open_page("/styleguide/")
    page.set_input_files("[name=letter]", files)
    posts = []
    page.on("request", lambda sent: posts.append(sent) if sent.method == "POST" else 0)

    page.get_by_role("button", name="Simpan").evaluate(PRESS_TWICE)
    page.wait_for_selector(".error-summary:focus")

    assert len(posts) == 1
    assert page.title().startswith("Kesalahan: ")


def test_a_form_pressed_while_its_photo_is_made_small_is_sent_afterwards(open_page):
    page = open_page("/styleguide/")
    posts = []
    page.on("request", lambda sent: posts.append(sent) if sent.method == "POST" else 0)

    page.evaluate(
        """() => {
          const file = document.querySelector('[name=letter]');
          file.dataset.photo = '1600';
          file.dispatchEvent(new Event('change'));
          file.form.querySelector('button:not([type=button])').click();
        }"""
    )
    page.wait_for_selector(".error-summary")

    assert len(posts) == 1


def test_a_large_photo_is_made_small_before_it_is_sent(open_page):
    content = BytesIO()
    Image.effect_noise((3000, 2000), 80).convert("RGB").save(content, "JPEG")
    page = open_page("/styleguide/")
    page.evaluate("document.querySelector('[name=letter]').dataset.photo = '1600'")

    page.set_input_files(
        "[name=letter]",
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()},
    )
    page.get_by_text("diperkecil dari").wait_for()

    size = page.evaluate("document.querySelector('[name=letter]').files[0].size")
    assert size < len(content.getvalue())


def test_a_file_is_named_before_it_is_sent_and_can_be_taken_out(open_page):
    page = open_page("/styleguide/")

    page.set_input_files("[name=letter]", SURAT)
    assert page.get_by_text("surat.pdf (3 KB)").is_visible()
    page.get_by_role("button", name="Batalkan berkas").click()

    assert page.evaluate("document.querySelector('[name=letter]').files.length") == 0


def test_a_form_with_a_file_shows_its_errors_on_the_same_page(open_page):
    page = open_page("/styleguide/")

    page.set_input_files("[name=letter]", SURAT)
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_selector(".error-summary:focus")

    assert page.title().startswith("Kesalahan: ")
    assert page.complaints == []


def test_one_goes_back_from_where_a_file_led(open_page):
    page = open_page("/styleguide/")
    page.set_input_files("[name=letter]", SURAT)
    page.evaluate(
        "document.querySelector('[name=letter]').form"
        ".setAttribute('action', '/styleguide/?wrong=1')"
    )
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_selector(".error-summary:focus")

    page.go_back()

    expect(page.locator(".error-summary")).to_have_count(0)
    assert page.url.endswith("/styleguide/")


def test_without_a_network_nothing_is_lost_and_it_is_said(open_page):
    page = open_page("/styleguide/")
    type_a_draft(page)

    page.context.set_offline(True)
    page.get_by_role("button", name="Simpan").click()

    assert page.get_by_text("Tidak ada jaringan.").is_visible()
    assert page.get_by_label("Nama organisasi").input_value() == "Yayasan Tunas"


def test_the_calendar_writes_the_day_in_the_order_of_the_country(open_page):
    page = open_page("/styleguide/")

    page.evaluate(
        """() => { const box = document.querySelector('.date-picker');
                   const native = box.querySelector('[type=date]');
                   native.value = '2026-05-25';
                   native.dispatchEvent(new Event('change')); }"""
    )

    assert page.get_by_label("Mulai").input_value() == "25-05-2026"


def test_paper_shows_the_record_without_the_portal_around_it(open_page):
    page = open_page("/styleguide/", DESK, color_scheme="dark")

    page.emulate_media(media="print")

    assert page.locator(".site-footer").is_hidden()
    assert page.locator(".buttons").first.is_hidden()
    assert page.locator("dl.summary").first.is_visible()
    colour = page.evaluate("getComputedStyle(document.body).color")
    assert colour == "rgb(0, 0, 0)"
