"""An old list from the file to the portal and back, with a real worker."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from partners.models import Partnership
from tests.pokmas.imports.workbooks import HEAD, messy, xlsx
from tests.pokmas.jobs.processes import WORKER, environment, running
from tests.waiting import PATIENCE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
]
LIST = {
    "name": "mitra.xlsx",
    "mimeType": "application/octet-stream",
    "buffer": xlsx([["No", "Sebutan", *HEAD[2:]], *messy(20)[5:]]),
}


@pytest.fixture
def worker(tmp_path, settings):
    more = {"POKMAS_MEDIA_ROOT": settings.MEDIA_ROOT}
    env = environment(connection.settings_dict["NAME"], **more)
    with (
        (tmp_path / "worker.log").open("wb") as log,
        running(*WORKER, "--queues=default", env=env, log=log),
    ):
        yield


def violations(page, shown) -> list:
    """What axe finds on the page that shows this.

    A link that was followed answers before its page has a single element.
    """
    expect(shown).to_be_visible()
    page.wait_for_load_state()
    return Axe().run(page).response["violations"]


def test_a_list_comes_in_and_goes_again(
    browser, live_server, sign_in, operator, worker
):
    expect.set_options(timeout=PATIENCE * 1000)
    cookie = sign_in(operator).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, locale="id-ID")
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": cookie,
                "url": live_server.url,
            }
        ]
    )
    page = context.new_page()
    main = page.locator("main")

    page.goto("/partners/")
    main.get_by_role("link", name="Masukkan daftar lama").click()
    page.locator("input[type=file]").set_input_files(LIST)
    main.get_by_role("button", name="Unggah dan periksa").click()
    main.get_by_role("link", name="Cocokkan kolom").click()
    assert violations(page, page.get_by_label("Sebutan")) == []
    page.get_by_label("Sebutan").select_option("name")
    main.get_by_role("button", name="Baca daftar").click()
    assert violations(page, main.get_by_role("link", name="Baru (19)")) == []
    main.get_by_role("link", name="Salah (1)").click()
    expect(main.get_by_text("tidak ada dalam daftar jenis mitra")).to_be_visible()
    main.locator("summary", has_text="Masukkan baris baru").click()
    page.locator("dialog[open], details[open]").get_by_role(
        "button", name="Masukkan baris baru"
    ).click()
    expect(main.get_by_role("link", name="Masuk (19)")).to_be_visible()
    came = Partnership.objects.count()
    main.locator("summary", has_text="Tindakan lain").click()
    main.locator("summary", has_text="Batalkan pemasukan").click()
    page.locator("dialog[open], details[open]").get_by_role(
        "button", name="Batalkan pemasukan"
    ).last.click()
    expect(main.get_by_role("link", name="Dihapus kembali (19)")).to_be_visible()

    assert (came, Partnership.objects.count()) == (19, 0)
    context.close()
