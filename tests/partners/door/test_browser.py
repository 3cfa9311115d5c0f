"""From the counter to an account of one's own, in a real browser."""

import re

import pytest
from django.conf import settings
from django.core import mail

from pokmas.accounts.roles import Role
from tests.factories import PASSWORD, PartnershipFactory, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def screen(browser, live_server):
    contexts = []

    def open_one(size, cookies=()):
        context = browser.new_context(base_url=live_server.url, viewport=size)
        context.add_cookies([*cookies])
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def test_a_slip_becomes_an_account(screen, live_server, sign_in, client):
    partnership = PartnershipFactory(status="submitted", name="Kelompok Tenun Uji")
    operator = person(Role.UNIT_OPERATOR, partnership.office)
    name = settings.SESSION_COOKIE_NAME
    cookie = sign_in(operator).cookies[name].value
    desk = screen(DESK, [{"name": name, "value": cookie, "url": live_server.url}])
    desk.goto(partnership.get_absolute_url())
    desk.get_by_text("Tindakan lain").click()
    desk.get_by_role("link", name="Cetak slip kode akun").click()
    desk.get_by_role("button", name="Buat kode").click()
    code = desk.locator("main .panel strong").first.inner_text()

    phone = screen(PHONE)
    phone.goto("/")
    phone.get_by_role("link", name="Saya punya kode dari petugas").click()
    phone.locator("main").get_by_role("link", name="Buat akun").click()
    phone.fill("[name=full_name]", "Maria Umpama")
    phone.fill("main [name=email]", "maria@contoh.test")
    phone.fill("[name=password1]", PASSWORD)
    phone.check("[name=consent]")
    phone.locator("main").get_by_role("button", name="Buat akun").click()
    phone.wait_for_load_state()
    link = re.search(r"https?://\S+confirm-email\S+", mail.outbox[-1].body)[0]
    phone.goto(re.sub(r"^https?://[^/]+", "", link))
    phone.get_by_role("button", name="Ya, ini surel saya").click()
    phone.fill("[name=code]", code.lower().replace("-", " "))
    phone.get_by_role("button", name="Ambil alih akun").click()
    phone.get_by_text("Anda kini bertindak untuk Kelompok Tenun Uji").wait_for()

    acting = partnership.partner.representatives.current().get()
    assert acting.user.email == "maria@contoh.test"
    desk.goto(partnership.get_absolute_url())
    assert "Akun diambil alih" in desk.locator("main").inner_text()
