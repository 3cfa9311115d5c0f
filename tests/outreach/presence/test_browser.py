"""The day of an activity, in a real browser on a phone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from outreach.presence import codes
from pokmas.accounts.roles import Role
from tests.factories import ActivityFactory, person, volunteer_of
from tests.pokmas.documents.corpus import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_people_come_are_scanned_and_only_sheet_a_is_kept(
    browser, live_server, sign_in, settings
):
    settings.BASE_URL = live_server.url
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    helper = volunteer_of(office).volunteers.get()
    now = timezone.now()
    activity = ActivityFactory(
        office=office, starts_at=now - timedelta(minutes=2), ends_at=now
    )
    context = browser.new_context(
        base_url=live_server.url, locale="id-ID", viewport={"width": 360, "height": 740}
    )
    value = sign_in(operator).cookies["session"].value
    context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{activity.get_absolute_url()}?tab=presence")
    page.get_by_role("link", name="Daftarkan peserta").click()
    page.get_by_label(operator.full_name).check()
    page.get_by_label(helper.name).check()
    page.get_by_role("button", name="Daftarkan").click()
    expect(page.get_by_text("2 orang terdaftar.")).to_be_visible()

    code = codes.of_person(activity.participants.get(volunteer=helper))
    page.get_by_role("link", name="Pindai kode").click()
    field = page.get_by_label("Kode atau tautannya")
    field.fill(code)
    page.get_by_role("button", name="Catat").click()
    expect(page.get_by_text(f"{helper.name} hadir, tercatat")).to_be_visible()
    field.fill(code)
    page.get_by_role("button", name="Catat").click()
    expect(page.get_by_text(f"{helper.name} sudah tercatat")).to_be_visible()
    expect(page.get_by_text("Sudah dipindai: 1 dari 2 terdaftar")).to_be_visible()

    # What a phone's own camera opens.
    page.goto(code)
    expect(page.get_by_text("Sudah tercatat hadir")).to_be_visible()

    page.goto(reverse("outreach:attendance", args=[activity.pk]))
    page.get_by_label("Semua yang belum dipilih").select_option(label="Izin")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Kehadiran 1 orang tercatat.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.goto(reverse("outreach:report", args=[activity.pk]))
    page.locator("[name='output']").fill("Peserta memahami haknya.")
    page.locator("[name='declared']").check()
    sheet = {"name": "lembar.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.locator("[name='attendance']").set_input_files(sheet)
    page.get_by_label("Lembar B: penerima manfaat").check()
    page.get_by_role("button", name="Kirim laporan").click()
    refused = page.get_by_text("portal tidak memegang nama penerima manfaat")
    expect(refused.first).to_be_visible()

    page.locator("[name='attendance']").set_input_files(sheet)
    page.get_by_label("Lembar A: petugas").check()
    page.get_by_label("Daftar penerima manfaat disimpan di").fill("Lemari arsip")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Laporan terkirim.")).to_be_visible()
    assert activity.evidence.get().kind == "attendance"
    context.close()
