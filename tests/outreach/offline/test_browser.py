"""Reports written without network, in a browser that is closed and opened again."""

import io
import os
import time
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from agreements.models import Agreement
from outreach.models import Activity, Evidence, OfflineEntry
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.words import dates
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AgreementFactory,
    PartnerFactory,
    person,
)
from tests.outreach.offline.breaking import Line
from tests.waiting import PATIENCE, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# POKMAS_BREAKS=50 breaks the line as often as was promised.
BREAKS = int(os.environ.get("POKMAS_BREAKS", "4"))
PAGE = reverse("outreach:offline")


def photo(number: int) -> dict:
    """As large as a telephone takes it, and no two alike."""
    buffer = io.BytesIO()
    noise = Image.effect_noise((2400, 1800), 40 + number)
    noise.convert("RGB").save(buffer, "JPEG", quality=92)
    content = buffer.getvalue()
    return {"name": f"foto-{number}.jpg", "mimeType": "image/jpeg", "buffer": content}


@pytest.fixture
def telephone(playwright, browser_type_launch_args, tmp_path, live_server):
    """A function that opens the browser of one telephone, which keeps what it knows."""
    line = Line(live_server.thread.port, breaks=0)
    opened = []

    def _open(**options):
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "telephone",
            **browser_type_launch_args,
            viewport={"width": 360, "height": 740},
            locale="id-ID",
            base_url=line.base,
            **options,
        )
        context.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        opened.append(context)
        return context

    _open.line = line
    yield _open
    for context in opened:
        context.close()
    line.close()


def signed_in(context, base, client):
    value = client.cookies["session"].value
    expires = time.time() + 86_400
    context.add_cookies(
        [{"name": "session", "value": value, "url": base, "expires": expires}]
    )


def kept(page):
    wait_until(lambda: page.evaluate("localStorage.getItem('away')"))


def write(page, number: int):
    page.get_by_role("button", name="Tulis laporan").first.click()
    page.locator("[name='count_adult_client_male']").fill("12")
    page.locator("[name='output']").fill(f"Hasil {number}")
    page.locator("[name='photos']").set_input_files(photo(number))
    page.locator("[name='declared']").check()
    page.get_by_role("button", name="Simpan di perangkat").click()
    expect(page.locator("[data-away-entry]")).to_have_count(number + 1)


def test_three_reports_survive_a_closed_browser_and_a_line_that_breaks(
    telephone, sign_in
):
    operator = person(Role.UNIT_OPERATOR)
    held = timezone.now() - timedelta(days=1)
    for _ in range(3):
        ActivityFactory(office=operator.acting.office, starts_at=held)
    line = telephone.line
    context = telephone()
    signed_in(context, line.base, sign_in(operator))
    page = context.pages[0]
    page.goto(PAGE)
    kept(page)

    context.set_offline(True)
    page.goto(reverse("outreach:index"))
    assert page.url.endswith(PAGE)
    for number in range(3):
        write(page, number)
    context.close()

    line.breaks = BREAKS
    context = telephone()
    page = context.pages[0]
    page.goto(PAGE)
    send = page.get_by_role("button", name="Kirim sekarang")

    def are_sent():
        # By script: the button may go while a mouse is on its way.
        page.evaluate("document.querySelector('[data-away-send]').click()")
        page.wait_for_timeout(300)
        return OfflineEntry.objects.count() == 3 and not send.is_visible()

    wait_until(are_sent, seconds=PATIENCE + 5 * BREAKS)

    assert line.broken == BREAKS
    assert Activity.objects.filter(status=Activity.Status.REPORTED).count() == 3
    assert {row.output for row in Activity.objects.all()} == {
        "Hasil 0",
        "Hasil 1",
        "Hasil 2",
    }
    assert Evidence.objects.count() == 3
    assert all(max(row.width, row.height) <= 1600 for row in Document.objects.all())


def test_what_waits_is_its_owners_and_goes_with_him(telephone, sign_in):
    operator = person(Role.UNIT_OPERATOR)
    colleague = person(Role.UNIT_OPERATOR, operator.acting.office)
    activity = ActivityFactory(
        office=operator.acting.office, starts_at=timezone.now() - timedelta(days=1)
    )
    base = telephone.line.base
    context = telephone()
    signed_in(context, base, sign_in(operator))
    page = context.pages[0]
    page.goto(PAGE)
    kept(page)
    context.set_offline(True)
    page.goto(PAGE)
    write(page, 0)

    # Another person signs in on the same telephone.
    context.set_offline(False)
    context.clear_cookies()
    signed_in(context, base, sign_in(colleague))
    page.goto(reverse("outreach:index"))
    wait_until(lambda: page.evaluate("caches.keys()") == [f"offline-{colleague.pk}"])
    page.goto(PAGE)
    expect(page.get_by_text("1 laporan milik orang lain")).to_be_visible()
    expect(page.locator("[data-away-entry]")).to_have_count(0)
    assert not OfflineEntry.objects.exists()

    # Meanwhile he changes the plan; its owner chooses, and then it goes.
    Activity.objects.filter(pk=activity.pk).update(place="Aula Baru", revision=1)
    context.clear_cookies()
    signed_in(context, base, sign_in(operator))
    page.goto(PAGE)
    entry = page.locator("[data-away-entry]")
    expect(entry.get_by_role("cell", name="Aula Baru")).to_be_visible()

    # Signing out asks first, for it would be lost.
    page.locator("header .menu summary").last.click()
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect(
        page.get_by_text("1 laporan di perangkat ini belum terkirim")
    ).to_be_visible()
    page.get_by_role("button", name="Batal").click()
    entry.get_by_role("button", name="Kirim isian saya").click()
    expect(page.get_by_text("Terkirim: 1 laporan.")).to_be_visible()
    assert OfflineEntry.objects.get().user == operator

    page.locator("header .menu summary").last.click()
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.wait_for_url("**/")
    wait_until(lambda: page.evaluate("caches.keys()") == [])
    context.set_offline(True)
    page.goto(PAGE)
    expect(page.get_by_role("heading", name="Tidak ada jaringan")).to_be_visible()


def test_what_is_not_saved_yet_is_offered_again_after_the_page_was_closed(
    telephone, sign_in
):
    operator = person(Role.UNIT_OPERATOR)
    ActivityFactory(
        office=operator.acting.office, starts_at=timezone.now() - timedelta(days=1)
    )
    context = telephone()
    signed_in(context, telephone.line.base, sign_in(operator))
    page = context.pages[0]
    page.goto(PAGE)
    kept(page)
    context.set_offline(True)
    page.goto(PAGE)
    page.get_by_role("button", name="Tulis laporan").click()
    page.locator("[name='count_adult_client_male']").fill("12")
    page.locator("[name='output']").fill("Hasil yang belum disimpan")
    page.locator("[name='declared']").check()
    wait_until(
        lambda: "belum disimpan" in page.evaluate("JSON.stringify(localStorage)")
    )

    page.close()
    page = context.new_page()
    page.goto(PAGE)
    page.get_by_role("button", name="Tulis laporan").click()
    page.get_by_role("button", name="Pulihkan isian").click()

    output = page.locator("[name='output']")
    expect(output).to_have_value("Hasil yang belum disimpan")
    expect(page.locator("[data-away-sum]")).to_have_text("12")
    # Its photos were not kept, and what is said of them is said anew.
    expect(page.locator("[name='declared']")).not_to_be_checked()


def test_a_photo_that_was_replaced_is_not_asked_about_again(telephone, sign_in):
    operator = person(Role.UNIT_OPERATOR)
    office, held = operator.acting.office, timezone.now() - timedelta(days=1)
    activities = [ActivityFactory(office=office, starts_at=held) for _ in range(2)]
    context = telephone()
    signed_in(context, telephone.line.base, sign_in(operator))
    page = context.pages[0]
    page.goto(PAGE)
    kept(page)
    same = photo(0)
    for number, output in enumerate(("Hasil satu", "Lain sekali")):
        page.get_by_role("button", name="Tulis laporan").first.click()
        page.locator("[name='count_adult_client_male']").fill("12")
        page.locator("[name='output']").fill(output)
        page.locator("[name='photos']").set_input_files(same)
        page.locator("[name='declared']").check()
        page.get_by_role("button", name="Simpan di perangkat").click()
        wait_until(lambda number=number: Document.objects.count() > number)
        page.get_by_text("Terkirim: 1 laporan.").or_(
            page.get_by_text("Perlu diperbaiki")
        ).wait_for()
        page.goto(PAGE)

    entry = page.locator("[data-away-entry]")
    entry.get_by_text("Foto yang sama dipakai juga pada").wait_for()
    entry.get_by_role("button", name="Ubah").click()
    assert page.locator("[name='answer_photo']").count() == 1
    page.get_by_role("button", name="Hapus foto").click()
    assert page.locator("[name='answer_photo']").count() == 0
    page.locator("[name='photos']").set_input_files(photo(1))
    page.get_by_role("button", name="Simpan di perangkat").click()

    reported = Activity.objects.filter(status=Activity.Status.REPORTED)
    wait_until(lambda: reported.count() == len(activities))


def fill(page, values: dict[str, str]):
    for name, typed in values.items():
        page.locator(f"[name='{name}']").fill(typed)


def said_beside(page, name: str):
    place = "xpath=ancestor::*[self::td or contains(@class, 'field')][1]"
    return page.locator(f"[name='{name}']").locator(place).locator(".errorlist")


def test_what_is_wrong_is_said_on_the_device_and_not_sent_until_it_is_right(
    telephone, sign_in
):
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    partner = PartnerFactory(office=office, status="active", name="LBH Surya")
    kind = ActivityTypeFactory()
    agreement = AgreementFactory(
        office=office, partner=partner, status="signed", ends_on=date(2099, 1, 1)
    )
    context = telephone()
    signed_in(context, telephone.line.base, sign_in(operator))
    page = context.pages[0]
    page.goto(PAGE)
    kept(page)
    context.set_offline(True)
    page.goto(PAGE)
    page.get_by_role("button", name="Catat kegiatan").click()
    yesterday = dates.date_short(timezone.localdate() - timedelta(days=1))
    fill(page, {"title": "Penyuluhan di dusun", "place": "Balai Dusun"})
    fill(page, {"starts_at_0": yesterday, "starts_at_1": "25.99"})
    fill(page, {"ends_at_0": yesterday, "ends_at_1": "08.00"})
    for name, typed, words in (
        ("count_adult_client_male", "-4", "Isi dengan 0 atau lebih."),
        ("count_adult_client_female", "2,5", "Isi dengan bilangan bulat"),
        ("count_child_male", "abc", "“abc” bukan angka yang dikenali."),
    ):
        fill(page, {name: typed})
        page.locator("[name='output']").focus()
        expect(said_beside(page, name)).to_contain_text(words)
    expect(said_beside(page, "starts_at_0")).to_contain_text("“25.99” bukan jam")
    fill(page, {"starts_at_1": "09.00"})
    expect(said_beside(page, "starts_at_0")).to_have_count(0)

    save = page.get_by_role("button", name="Simpan di perangkat")
    save.click()

    told = page.locator(".error-summary")
    expect(told).to_be_focused()
    expect(told).to_contain_text("draf tidak dikirim sampai diperbaiki")
    lines = told.get_by_role("listitem")
    expect(lines.filter(has_text="Jenis kegiatan: Wajib diisi")).to_have_count(1)
    expect(lines.filter(has_text="sebelum waktu mulai")).to_have_count(1)
    expect(lines.filter(has_text="Klien dewasa, Laki-laki: Isi")).to_have_count(1)
    expect(lines.filter(has_text="Lampirkan sedikitnya satu foto")).to_have_count(1)
    expect(lines.filter(has_text="Setujui pernyataan ini")).to_have_count(1)
    expect(page.locator("[name='title']")).to_have_value("Penyuluhan di dusun")

    # With a network it still waits, also after the page was closed.
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(PAGE)
    expect(page.locator("[data-away-said]")).to_contain_text("Tersambung.")
    entry = page.locator("[data-away-entry]")
    expect(entry).to_have_count(1)
    expect(entry.get_by_text("Draf: belum dikirim")).to_be_visible()
    expect(entry.get_by_role("button", name="kirim lagi")).to_be_hidden()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(entry).to_have_count(1)
    assert not OfflineEntry.objects.exists()

    entry.get_by_role("button", name="Ubah").click()
    page.locator("[name='type']").select_option(str(kind.pk))
    page.get_by_label("Tatap muka").check()
    page.locator("[name='regency']").select_option(index=1)
    picked = page.locator(f"[name='agreement'][value='{agreement.pk}']")
    expect(picked).not_to_be_checked()
    page.locator(f"[name='partners'][value='{partner.pk}']").check()
    expect(picked).to_be_checked()
    fill(page, {"ends_at_1": "11.00", "output": "Selesai."})
    fill(page, {"count_adult_client_male": "4", "count_adult_client_female": "2"})
    fill(page, {"count_child_male": ""})
    page.locator("[name='photos']").set_input_files(photo(0))
    page.locator("[name='declared']").check()
    page.get_by_role("button", name="Simpan di perangkat").click()

    expect(page.get_by_text("Terkirim: 1 laporan.")).to_be_visible()
    activity = Activity.objects.get()
    assert (activity.title, activity.place) == ("Penyuluhan di dusun", "Balai Dusun")
    assert activity.agreement == agreement
    assert Activity.objects.served() == 6


def test_the_only_agreement_in_force_is_chosen_on_the_device(telephone, sign_in):
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    alone, busy, none = (
        PartnerFactory(office=office, status="active") for _ in range(3)
    )
    for partner in (alone, busy, busy):
        AgreementFactory(
            office=office, partner=partner, status="signed", ends_on=date(2099, 1, 1)
        )
    only = Agreement.objects.get(partner=alone)
    context = telephone()
    signed_in(context, telephone.line.base, sign_in(operator))
    page = context.pages[0]
    page.goto(PAGE)
    page.get_by_role("button", name="Catat kegiatan").click()
    agreements = page.locator("[name='agreement']")
    said = page.locator("[data-away-preset]")

    def picked():
        return agreements.evaluate_all(
            "all => all.filter((each) => each.checked).map((each) => each.value)"
        )

    def take_part(partner, on):
        box = page.locator(f"[name='partners'][value='{partner.pk}']")
        box.set_checked(on)

    assert picked() == [""]
    take_part(alone, True)
    assert picked() == [str(only.pk)]
    expect(said).to_contain_text("Dipilihkan")
    take_part(alone, False)
    take_part(none, True)
    assert picked() == [""]
    expect(said).to_contain_text("Tidak ada kerja sama yang berlaku")
    take_part(busy, True)
    assert picked() == []
    expect(said).to_contain_text("Lebih dari satu berlaku")
    page.get_by_role("button", name="Simpan di perangkat").click()
    told = page.locator(".error-summary")
    expect(told).to_contain_text("Kerja sama: Pilih kerja samanya")
    # Before they began none was in force.
    fill(page, {"starts_at_0": "1-1-2001"})
    page.locator("[name='starts_at_0']").dispatch_event("change")
    assert picked() == [""]


def test_a_number_beyond_what_is_likely_is_asked_about_once_and_on_the_device(
    telephone, sign_in
):
    operator = person(Role.UNIT_OPERATOR)
    ActivityFactory(
        office=operator.acting.office, starts_at=timezone.now() - timedelta(days=1)
    )
    context = telephone()
    signed_in(context, telephone.line.base, sign_in(operator))
    page = context.pages[0]
    page.goto(PAGE)
    kept(page)
    context.set_offline(True)
    page.goto(PAGE)
    page.get_by_role("button", name="Tulis laporan").click()
    fill(page, {"count_adult_client_male": "501", "output": "Ramai."})
    page.locator("[name='photos']").set_input_files(photo(0))
    page.locator("[name='declared']").check()
    save = page.get_by_role("button", name="Simpan di perangkat")
    save.click()
    doubt = said_beside(page, "count_adult_client_male")
    expect(doubt).to_contain_text("Lebih dari 500 orang")
    expect(doubt).to_contain_text("simpan sekali lagi")
    expect(page.locator(".error-summary")).to_be_focused()

    save.click()
    expect(page.get_by_text("Menunggu jaringan")).to_be_visible()
    context.set_offline(False)

    wait_until(lambda: OfflineEntry.objects.exists())
    assert Activity.objects.served() == 501
