"""The way of a volunteer through the pages, and what officers do about him."""

import re
from datetime import date

import pytest
from django.urls import reverse

from partners.models import Promise, Volunteer
from partners.volunteers.first import VOLUNTEER
from pokmas.accounts.models import ConsentText
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from tests.factories import (
    FieldFactory,
    ProvinceFactory,
    RegencyFactory,
    RegionFactory,
    SkillFactory,
    UnitFactory,
    VolunteerFactory,
    person,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Volunteer.Status
INDEX = reverse("partners:volunteer_index")
REGISTER = reverse("partners:volunteer_register")
PLACE = f"{REGISTER}?province=53&regency=53.71"


def url(name, volunteer):
    return reverse(f"partners:volunteer_{name}", args=[volunteer.pk])


@pytest.fixture
def unit():
    """A Bapas that serves Kota Kupang, in the region of its province."""
    region = RegionFactory()
    ProvinceFactory(region=region)
    unit = UnitFactory(parent=region, name="Bapas Kupang")
    unit.working_area.add(RegencyFactory())
    return unit


def who(unit, **more):
    answers = {
        "office": unit.pk,
        "name": "Agustina Angan",
        "sex": "female",
        "birth_year": "1990",
        "is_adult": "on",
    }
    return answers | more


def offer(**more):
    answers = {
        "phone": "0812 3456 7890",
        "occupation": "Guru",
        "skills": [SkillFactory().pk],
        "interests": [FieldFactory().pk],
        "availability": ["11", "62"],
        "revision": 0,
    }
    return answers | more


def texts():
    return {
        "promise": Promise.objects.get().pk,
        "consent": ConsentText.objects.get(purpose=VOLUNTEER).pk,
        "promises": "on",
        "consents": "on",
    }


@pytest.mark.parametrize(
    ("status", "after"),
    [
        (Status.DRAFT, "dengan akun yang diambil alih memakai kode pada slip"),
        (Status.SUBMITTED, "memutuskan. Paling lambat"),
        (Status.ACTIVE, "menghubungi Sahabat untuk kegiatan."),
    ],
)
def test_who_has_the_number_reads_how_a_volunteer_stands(client, unit, status, after):
    volunteer = VolunteerFactory(office=unit, status=status, name="Agustina Rahasia")

    text = client.get(reverse("partners:status"), {"code": volunteer.reference}).text

    assert after in text
    assert "Bapas Kupang" in text
    assert "Agustina" not in text


def test_the_own_draft_of_an_applicant_answers_to_no_number(client, unit):
    user = volunteer_of(unit, status=Status.DRAFT)
    Volunteer.objects.update(created_by=user)
    volunteer = Volunteer.objects.get()

    page = client.get(reverse("partners:status"), {"code": volunteer.reference})

    assert "Tidak ada pendaftaran yang sudah diajukan dengan nomor ini" in page.text


def names(response):
    return {row.name for row in response.context["listing"].page.rows}


def test_three_screens_lead_to_a_reference_number(sign_in, applicant, unit):
    client = sign_in(applicant)

    first = client.post(PLACE, who(unit))
    volunteer = Volunteer.objects.get()
    second = client.post(first.url, offer())
    third = client.post(second.url, texts(), follow=True)

    volunteer.refresh_from_db()
    assert first.url == url("offer", volunteer)
    assert second.url == url("check", volunteer)
    assert volunteer.status == Status.SUBMITTED
    assert volunteer.availability == [11, 62]
    assert volunteer.reference in third.content.decode()


@pytest.mark.parametrize(
    ("regency", "offered"), [("53.71", True), ("", False), ("99.99", False)]
)
def test_another_place_is_chosen_and_nothing_typed_is_lost(
    sign_in, applicant, unit, regency, offered
):
    typed = who(unit, office="", sex="male", choose="1")
    where = {"province": "53", "regency": regency}

    page = sign_in(applicant).post(PLACE, typed | where)

    form = page.context["form"]
    kept = ("name", "sex", "birth_year", "is_adult")
    assert {name: form[name].value() for name in kept} == {
        "name": "Agustina Angan",
        "sex": "male",
        "birth_year": "1990",
        "is_adult": True,
    }
    assert not form.errors
    assert (unit.name in page.text) is offered
    assert Volunteer.objects.count() == 0


def test_without_a_place_nothing_is_saved(sign_in, applicant, unit):
    sent = who(unit) | {"province": "53", "regency": ""}

    page = sign_in(applicant).post(PLACE, sent)

    assert list(page.context["where"].errors) == ["regency"]
    assert Volunteer.objects.count() == 0


def test_who_is_too_young_is_told_so_and_nothing_is_kept(sign_in, applicant, unit):
    response = sign_in(applicant).post(PLACE, who(unit, birth_year="2015"))

    assert "18 tahun ke atas" in response.content.decode()
    assert Volunteer.objects.count() == 0


def test_who_does_not_say_that_he_is_old_enough_is_not_kept(sign_in, applicant, unit):
    response = sign_in(applicant).post(PLACE, who(unit, is_adult=""))

    assert list(response.context["form"].errors) == ["is_adult"]
    assert Volunteer.objects.count() == 0


@pytest.mark.parametrize("year", ["90", "1.990", "tahun", "2090", "99999999999"])
def test_an_odd_year_is_refused_in_words(sign_in, applicant, unit, year):
    response = sign_in(applicant).post(PLACE, who(unit, birth_year=year))

    assert list(response.context["form"].errors) == ["birth_year"]


def test_the_first_screen_sent_twice_makes_one_draft(sign_in, applicant, unit):
    client = sign_in(applicant)

    client.post(PLACE, who(unit))
    again = client.post(PLACE, who(unit))

    volunteer = Volunteer.objects.get()
    assert again.url == volunteer.get_absolute_url()


def test_another_device_goes_on_where_he_stopped(sign_in, applicant, unit):
    sign_in(applicant).post(PLACE, who(unit))

    response = sign_in(applicant).get(reverse("partners:volunteer_mine"), follow=True)

    assert response.context["volunteer"] == Volunteer.objects.get()
    assert url("check", Volunteer.objects.get()) in response.content.decode()


def test_without_promise_or_consent_nothing_is_submitted(sign_in):
    user = volunteer_of(status=Status.DRAFT)
    volunteer = user.volunteers.get()
    sent = texts() | {"promises": "", "consents": ""}

    response = sign_in(user).post(url("check", volunteer), sent)

    assert set(response.context["form"].errors) == {"promises", "consents"}


def test_a_promise_that_changed_meanwhile_is_shown_before_it_is_made(sign_in):
    user = volunteer_of(status=Status.DRAFT)
    volunteer, sent = user.volunteers.get(), texts()
    newer = Promise.objects.create(
        title="Janji", text="Janji baru", valid_from=date(2026, 2, 1)
    )

    response = sign_in(user).post(url("check", volunteer), sent)

    volunteer.refresh_from_db()
    page = response.content.decode()
    assert volunteer.status == Status.DRAFT
    assert newer.text in page
    assert "Naskahnya berganti" in page


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.RETURNED])
def test_no_button_of_an_applicant_leads_to_a_closed_page(sign_in, status):
    user = volunteer_of(status=status)
    client = sign_in(user)
    page = client.get(user.volunteers.get().get_absolute_url()).content.decode()
    links = set(re.findall(r'href="(/(?!static)[^"#]*)', page))

    answers = {link: client.get(link, follow=True).status_code for link in links}

    assert {link for link, code in answers.items() if code >= 400} == set()
    assert len(answers) > 10


def test_his_own_page_shows_whole_numbers_and_others_a_mask(sign_in):
    user = volunteer_of()
    volunteer = user.volunteers.get()
    admin = person(Role.REGIONAL_ADMIN, volunteer.office.region)

    own = sign_in(user).get(volunteer.get_absolute_url()).content.decode()
    above = sign_in(admin).get(volunteer.get_absolute_url()).content.decode()

    assert "0812 3456 7890" in own.replace("-", " ").replace("+62 ", "0")
    assert "+628•" in above


def test_who_reads_contact_data_is_noted(sign_in):
    volunteer = VolunteerFactory()
    operator = person(Role.UNIT_OPERATOR, volunteer.office)

    sign_in(operator).get(volunteer.get_absolute_url())

    assert Entry.objects.get(action="volunteer.viewed").actor == operator


def test_the_operator_decides_beside_what_was_told(sign_in):
    volunteer = VolunteerFactory(status=Status.SUBMITTED, occupation="Guru")
    client = sign_in(person(Role.UNIT_OPERATOR, volunteer.office))

    page = client.get(url("decide", volunteer))
    client.post(url("decide", volunteer), {"verdict": "active", "revision": 0})

    volunteer.refresh_from_db()
    assert "Guru" in page.content.decode()
    assert volunteer.status == Status.ACTIVE


def test_what_he_changed_since_it_was_returned_is_marked(sign_in):
    user = volunteer_of(status=Status.SUBMITTED, occupation="Guru")
    volunteer = user.volunteers.get()
    operator = person(Role.UNIT_OPERATOR, volunteer.office)
    sent = {"verdict": "returned", "reason": "Tulis pekerjaan.", "revision": 0}
    sign_in(operator).post(url("decide", volunteer), sent)
    client = sign_in(user)
    client.post(url("offer", volunteer), offer(occupation="Petani", revision=1))
    client.post(url("check", volunteer), texts())

    page = sign_in(operator).get(url("decide", volunteer))

    changed = [
        row.label for _, rows in page.context["parts"] for row in rows if row.is_changed
    ]
    assert "Pekerjaan" in changed
    assert "Nama lengkap" not in changed


def test_a_return_needs_a_reason(sign_in):
    volunteer = VolunteerFactory(status=Status.SUBMITTED)
    client = sign_in(person(Role.UNIT_HEAD, volunteer.office))

    response = client.post(url("decide", volunteer), {"verdict": "returned"})

    assert list(response.context["form"].errors) == ["reason"]


def test_a_volunteer_does_not_decide_and_does_not_see_others(sign_in):
    user = volunteer_of()
    other = VolunteerFactory(office=user.acting.office, status=Status.SUBMITTED)
    client = sign_in(user)

    assert client.get(url("decide", other)).status_code == 403
    assert client.get(other.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=kuntum", {"Kuntum Uji"}),
        ("stage=independent_programme", {"Kuntum Uji"}),
        ("day=7", {"Kuntum Uji"}),
        ("day=1", {"Melati Uji"}),
        ("status=ended", {"Lama Uji"}),
        ("", {"Kuntum Uji", "Melati Uji"}),
    ],
)
def test_officers_find_by_name_stage_day_and_status(sign_in, asked, found):
    operator = person(Role.UNIT_OPERATOR)
    here = {"office": operator.acting.office}
    VolunteerFactory(
        **here, name="Kuntum Uji", stage="independent_programme", availability=[72]
    )
    VolunteerFactory(**here, name="Melati Uji", availability=[11])
    VolunteerFactory(**here, name="Lama Uji", status="ended")
    VolunteerFactory(name="Kuntum Jauh")

    assert names(sign_in(operator).get(f"{INDEX}?{asked}")) == found


def test_a_volunteer_sees_at_which_unit_each_of_his_registrations_is(sign_in):
    user = person(Role.VOLUNTEER)
    units = [UnitFactory(name=name) for name in ("Bapas Gebang", "Bapas Lontar")]
    VolunteerFactory(user=user, office=units[0], status="ended")
    VolunteerFactory(user=user, office=units[1], status="active")
    VolunteerFactory(name="Orang Lain")

    page = sign_in(user).get(INDEX)

    assert {row.office for row in page.context["page"]} == set(units)
    assert page.text.count('data-label="Unit"') == 2
    assert "Pendaftaran saya</h1>" in page.text


def test_the_day_that_is_asked_for_is_named(sign_in):
    operator = person(Role.UNIT_OPERATOR)

    page = sign_in(operator).get(f"{INDEX}?day=6").text

    assert re.search(r'class="chip".*?</span>Ada waktu: Sabtu', page, re.DOTALL)


def test_officers_find_by_skill_and_place(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    ProvinceFactory(region=office.region)
    here = RegencyFactory()
    skill = SkillFactory(name="Tata surya")
    VolunteerFactory(office=office, name="Bisa", skills=[skill], regency=here)
    VolunteerFactory(office=office, name="Tidak", regency=here)

    found = sign_in(operator).get(f"{INDEX}?skill={skill.pk}&regency={here.pk}")

    assert names(found) == {"Bisa"}


def test_a_sheet_holds_what_the_list_shows(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    VolunteerFactory(office=office, name="=Kuntum", availability=[61, 73, 71])

    page = sign_in(operator).get(INDEX)
    sheet = sign_in(operator).get(f"{INDEX}?export=csv")

    assert "Sab, Min" in page.text
    text = b"".join(sheet).decode()
    assert "'=Kuntum" in text
    assert "Sab, Min" in text


def test_what_waits_stands_on_the_home_page(sign_in):
    volunteer = VolunteerFactory(status=Status.SUBMITTED)
    operator = person(Role.UNIT_OPERATOR, volunteer.office)

    page = sign_in(operator).get(reverse("reports:home"))

    assert [task.title for task in page.context["tasks"]] == [volunteer.name]


def test_the_start_page_is_for_everybody(client):
    page = client.get(reverse("partners:volunteer_start")).content.decode()

    assert f"{reverse('account_signup')}?next={REGISTER}" in page


@pytest.mark.parametrize("name", ["home", "account_signup"])
def test_front_page_and_sign_up_lead_there(client, name):
    page = client.get(reverse(name)).content.decode()

    assert reverse("partners:volunteer_start") in page


def test_an_operator_writes_a_volunteer_down_screen_by_screen(sign_in, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    client, enter = sign_in(operator), reverse("partners:volunteer_enter")

    client.post(f"{enter}?province=53&regency=53.71", who(unit))
    volunteer = Volunteer.objects.get()
    page = client.post(url("offer", volunteer), offer(), follow=True)

    volunteer.refresh_from_db()
    assert (volunteer.user, volunteer.status) == (None, Status.DRAFT)
    assert volunteer.phone == "+6281234567890"
    assert page.redirect_chain[-1][0] == volunteer.get_absolute_url()
    assert "Cetak slipnya" in page.text


def test_a_volunteer_is_written_down_only_if_he_agrees(sign_in, unit):
    client = sign_in(person(Role.UNIT_OPERATOR, unit))
    answers = who(unit)
    del answers["is_adult"]

    page = client.post(
        f"{reverse('partners:volunteer_enter')}?province=53&regency=53.71", answers
    )

    assert "setuju datanya dicatat" in page.text
    assert not Volunteer.objects.exists()


@pytest.mark.parametrize("regency", ["", "99.99", "2026-13"])
def test_an_officer_is_asked_for_the_place_too(sign_in, unit, regency):
    """His choice of units does not depend on it, so nothing else would ask."""
    sent = who(unit) | {"province": "53", "regency": regency}

    page = sign_in(person(Role.UNIT_OPERATOR, unit)).post(
        reverse("partners:volunteer_enter"), sent
    )

    assert list(page.context["where"].errors) == ["regency"]
    assert not Volunteer.objects.exists()


def test_an_officer_enters_volunteers_of_his_branch_alone(sign_in, unit):
    client = sign_in(person(Role.UNIT_OPERATOR, UnitFactory(parent=unit.parent)))

    client.post(
        f"{reverse('partners:volunteer_enter')}?province=53&regency=53.71", who(unit)
    )

    assert not Volunteer.objects.exists()


def test_an_officer_at_the_counter_chooses_the_unit_for_another(sign_in, unit):
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    page = client.get(
        reverse("partners:volunteer_enter"), {"province": "53", "regency": "53.71"}
    )

    assert "di sana ia akan membantu" in page.text
    assert "Anda akan membantu" not in page.text
