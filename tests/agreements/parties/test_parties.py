"""More than two parties, and whom to call on either side."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.drafting import services as drafting
from agreements.models import Agreement, Contact
from agreements.parties import services
from agreements.parties.listing import parties_of
from agreements.parties.services import Named
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.factories import (
    AgreementFactory,
    PartnerFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


def third(**more):
    return {
        "name_3": "Dinas Sosial",
        "representative_3": "Yosef Uji",
        "position_3": "Kepala Dinas",
        "authority_3": "SK 7 Tahun 2026",
        **more,
    }


def test_further_parties_stand_behind_the_first_two(sign_in, unit, operator):
    agreement = AgreementFactory(office=unit, our_authority="SK 1 Tahun 2026")
    step = reverse("agreements:parties", args=[agreement.pk])
    client = sign_in(operator)

    client.post(step, third(revision=0))
    sides = parties_of(Agreement.objects.get(pk=agreement.pk))
    assert [side.name for side in sides] == [
        unit.name,
        agreement.partner.name,
        "Dinas Sosial",
    ]
    assert [str(side.label) for side in sides][-1] == "Pihak Ketiga"
    assert "SK 1 Tahun 2026" in sides[0].lines
    page = client.get(f"{agreement.get_absolute_url()}?tab=parties")
    assert "Kepala Dinas" in page.content.decode()
    client.post(step, {"revision": 1})
    assert not agreement.further_parties.exists()


def test_a_renewal_has_the_same_parties_and_units(unit, operator):
    agreement, made = AgreementFactory.create_batch(2, office=unit)
    agreement.further_parties.create(
        order=3, name="Dinas Sosial", representative="Yosef", position="Kepala"
    )
    agreement.implementing_units.add(unit)

    for _twice in range(2):
        drafting.take_over(agreement, made)

    assert [side.name for side in parties_of(made)][2:] == ["Dinas Sosial"]
    assert list(made.implementing_units.all()) == [unit]
    assert agreement.further_parties.count() == 1


def test_half_a_party_is_refused_and_what_was_typed_stays(sign_in, unit, operator):
    agreement = AgreementFactory(office=unit)
    step = reverse("agreements:parties", args=[agreement.pk])

    response = sign_in(operator).post(step, third(name_3="", reference_3="TIDAKADA"))

    page = response.content.decode()
    assert "Isi, atau kosongkan semua isian pihak ini." in page
    assert "Tidak ada mitra lain" in page
    assert "Yosef Uji" in page
    assert not agreement.further_parties.exists()


def test_a_partner_of_another_region_is_as_unknown_as_one_that_is_not(
    sign_in, unit, operator
):
    agreement = AgreementFactory(office=unit)
    step = reverse("agreements:parties", args=[agreement.pk])
    foreign = PartnerFactory(status="active").reference
    client = sign_in(operator)

    told = {
        str(client.post(step, third(reference_3=each)).context["form"].errors)
        for each in (foreign, "TIDAKADA")
    }

    assert len(told) == 1
    assert not agreement.further_parties.exists()


def test_who_acts_for_a_third_party_reads_it(unit, operator):
    other = PartnerFactory(status="active", office=unit)
    representative = person(Role.PARTNER, unit)
    RepresentativeFactory(partner=other, user=representative)
    agreement = AgreementFactory(office=unit, status="discussion")
    party = {
        "name": other.name,
        "representative": "Yosef Uji",
        "position": "Ketua",
        "partner": other,
    }

    assert agreement not in Agreement.objects.visible_to(representative)
    services.name_parties(agreement, by=operator, parties=[party])

    assert agreement in Agreement.objects.visible_to(representative)


def named(name, **more):
    return Named(
        name=name, phone="+6281234567890", since=datetime(2026, 1, 10).date(), **more
    )


def signed(unit, **more):
    return AgreementFactory(office=unit, status="signed", **more)


def test_a_successor_takes_the_place_and_who_left_stays_on_record(unit, operator):
    agreement = signed(unit)
    for name in ("Ana Uji", "Budi Uji"):
        services.keep_contacts(
            agreement, by=operator, named={("ours", "main"): named(name)}
        )

    first, second = agreement.contacts.order_by("pk")
    assert (first.name, first.until) == ("Ana Uji", first.since)
    assert (second.name, second.until) == ("Budi Uji", None)
    assert second.confirmed_by == operator


@pytest.mark.parametrize(
    "typed",
    [
        {"position_ours_main": "Kepala Seksi"},
        {"email_ours_main": "seksi@contoh.test"},
        {"until_ours_main": "31-12-2026"},
    ],
)
def test_a_contact_without_a_name_is_refused_not_dropped(
    sign_in, unit, operator, typed
):
    agreement = signed(unit)
    step = reverse("agreements:contacts", args=[agreement.pk])
    begun = {"since_ours_main": "10-01-2026", "revision": agreement.revision}

    page = sign_in(operator).post(step, begun | typed)

    assert "name_ours_main" in page.context["form"].errors
    [value] = typed.values()
    assert value in page.text


def test_each_side_confirms_its_own(sign_in, unit, operator):
    agreement = signed(unit)
    services.keep_contacts(
        agreement, by=operator, named={("theirs", "main"): named("Maria Uji")}
    )
    assert agreement.contacts.get().confirmed_on is None
    representative = person(Role.PARTNER, unit)
    RepresentativeFactory(partner=agreement.partner, user=representative)
    client = sign_in(representative)
    step = reverse("agreements:contacts", args=[agreement.pk])

    page = client.get(step).content.decode()
    assert "name_ours_main" not in page
    client.post(
        step,
        {
            "name_theirs_main": "Maria Uji",
            "phone_theirs_main": "0812 3456 7890",
            "since_theirs_main": "10-01-2026",
            "revision": agreement.revision,
        },
    )

    contact = agreement.contacts.get()
    assert (contact.side, contact.confirmed_by) == (Contact.Side.THEIRS, representative)
    card = client.get(agreement.get_absolute_url()).content.decode()
    assert "Dipastikan" in card


def test_whoever_acts_for_a_third_party_does_not_answer_for_the_second(sign_in, unit):
    other = PartnerFactory(status="active", office=unit)
    representative = person(Role.PARTNER, unit)
    RepresentativeFactory(partner=other, user=representative)
    agreement = signed(unit)
    agreement.further_parties.create(
        order=3, partner=other, name="Dinas", representative="Uji", position="Kepala"
    )

    response = sign_in(representative).get(
        reverse("agreements:contacts", args=[agreement.pk]), follow=True
    )

    assert "oleh Pihak Kesatu dan Pihak Kedua" in response.content.decode()


def test_a_place_left_empty_is_told_once(unit, operator):
    now = datetime.now(UTC)
    today = unit.today
    agreement = signed(
        unit, starts_on=today - timedelta(days=200), ends_on=today + timedelta(days=200)
    )
    rows = {"since": today - timedelta(days=100), "phone": "1", "side": "ours"}
    yesterday = today - timedelta(days=1)
    before = {"since": today - timedelta(days=20), "until": today - timedelta(days=9)}
    agreement.contacts.create(**rows | before, name="Dewi", place="main")
    agreement.contacts.create(name="Ana", place="main", until=yesterday, **rows)
    agreement.contacts.create(name="Budi", place="deputy", until=yesterday, **rows)
    agreement.contacts.create(**rows | {"since": today}, name="Citra", place="deputy")

    services.tell_of_gaps(now)
    services.tell_of_gaps(now)

    told = Notice.objects.filter(user=operator, kind="contact.left")
    assert [("Ana" in each.body, each.url) for each in told] == [
        (True, agreement.get_absolute_url())
    ]


def test_who_never_said_whom_to_call_is_asked_after_a_month(unit, operator):
    today = unit.today

    def agreed(days):
        day = today - timedelta(days=days)
        return signed(
            unit, signed_on=day, starts_on=day, ends_on=today + timedelta(days=200)
        )

    silent, confirmed, young = agreed(31), agreed(31), agreed(29)
    for side in Contact.Side:
        confirmed.contacts.create(
            side=side,
            place="main",
            name="Ana",
            phone="1",
            since=today,
            confirmed_on=today,
        )

    services.tell_of_gaps()
    services.tell_of_gaps()

    told = Notice.objects.filter(user=operator, kind="contact.unconfirmed")
    assert [each.url for each in told] == [silent.get_absolute_url()]
    assert young.get_absolute_url() not in {each.url for each in told}


def test_many_gaps_ask_no_more_of_the_database_than_two():
    def queries(of):
        for _each in range(of):
            unit = UnitFactory()
            day = unit.today - timedelta(days=40)
            signed(unit, signed_on=day, starts_on=day, ends_on=day + timedelta(300))
            person(Role.UNIT_OPERATOR, unit)
        with CaptureQueriesContext(connection) as asked:
            services.tell_of_gaps()
        return len(asked)

    services.tell_of_gaps()
    few = queries(2)

    assert queries(9) == few
    assert Notice.objects.filter(kind="contact.unconfirmed").count() == 11
