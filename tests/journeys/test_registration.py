"""An organisation registers itself: begun at a desk, ended on a telephone.

The mail is read on the telephone, the page at the desk goes on by itself; it breaks off
there, and the telephone goes on with the same draft, declares and hands it in. Its
status is read without an account.
"""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from partners.models import Field, Partnership
from tests.factories import PASSWORD, UnitFactory, declared_today
from tests.journeys.visitor import SIZES, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL = "maria@contoh.test"


@pytest.fixture
def visitor(browser, live_server):
    """A person at a screen of this size, with a browser of its own."""
    contexts = []

    def _visitor(size):
        made = Visitor(browser, live_server.url, SIZES[size])
        contexts.append(made.page.context)
        return made

    yield _visitor
    for context in contexts:
        context.close()


def test_from_a_desk_to_a_telephone_and_to_a_number_that_anyone_follows(visitor):
    unit = UnitFactory()
    unit.working_area.add(unit.regency)
    unit.region.provinces.add(unit.regency.province)
    desk, phone = visitor("desk"), visitor("phone")

    sign_up(desk)
    phone.open(link_of_the_mail()).press("Ya, ini surel saya")
    begin(desk, unit)
    desk.page.context.close()
    go_on(phone)
    partnership = Partnership.objects.get()
    hand_in(phone, partnership)

    partnership.refresh_from_db()
    assert (partnership.status, partnership.contact_name) == (
        "submitted",
        "Maria Umpama",
    )
    assert partnership.declared.count() == len(declared_today())
    ask(visitor("phone"), partnership)


def sign_up(desk):
    desk.open("/").follow("Daftar sebagai mitra").follow("Mulai mendaftar")
    desk.fill(full_name="Maria Umpama", email=EMAIL, password1=PASSWORD)
    desk.fill(phone="0812 3456 7890").tick("consent").press("Buat akun")
    desk.sees("Biarkan halaman ini terbuka")


def link_of_the_mail():
    link = re.search(r"https?://\S+confirm-email\S+", mail.outbox[-1].body)[0]
    return re.sub(r"^https?://[^/]+", "", link)


def begin(desk, unit):
    """It came here by itself; it is left in the middle of the second screen."""
    desk.page.wait_for_url("**/partners/register/")
    desk.choose(province=unit.regency.province_id)
    desk.choose(regency=unit.regency_id)
    desk.tick("office", unit.pk).choose(kind="media").press("Simpan dan lanjut")
    desk.fill(name="Yayasan Umpama Kasih", leader_name="Maria Umpama")
    desk.press("Simpan dan lanjut").sees("Isian yang benar sudah tersimpan")


def go_on(phone):
    """The name that was right is there; what was missing is asked for."""
    phone.fill(login=EMAIL, password=PASSWORD)
    phone.page.get_by_role("button", name="Masuk", exact=True).click()
    phone.page.wait_for_url(re.compile(r"/partners/\d+/$"))
    phone.follow("Identitas dan surat")
    expect(phone.page.locator("main [name=name]")).to_have_value("Yayasan Umpama Kasih")
    phone.fill(leader_position="Ketua", address="Jalan Contoh 1")
    phone.press("Simpan dan lanjut")
    for name, value in (("contact_name", "Maria Umpama"), ("email", EMAIL)):
        expect(phone.page.locator(f"main [name={name}]")).to_have_value(value)
    phone.tick("fields", Field.objects.first().pk)
    phone.fill(services="Pelatihan menjahit").press("Simpan dan lanjut")


def hand_in(phone, partnership):
    """A declaration that was left out is named; then all are there."""
    first, *others = declared_today()
    for declaration in others:
        phone.tick(f"declares_{declaration.pk}")
    phone.press("Ajukan pendaftaran")
    phone.sees(f"Setuju: {first.title}: Belum dinyatakan.")
    phone.tick(f"declares_{first.pk}").press("Ajukan pendaftaran")
    phone.page.wait_for_url("**/submitted/")
    phone.sees(partnership.partner.reference)


def ask(stranger, partnership):
    """Without an account: how it stands, and no name."""
    stranger.open("/partners/status/").fill(code=partnership.partner.reference)
    stranger.press("Lihat status").sees("memeriksa. Paling lambat")
    expect(stranger.page.locator("main")).not_to_contain_text("Umpama")
