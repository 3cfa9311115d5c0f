"""Passkeys, codes and the kept form in a real browser."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from pokmas.accounts import invitations
from pokmas.accounts.middleware import SEEN_AT
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import Role
from pokmas.accounts.services import people
from tests.factories import PASSWORD, UnitFactory, person
from tests.pokmas.accounts.test_sign_in import SECRET, code_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def operator():
    user = person(Role.UNIT_OPERATOR)
    EmailAddress.objects.create(
        user=user, email=user.email, primary=True, verified=True
    )
    return user


@pytest.fixture
def page(browser, live_server):
    """A phone; what its browser complains about is in `page.complaints`."""
    context = browser.new_context(
        base_url=live_server.url, locale="id-ID", viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            message.type == "error" and page.complaints.append(message.text)
        ),
    )
    yield page
    context.close()


def with_passkeys(page):
    """A device that keeps passkeys and always recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def enter(page, user):
    page.goto(reverse("account_login"))
    page.get_by_label("Alamat surel").fill(user.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def leave(page):
    page.goto(reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Keluar").click()


def serious(page):
    violations = Axe().run(page).response["violations"]
    return [v["id"] for v in violations if v["impact"] in ("serious", "critical")]


def test_a_passkey_is_made_and_opens_the_door_without_a_password(page, operator):
    with_passkeys(page)
    enter(page, operator)
    page.get_by_role("link", name="Kunci sandi").click()
    page.get_by_label("Nama kunci sandi").fill("Ponsel saya")
    page.get_by_label("Masuk cukup dengan kunci sandi ini").check()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.get_by_role("heading", name="Kode pemulihan").wait_for()
    page.get_by_role("link", name="Sudah saya simpan").click()
    expect(page.locator("body.signed-in")).to_be_visible()
    assert Authenticator.objects.filter(user=operator, type="webauthn").count() == 1

    leave(page)
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.locator("body.signed-in").wait_for()
    page.goto(reverse("accounts:me"))

    expect(page.get_by_role("heading", name="Akun saya")).to_be_visible()
    assert page.complaints == []


def test_a_passkey_is_the_second_step_after_the_password(page, operator):
    with_passkeys(page)
    enter(page, operator)
    page.get_by_role("link", name="Kunci sandi").click()
    page.get_by_label("Masuk cukup dengan kunci sandi ini").uncheck()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.get_by_role("heading", name="Kode pemulihan").wait_for()
    leave(page)

    enter(page, operator)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.locator("body.signed-in").wait_for()
    page.goto(reverse("accounts:me"))

    expect(page.get_by_role("heading", name="Akun saya")).to_be_visible()
    assert page.complaints == []


def test_a_passkey_that_is_not_there_is_explained(page, operator):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "u2f", "transport": "usb"}},
    )
    page.goto(reverse("account_login"))

    page.get_by_role("button", name="Masuk dengan kunci sandi").click()

    expect(page.get_by_text("Kunci sandi tidak dapat dipakai")).to_be_visible()


def test_an_application_is_set_up_with_the_key_on_the_page(page, operator):
    enter(page, operator)
    assert serious(page) == []
    page.get_by_role("link", name="Aplikasi autentikator di ponsel").click()
    expect(page.get_by_role("img", name="Gambar QR")).to_be_visible()
    assert serious(page) == []
    page.get_by_label("Kode enam angka").fill("000000")
    page.get_by_role("button", name="Pasang").click()
    expect(page.locator(".error-summary")).to_be_visible()

    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Kode enam angka").fill(code_now(secret))
    page.get_by_role("button", name="Pasang").click()

    expect(page.get_by_text("Kode ini hanya ditampilkan sekali.")).to_be_visible()
    assert serious(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh sebagai berkas").click()
    assert download.value.suggested_filename == "kode-pemulihan-pokmas.txt"
    assert page.complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_a_form_sent_after_the_session_ended_is_not_lost(
    browser, live_server, operator, script
):
    TOTP.activate(operator, SECRET)
    context = browser.new_context(
        base_url=live_server.url, locale="id-ID", java_script_enabled=script
    )
    page = context.new_page()
    enter(page, operator)
    page.get_by_label("Kode dari aplikasi").fill(code_now())
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.goto(reverse("accounts:edit"))
    page.get_by_label("Nama lengkap").fill("Agustinus Nahak")
    expire(context)

    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Isian Anda aman.")).to_be_visible()
    cache.clear()  # a code is taken once; this stands for waiting for the next
    page.get_by_label("Alamat surel").fill(operator.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_label("Kode dari aplikasi").fill(code_now())
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("button", name="Kirim sekarang").click()

    expect(page.get_by_text("Profil disimpan.")).to_be_visible()
    assert User.objects.get(pk=operator.pk).full_name == "Agustinus Nahak"
    context.close()


def expire(context):
    [key] = [c["value"] for c in context.cookies() if c["name"] == "session"]
    session = SessionStore(key)
    session[SEEN_AT] = int(time.time()) - settings.SESSION_IDLE_SECONDS - 5
    session.save()


def test_an_invitation_that_was_lost_is_sent_again_and_opens_the_door(
    page, sign_in, live_server
):
    unit = UnitFactory()
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    term = Assignment(office=unit, role=Role.UNIT_OPERATOR, starts_on=unit.today)
    term.decree_number = "W.17-KP.03-100"
    dewi = people.invite(term, email="dewi@contoh.test", full_name="Dewi", by=admin)
    lost = invitations.link_for(dewi)
    value = sign_in(admin).cookies["session"].value
    page.context.add_cookies(
        [{"name": "session", "value": value, "url": live_server.url}]
    )
    page.goto(dewi.get_absolute_url())

    page.get_by_role("button", name="Kirim undangan lagi").click()

    expect(page.get_by_text("Undangan dikirim ke dewi@contoh.test")).to_be_visible()
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    page.context.clear_cookies()
    page.goto(urlsplit(lost).path)
    expect(page.get_by_text("Undangan ini tidak berlaku lagi")).to_be_visible()
    page.goto(link)
    page.get_by_label("Kata sandi").fill("kata sandi dari dewa")
    page.get_by_role("button", name="Buat kata sandi dan masuk").click()
    expect(page.get_by_text("amankan akun Anda").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_pages_of_the_entrance_are_clean_and_fit(page, width):
    page.set_viewport_size({"width": width, "height": 740})
    found = {}
    for name in ("account_login", "account_signup", "account_reset_password"):
        page.goto(reverse(name))
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[name] = (serious(page), wide <= width)

    assert found == dict.fromkeys(found, ([], True))
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_accounts_are_clean_and_fit(page, sign_in, live_server, width):
    admin = person(Role.HEADQUARTERS)
    client = sign_in(admin)
    page.context.add_cookies(
        [
            {
                "name": "session",
                "value": client.cookies["session"].value,
                "url": live_server.url,
            }
        ]
    )
    page.set_viewport_size({"width": width, "height": 740})
    found = {}
    for path in (
        reverse("accounts:me"),
        reverse("accounts:index"),
        reverse("accounts:detail", args=[admin.pk]),
        reverse("accounts:invite"),
        reverse("accounts:roles"),
        reverse("accounts:change_role", args=["partners.approve_partner"]),
        reverse("accounts:request_index"),
        reverse("mfa_index"),
        reverse("usersessions_list"),
    ):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[path] = (serious(page), wide <= width)

    assert found == dict.fromkeys(found, ([], True))
    assert page.complaints == []
