"""A plan that was not sent, and one that is sent again, on a device."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from outreach.models import Activity, News
from pokmas.accounts.roles import Role
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AgreementFactory,
    CommunityGroupFactory,
    PartnerFactory,
    person,
)
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def page(browser, live_server, sign_in, operator):
    context = browser.new_context(base_url=live_server.url, locale="id-ID")
    value = sign_in(operator).cookies["session"].value
    context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_what_depends_on_other_fields_is_restored_too(page, operator):
    office = operator.acting.office
    agreement = AgreementFactory(
        office=office, status="signed", ends_on=date(2099, 1, 1)
    )
    AgreementFactory(
        office=office,
        partner=agreement.partner,
        status="signed",
        ends_on=date(2099, 1, 1),
    )
    group = CommunityGroupFactory(office=office, status="active")
    page.goto(reverse("outreach:create"))
    chosen = {
        "partners": agreement.partner_id,
        "group": group.pk,
        "agreement": agreement.pk,
    }
    for name, pk in chosen.items():
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.locator(f"[name='{name}'][value='{pk}']").check()
    kept = f'"agreement":["{agreement.pk}"]'
    wait_until(lambda: kept in page.evaluate("Object.values(localStorage).join()"))

    page.goto(reverse("help"))
    page.goto(reverse("outreach:create"))
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Pulihkan isian").click()

    for name, pk in chosen.items():
        expect(page.locator(f"[name='{name}'][value='{pk}']")).to_be_checked()


def test_the_only_agreement_in_force_is_chosen_at_once(page, operator):
    agreement = AgreementFactory(
        office=operator.acting.office, status="signed", ends_on=date(2099, 1, 1)
    )
    page.goto(reverse("outreach:create"))
    partner = page.locator(f"[name='partners'][value='{agreement.partner_id}']")
    partner.check()

    expect(page.locator(f"[name='agreement'][value='{agreement.pk}']")).to_be_checked()
    expect(page.get_by_text("Dipilihkan: hanya ini")).to_be_visible()

    # On a day before it there is none, and that is said as soon as the day is typed.
    page.locator("[name='starts_at_0']").fill("1-1-2020")
    page.locator("[name='starts_at_1']").fill("9")
    page.locator("[name='title']").focus()
    expect(page.get_by_text("Tidak ada kerja sama yang berlaku")).to_be_visible()
    expect(page.locator("[name='agreement']")).to_have_count(0)
    expect(partner).to_be_checked()


def test_a_form_that_back_shows_again_makes_nothing_twice(page, operator):
    office = operator.acting.office
    PartnerFactory(office=office, status="active")
    kind = ActivityTypeFactory()
    day = f"{timezone.localdate() + timedelta(days=7):%d-%m-%Y}"

    def fill():
        page.locator("[name='type']").select_option(str(kind.pk))
        for name, value in {
            "title": "Penyuluhan",
            "starts_at_0": day,
            "starts_at_1": "09.00",
            "ends_at_0": day,
            "ends_at_1": "11.00",
            "place": "Aula",
        }.items():
            page.locator(f"[name='{name}']").fill(value)
        page.locator("[name='partners']").first.check()
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name="Simpan", exact=True).click()

    page.goto(reverse("outreach:create"))
    fill()
    page.get_by_text("Rencana kegiatan tersimpan.").wait_for()
    page.go_back()
    page.wait_for_load_state("networkidle")
    fill()

    page.get_by_text("Rencana kegiatan tersimpan.").wait_for()
    assert page.url.endswith(Activity.objects.get().get_absolute_url())


def test_a_letter_that_back_shows_again_is_not_told_twice(page, operator):
    activity = ActivityFactory(office=operator.acting.office)

    def fill():
        page.locator("[name='subject']").fill("Perihal")
        page.locator("[name='text']").fill("Mohon hadir.")
        page.get_by_role("button", name="Sampaikan").click()

    page.goto(reverse("outreach:write", args=[activity.pk]))
    fill()
    page.get_by_text("Pesan disampaikan.").wait_for()
    page.go_back()
    page.wait_for_load_state("networkidle")
    fill()

    expect(
        page.get_by_text("Data ini berubah sejak Anda membukanya.").first
    ).to_be_visible()
    assert News.objects.count() == 1
