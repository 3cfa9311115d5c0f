"""What an officer sees of partners that look alike, and what nobody else does."""

import pytest
from django.urls import reverse

from partners.known import services
from partners.known.sight import like_partnership
from partners.models import Distinction, Partnership
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from tests.factories import (
    AssignmentFactory,
    PartnerKindFactory,
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
    ticks,
)

pytestmark = pytest.mark.django_db
SEEK = reverse("partners:seek")
HIDDEN = {
    "contact_name": "Narahubung Rahasia",
    "email": "rahasia@contoh.test",
    "services": "Layanan rahasia",
    "address": "Jalan Rahasia 9",
    "leader_name": "Pimpinan Rahasia",
}


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR, UnitFactory())


def elsewhere(**answers):
    """A partner that only a unit of another region works with."""
    return PartnershipFactory(**HIDDEN | {"status": "suspended"} | answers)


def at_home(operator):
    return PartnershipFactory(
        office=operator.acting.office, status="active", name="Yayasan Sukma Jaya"
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "yys. soekma djaja"},
        {"name": "jaya sukm"},
        {"phone": "0812 3456-7890"},
        {"phone": "62 812 34567890"},
        {"name": "0812-3456-7890"},
        {"name": "01.234.567.8-912.000"},
        {"number": "0012345678912000"},
        {"number": "ahu 0012345 ah 01 04 2019"},
    ],
)
def test_who_is_entered_is_looked_for_in_any_habit(sign_in, operator, asked):
    partner = elsewhere(
        name="Yayasan Sukma Jaya",
        phone="+6281234567890",
        tax_number="01.234.567.8-912.000",
        registration_number="AHU-0012345.AH.01.04.Tahun 2019",
    ).partner
    elsewhere(name="Klinik Sehat", phone="+6281999999999")

    page = sign_in(operator).get(SEEK, asked)

    assert [sight.partner for sight in page.context["found"]] == [partner]


def test_of_a_partner_elsewhere_only_name_kind_and_place_are_shown(sign_in, operator):
    known = elsewhere(name="Yayasan Sukma Jaya")

    page = sign_in(operator).get(SEEK, {"phone": known.phone}).text

    shown = ["Yayasan Sukma Jaya", str(known.partner.kind), "dikenal 1 unit"]
    assert [word for word in shown if word not in page] == []
    secrets = [*HIDDEN.values(), str(known.office), "Ditangguhkan", "telepon sama"]
    assert [word for word in secrets if word in page] == []
    assert reverse("partners:partner", args=[known.partner_id]) not in page


def test_of_a_partner_of_his_own_he_is_led_to_its_page(sign_in, operator):
    own = PartnershipFactory(office=operator.acting.office, name="Yayasan Sukma Jaya")

    page = sign_in(operator).get(SEEK, {"name": "sukma jaya"}).text

    assert reverse("partners:partner", args=[own.partner_id]) in page


@pytest.mark.parametrize("is_self_registered", [True, False])
def test_the_draft_of_another_office_is_shown_to_nobody(
    sign_in, operator, is_self_registered
):
    elsewhere(
        name="Yayasan Sukma Jaya",
        status="draft",
        is_self_registered=is_self_registered,
    )

    page = sign_in(operator).get(SEEK, {"name": "sukma jaya"})

    assert page.context["found"] == []


@pytest.mark.parametrize(
    ("status", "count"),
    [
        ("submitted", 0),
        ("verifying", 0),
        ("declined", 0),
        ("approved", 1),
        ("ended", 1),
    ],
)
def test_of_other_offices_only_who_was_approved_once_is_named(
    sign_in, operator, status, count
):
    known = elsewhere(name="Yayasan Sukma Jaya", status=status)

    asked = {"name": known.partner.name, "phone": known.phone}
    page = sign_in(operator).get(SEEK, asked)

    assert len(page.context["found"]) == count


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"name": "Maria Goreti"}, 0),
        ({"name": "Maria Goreti Bria"}, 0),
        ({"phone": "0812 3456 7890"}, 1),
        ({"number": "0012345678912000"}, 1),
    ],
)
def test_a_person_of_other_offices_is_not_found_by_a_name(
    sign_in, operator, asked, count
):
    elsewhere(
        name="Maria Goreti Bria",
        kind=PartnerKindFactory(code="someone", is_person=True),
        phone="+6281234567890",
        tax_number="01.234.567.8-912.000",
    )

    page = sign_in(operator).get(SEEK, asked)

    assert len(page.context["found"]) == count


def test_a_person_of_the_own_unit_is_found_by_a_name(sign_in, operator):
    PartnershipFactory(
        office=operator.acting.office,
        name="Maria Goreti Bria",
        kind=PartnerKindFactory(code="someone", is_person=True),
    )

    page = sign_in(operator).get(SEEK, {"name": "Maria Goreti"})

    assert len(page.context["found"]) == 1


def test_those_of_the_own_unit_are_marked_and_come_first(sign_in, operator):
    elsewhere(name="Yayasan Sukma Jaya")
    PartnershipFactory(office=operator.acting.office, name="Yayasan Sukma Jaja")

    page = sign_in(operator).get(SEEK, {"name": "Yayasan Sukma Jaya"})

    sights = page.context["found"]
    assert [(each.partner.name, each.is_own) for each in sights] == [
        ("Yayasan Sukma Jaja", True),
        ("Yayasan Sukma Jaya", False),
    ]
    assert page.text.count("Dikenal di sini") == 1


def test_before_anything_is_asked_it_says_once_what_to_do(sign_in, operator):
    page = sign_in(operator).get(SEEK).text

    assert page.count("Isi salah satu") == 1
    assert "tidak wajib" not in page
    assert "Yang mirip tampil di sini" in page


def test_what_was_looked_for_stands_in_the_new_draft(sign_in, operator):
    client = sign_in(operator)
    regency = operator.acting.office.regency
    asked = {"name": "Yayasan Baru", "phone": "0812 3456 7890"}
    where = {"province": regency.province_id, "regency": regency.pk}
    url = reverse("partners:create", query=asked | where)
    form = client.get(url).context["form"]

    client.post(
        url,
        {
            "office": operator.acting.office_id,
            "kind": PartnershipFactory().partner.kind_id,
            "submission_key": form["submission_key"].value(),
            "revision": 0,
        },
    )

    made = Partnership.objects.get(created_by=operator)
    assert (made.partner.name, made.phone) == ("Yayasan Baru", "0812 3456 7890")


def test_while_he_types_the_likely_same_ones_are_listed(sign_in, operator):
    draft = PartnershipFactory(office=operator.acting.office, name="Tanpa Nama")
    partner = elsewhere(name="Yayasan Sukma Jaya").partner
    url = reverse("partners:typed", args=[draft.pk])

    page = sign_in(operator).get(url, {"name": "Yys Sukma Ja", "office": "1"})

    assert [sight.partner for sight in page.context["found"]] == [partner]


def test_an_applicant_is_shown_nothing_of_others(sign_in):
    elsewhere(name="Yayasan Sukma Jaya")
    draft = PartnershipFactory(name="Yayasan Sukma Jaya", is_self_registered=True)
    client = sign_in(RepresentativeFactory(partner=draft).user)
    pages = [
        reverse(f"partners:{name}", args=[draft.pk]) for name in ("alike", "typed")
    ]

    answers = [client.get(url).status_code for url in [SEEK, *pages]]
    section = client.get(reverse("partners:identity", args=[draft.pk])).text

    assert answers == [403, 403, 403]
    assert pages[0] not in section
    assert pages[1] not in section


def test_who_vets_is_led_to_the_likely_same_ones(sign_in, operator):
    submitted = PartnershipFactory(
        office=operator.acting.office, status="submitted", name="Yys Soekma Djaja"
    )
    partner = elsewhere(name="Yayasan Sukma Jaya").partner
    client = sign_in(operator)
    alike = reverse("partners:alike", args=[submitted.pk])

    vetting = client.get(reverse("partners:verify", args=[submitted.pk])).text
    piece = client.get(alike, headers={"HX-Request": "true"})

    assert alike in vetting
    assert alike in client.get(submitted.get_absolute_url()).text
    assert [sight.partner for sight in piece.context["found"]] == [partner]
    assert "<html" not in piece.text


def test_that_two_are_not_the_same_is_remembered_for_both(sign_in, operator):
    here = at_home(operator)
    there = elsewhere(name="Yayasan Sukma Jaya")
    url = reverse("partners:set_apart", args=[here.pk, there.partner_id])

    sign_in(operator).post(url)

    page = sign_in(person(Role.UNIT_OPERATOR, there.office)).get(
        reverse("partners:alike", args=[there.pk])
    )
    assert page.context["found"] == []
    assert [sight.partner for sight in page.context["apart"]] == [here.partner]
    assert str(operator) in page.text
    entry = Entry.objects.about(here).get(action="partnership.set_apart")
    assert entry.actor == operator


def test_it_can_be_taken_back_from_the_other_side(sign_in, operator):
    here = at_home(operator)
    there = elsewhere(name="Yayasan Sukma Jaya")
    services.set_apart(here, there.partner, by=operator)
    colleague = person(Role.UNIT_OPERATOR, there.office)
    url = reverse("partners:take_back", args=[there.pk, here.partner_id])

    client = sign_in(colleague)
    answers = [client.post(url, follow=True).text for _try in range(2)]

    assert "Pernyataan ditarik." in answers[0]
    assert "Pernyataan itu sudah ditarik." in answers[1]
    assert not Distinction.objects.exists()


def test_nothing_is_said_of_a_partner_that_does_not_look_alike(sign_in, operator):
    here = at_home(operator)
    other = elsewhere(name="Klinik Sehat", phone="+6281999999999").partner
    url = reverse("partners:set_apart", args=[here.pk, other.pk])

    answer = sign_in(operator).post(url)

    assert answer.status_code == 404
    assert not Distinction.objects.exists()


def test_saying_it_twice_is_saying_it_once(sign_in, operator):
    here = at_home(operator)
    other = elsewhere(name="Yayasan Sukma Jaya").partner
    url = reverse("partners:set_apart", args=[here.pk, other.pk])
    client = sign_in(operator)

    for _press in range(2):
        client.post(url)

    assert Distinction.objects.count() == 1
    assert Entry.objects.filter(action="partnership.set_apart").count() == 1


def test_a_long_and_hostile_name_is_looked_for_like_any_other(sign_in, operator):
    name = "<script>alert('x')</script> %_\\" + "a" * 300

    page = sign_in(operator).get(SEEK, {"name": name})

    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_what_can_be_done_about_each_is_one_press_away(sign_in, operator):
    here = PartnershipFactory(
        office=operator.acting.office, status="submitted", name="Yayasan Sukma Jaya"
    )
    there = elsewhere(name="Yayasan Soekma Djaja", status="active")
    url = reverse("partners:alike", args=[here.pk])

    page = sign_in(operator).get(url).text

    [sight] = like_partnership(here, operator)
    assert sight.partner == there.partner
    for name in ("ask_units", "set_apart"):
        assert reverse(f"partners:{name}", args=[here.pk, there.partner_id]) in page
    assert "Sama: jadikan mitra unit kami" in page
    assert "Sama: gabungkan" not in page


def test_a_head_is_led_to_the_merger_of_what_his_unit_has_twice(sign_in, operator):
    here, twin = at_home(operator), at_home(operator)
    head = person(Role.UNIT_HEAD, operator.acting.office)

    page = sign_in(head).get(reverse("partners:alike", args=[here.pk])).text

    assert reverse("partners:merge", args=[here.pk, twin.partner_id]) in page
    assert "Tanyakan kepada unitnya" not in page


def test_the_units_that_know_it_are_asked_and_say_nothing_of_it(sign_in, operator):
    here = at_home(operator)
    there = elsewhere(name="Yayasan Soekma Djaja", status="active")
    colleague = person(Role.UNIT_OPERATOR, there.office)
    url = reverse("partners:ask_units", args=[here.pk, there.partner_id])

    client = sign_in(operator)
    answers = [client.post(url, follow=True).text for _press in range(2)]

    [told] = Notice.objects.filter(user=colleague)
    assert (told.kind, told.about) == (f"partnership.asked_{here.pk}", there)
    assert here.partner.name in told.body
    assert [word for word in HIDDEN.values() if word in answers[0]] == []


def test_an_applicant_reads_the_same_whoever_is_on_record(sign_in, applicant):
    own = PartnershipFactory(
        status="draft", is_self_registered=True, name="Yayasan Sukma Jaya"
    )
    RepresentativeFactory(partner=own, user=applicant)
    AssignmentFactory(user=applicant, role=Role.PARTNER, office=own.office)
    client, url = sign_in(applicant), reverse("partners:check", args=[own.pk])
    before = client.get(url).text

    elsewhere(name="Yayasan Sukma Jaya", status="active")
    after = client.get(url).text

    assert "Mungkin sudah tercatat?" in before
    assert "jangan mendaftar lagi" in after
    assert after.count("Yayasan Sukma Jaya") == before.count("Yayasan Sukma Jaya")


def test_an_officer_hands_in_no_likely_double_before_he_compared_it(sign_in, operator):
    office, name = operator.acting.office, "Yayasan Sukma Jaya"
    own = PartnershipFactory(office=office, name=name)
    entered = PartnershipFactory(office=office, name=name, status="draft")
    client, url = sign_in(operator), reverse("partners:check", args=[entered.pk])

    page = client.post(url, ticks())
    entered.refresh_from_db()
    before = entered.status
    client.post(url, ticks() | {f"apart_{own.partner_id}": "on"})

    assert "Bandingkan dahulu kedua mitra ini." in page.text
    assert reverse("partners:partner", args=[own.partner_id]) in page.text
    entered.refresh_from_db()
    assert (before, entered.status) == ("draft", "submitted")
    assert Distinction.objects.of(own.partner).get().said_by == operator


def test_the_applicant_himself_is_asked_of_no_other(sign_in, operator, applicant):
    office, name = operator.acting.office, "Yayasan Sukma Jaya"
    PartnershipFactory(office=office, name=name)
    row = RepresentativeFactory(
        partner__office=office,
        partner__name=name,
        partner__status="draft",
        partner__is_self_registered=True,
    )

    page = sign_in(row.user).get(reverse("partners:check", args=[row.partnership.pk]))

    assert page.context["form"].compared == []
