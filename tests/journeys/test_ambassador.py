"""A Duta logs whom he spoke to on his phone, goes on, and brings in a partner."""

import time

import pytest
from django.urls import reverse

from outreach.models import Contact
from partners.models import Partnership
from pokmas.accounts.roles import Role
from tests.factories import (
    AmbassadorFactory,
    ContactResultFactory,
    PartnerKindFactory,
    PartnershipFactory,
    UnitFactory,
    person,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KNOWN, NEW = "Yayasan Umpama Kasih", "Koperasi Rekaan Baru"


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_a_contact_is_logged_in_a_few_presses_and_becomes_a_partner(visit):
    unit = UnitFactory()
    duta = person(Role.AMBASSADOR, unit)
    AmbassadorFactory(office=unit, person=duta)
    known = PartnershipFactory(office=unit, status="active", name=KNOWN)
    PartnerKindFactory(code="media")
    at = visit(duta).open(reverse("reports:home"))

    # One on record: six presses and a few letters.
    begun = time.monotonic()
    at.follow("Catat kontak")
    at.page.locator("[name='name']").press_sequentially("umpama")
    at.page.get_by_label(KNOWN).check()
    at.tick("approach", "communication")
    at.tick("result", result_of("follow_up"))
    at.choose(again="1")
    at.press("Simpan")
    assert time.monotonic() - begun < 60
    first = Contact.objects.get()
    assert (first.partner, first.status) == (known.partner, "open")
    assert at.page.evaluate("document.documentElement.scrollWidth") <= 360

    # Its follow-up stands on the home page and leads to the next one in one press.
    at.open(reverse("reports:home")).follow(KNOWN)
    at.follow("Catat kontak berikutnya")
    at.tick("approach", "collaboration")
    at.tick("result", result_of("interested"))
    at.press("Simpan")
    first.refresh_from_db()
    assert first.status == "closed"

    # One on no record becomes a draft registration, with what is known of it.
    at.open(reverse("outreach:contact_create")).fill(name=NEW)
    at.page.locator("select[name='kind']").select_option("media")
    at.tick("approach", "education")
    at.tick("result", result_of("interested"))
    at.press("Simpan")
    at.press("Daftarkan sebagai mitra")
    made = Partnership.objects.get(partner__name=NEW)
    assert at.page.url.endswith(reverse("partners:identity", args=[made.pk]))
    assert Contact.objects.get(name=NEW).partner == made.partner


def result_of(code: str) -> str:
    return str(ContactResultFactory(code=code).pk)
