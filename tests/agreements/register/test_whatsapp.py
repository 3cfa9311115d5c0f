"""What a partner is written, wherever its agreement stands."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from agreements.models import Agreement
from agreements.register.whatsapp import NEWS
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    RepresentativeFactory,
    person,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)


def text_of(sign_in, agreement):
    client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))
    address = ["agreements.agreement", agreement.pk, "status"]
    page = client.get(reverse("notices:whatsapp", args=address))
    client.get(reverse("notices:open_whatsapp", args=address))
    return str(page.context["prepared"].text)


@pytest.mark.parametrize(
    ("status", "ends", "said"),
    [
        ("discussion", 400, "terbuka untuk dibahas"),
        ("legal_review", 400, "sedang ditelaah"),
        ("ready_to_sign", 400, "siap ditandatangani"),
        ("signed", 400, "berlaku sampai"),
        ("signed", 90, "berakhir 90 hari lagi"),
        ("signed", 60, "berakhir 60 hari lagi"),
        ("signed", 30, "berakhir 30 hari lagi"),
        ("signed", 7, "berakhir 7 hari lagi"),
        ("signed", 0, "berakhir hari ini"),
        ("signed", -1, "sudah berakhir pada"),
        ("dropped", 400, "tidak dilanjutkan"),
        ("suspended", 400, "ditangguhkan untuk sementara"),
        ("terminated", 400, "sudah diakhiri"),
    ],
)
@time_machine.travel("2026-11-10 04:00Z", tick=False)
def test_a_text_says_where_it_stands_and_nothing_that_is_protected(
    sign_in, status, ends, said
):
    agreement = AgreementFactory(
        status=status,
        ends_on=TODAY + timedelta(ends),
        reason="Rahasia antara petugas",
        subject="Pokok rahasia",
        our_nip="198001012005011001",
        termination_paper=DocumentFactory(),
    )

    RepresentativeFactory(partner=agreement.partner)

    text = text_of(sign_in, agreement)

    assert said in text
    # Nobody ever showed the partner the draft that was dropped.
    assert (agreement.get_absolute_url() in text) == (status != "dropped")
    assert not any(
        word in text
        for word in (agreement.reason, agreement.subject, agreement.our_nip)
    )
    opened = Entry.objects.about(agreement).filter(action="agreement.messaged")
    assert opened.exists() == bool(agreement.partnership.phone)


@pytest.mark.parametrize(("status", "acts"), [("signed", False), ("draft", True)])
def test_no_link_is_sent_to_whoever_cannot_open_it(sign_in, status, acts):
    agreement = AgreementFactory(status=status)
    if acts:
        RepresentativeFactory(partner=agreement.partner)

    assert agreement.get_absolute_url() not in text_of(sign_in, agreement)


@time_machine.travel("2026-01-05 04:00Z", tick=False)
def test_one_that_has_not_begun_says_from_when(sign_in):
    agreement = AgreementFactory(status="signed", signed_on=date(2026, 1, 4))

    assert "berlaku mulai 10 Januari 2026" in text_of(sign_in, agreement)


@time_machine.travel("2026-11-10 04:00Z", tick=False)
def test_of_a_renewed_one_nobody_is_asked_what_follows(sign_in):
    old = AgreementFactory(status="signed", ends_on=TODAY + timedelta(30))
    AgreementFactory(
        office=old.office,
        partner=old.partner,
        status="signed",
        renews=old,
        starts_on=TODAY + timedelta(31),
        ends_on=TODAY + timedelta(400),
    )

    assert "sudah diperpanjang" in text_of(sign_in, old)


def test_every_status_that_a_partner_hears_of_has_words():
    by_dates = {Agreement.Status.DRAFT, Agreement.Status.SIGNED}
    assert set(Agreement.Status) - by_dates == set(NEWS)
