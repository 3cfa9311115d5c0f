"""The number of a volunteer: kept sealed, read for a reason, and not for long."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from partners.models import Nik, Volunteer
from partners.nik import services as numbers
from partners.volunteers import services
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.rules.models import Rule
from tests.factories import (
    FieldFactory,
    SkillFactory,
    VolunteerFactory,
    person,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Volunteer.Status
# A woman born on 15 May 1990.
NUMBER = "5371015505900001"
FIND = reverse("partners:volunteer_find")


def url(name, volunteer):
    return reverse(f"partners:volunteer_{name}", args=[volunteer.pk])


def offer(**more):
    answers = {
        "phone": "0812 3456 7890",
        "skills": [SkillFactory().pk],
        "interests": [FieldFactory().pk],
        "availability": ["11"],
        "revision": 0,
    }
    return answers | more


def with_nik(**more):
    more = {"status": Status.SUBMITTED} | more
    return VolunteerFactory(nik=numbers.keep(NUMBER), **more)


def everything_stored() -> str:
    """All rows of all tables as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [text for (text,) in cursor.fetchall()]
    return "\n".join(rows)


def test_no_table_and_no_log_holds_the_number_in_clear(sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    user = volunteer_of(status=Status.DRAFT)
    volunteer = user.volunteers.get()
    operator = person(Role.UNIT_OPERATOR, volunteer.office)

    sign_in(user).post(url("offer", volunteer), offer(nik=NUMBER))
    client = sign_in(operator)
    Volunteer.objects.filter(pk=volunteer.pk).update(status=Status.SUBMITTED)
    shown = client.post(url("nik", volunteer), {"reason": "Cocokkan KTP."})
    client.post(FIND, {"nik": NUMBER})

    assert NUMBER in shown.content.decode()
    assert (
        "••••••••••••0001" in client.get(volunteer.get_absolute_url()).content.decode()
    )
    assert NUMBER not in everything_stored()
    assert NUMBER not in caplog.text


def test_a_form_kept_at_the_end_of_a_session_keeps_no_number(sign_in, client):
    user = volunteer_of(status=Status.DRAFT)
    sign_in(user)
    session = client.session
    session.flush()

    client.post(url("offer", user.volunteers.get()), offer(nik=NUMBER))

    assert NUMBER not in str(dict(client.session.items()))


@pytest.mark.parametrize(
    "number", ["537101550590000", "5371013213900001", "5371015505900001x", "abc"]
)
def test_a_number_that_cannot_be_is_refused(sign_in, number):
    user = volunteer_of(status=Status.DRAFT)

    response = sign_in(user).post(
        url("offer", user.volunteers.get()), offer(nik=number)
    )

    assert list(response.context["form"].errors) == ["nik"]
    assert not Nik.objects.exists()


@pytest.mark.parametrize("said", [{"sex": "male"}, {"birth_year": 1991}])
def test_a_number_that_says_another_year_or_sex_is_asked_about(sign_in, said):
    user = volunteer_of(status=Status.DRAFT, **said)
    address = url("offer", user.volunteers.get())
    client = sign_in(user)

    asked = client.post(address, offer(nik=NUMBER))
    client.post(address, offer(nik=NUMBER, nik_is_right="on"))

    assert list(asked.context["form"].errors) == ["nik"]
    assert user.volunteers.get().nik is not None


def test_an_empty_answer_keeps_the_number_and_a_tick_drops_it(sign_in):
    user = volunteer_of(status=Status.DRAFT, nik=numbers.keep(NUMBER))
    address = url("offer", user.volunteers.get())
    client = sign_in(user)

    client.post(address, offer())
    kept = user.volunteers.get().nik
    client.post(address, offer(drop_nik="on", revision=1))

    assert kept is not None
    assert user.volunteers.get().nik is None
    assert not Nik.objects.exists()


@pytest.mark.parametrize(
    ("status", "decided", "until"),
    [
        (Status.DRAFT, False, "disimpan sampai 14 Juni 2026"),
        (Status.SUBMITTED, False, None),
        (Status.ACTIVE, True, "disimpan sampai 14 Juli 2026"),
    ],
)
def test_his_page_says_until_when_the_number_is_kept(sign_in, status, decided, until):
    user = volunteer_of(
        status=status,
        nik=numbers.keep(NUMBER),
        status_since=datetime(2026, 5, 15, 3, tzinfo=UTC),
        decided_at=datetime(2026, 6, 14, 3, tzinfo=UTC) if decided else None,
    )

    page = sign_in(user).get(user.volunteers.get().get_absolute_url()).text

    assert re.findall(r"disimpan sampai [\w ]+", page) == ([until] if until else [])


def test_the_form_says_how_long_a_number_is_kept(sign_in):
    user = volunteer_of(status=Status.DRAFT)

    form = sign_in(user).get(url("offer", user.volunteers.get())).context["form"]

    assert "paling lama 30 hari sesudah" in form["nik"].help_text


def test_another_number_takes_the_place_of_the_first():
    user = volunteer_of(status=Status.DRAFT, nik=numbers.keep(NUMBER))
    volunteer = user.volunteers.get()

    services.edit(
        volunteer, revision=0, changed=["nik"], nik="5371015505900002", by=user
    )

    assert numbers.read(Nik.objects.get()) == "5371015505900002"


def test_each_reading_has_a_reason_in_the_trail(sign_in):
    volunteer = with_nik()
    operator = person(Role.UNIT_OPERATOR, volunteer.office)
    client = sign_in(operator)

    without = client.post(url("nik", volunteer), {"reason": " "})
    client.post(url("nik", volunteer), {"reason": "Cocokkan KTP."})

    assert NUMBER not in without.content.decode()
    entry = Entry.objects.get(action="volunteer.nik_shown")
    assert (entry.actor, entry.details) == (operator, {"reason": "Cocokkan KTP."})


@pytest.mark.parametrize("role", [Role.REGIONAL_ADMIN, Role.AMBASSADOR])
def test_others_see_not_even_its_end(sign_in, role):
    volunteer = with_nik()
    office = volunteer.office
    user = person(role, office.region if role == Role.REGIONAL_ADMIN else office)
    client = sign_in(user)

    assert "0001" not in client.get(volunteer.get_absolute_url()).content.decode()
    assert client.get(url("nik", volunteer)).status_code == 403
    assert client.get(FIND).status_code == 403


def test_of_a_number_known_elsewhere_an_officer_learns_no_more(sign_in):
    far = with_nik(name="Jauh Sekali")
    near = with_nik(name="Dekat Sini")
    operator = person(Role.UNIT_OPERATOR, near.office)

    page = sign_in(operator).post(FIND, {"nik": NUMBER})

    told = page.content.decode()
    assert [row.name for row in page.context["seen"]] == ["Dekat Sini"]
    assert page.context["elsewhere"] == 1
    assert far.name not in told
    assert str(far.office) not in told


def test_who_decides_is_told_that_the_person_is_known(sign_in):
    with_nik(name="Jauh Sekali")
    near = with_nik(name="Dekat Sini")
    operator = person(Role.UNIT_OPERATOR, near.office)

    page = sign_in(operator).get(url("decide", near))

    assert "Orang dengan NIK ini sudah dikenal" in page.content.decode()
    assert "Jauh Sekali" not in page.content.decode()


@pytest.mark.parametrize(
    ("status", "days", "left"),
    [
        (Status.ACTIVE, 29, 1),
        (Status.ACTIVE, 31, 0),
        (Status.DECLINED, 31, 0),
        (Status.SUBMITTED, 400, 1),
        (Status.DRAFT, 31, 0),
    ],
)
def test_numbers_that_have_served_are_deleted(status, days, left):
    now = timezone.now()
    then = now - timedelta(days=days)
    decided = then if status in {Status.ACTIVE, Status.DECLINED} else None
    volunteer = with_nik(status=status, decided_at=decided, status_since=then)

    services.purge_niks(now)

    volunteer.refresh_from_db()
    assert Nik.objects.count() == left
    assert (volunteer.nik is not None) == bool(left)


def test_how_long_they_are_kept_is_a_rule():
    now = timezone.now()
    Rule.objects.create(
        code=Rule.Code.NIK_DAYS, value=3, valid_from=now.date(), source="Uji"
    )
    with_nik(status=Status.ACTIVE, decided_at=now - timedelta(days=4))

    assert services.purge_niks(now) == 1


def test_who_withdraws_leaves_no_number():
    user = volunteer_of(status=Status.SUBMITTED, nik=numbers.keep(NUMBER))

    services.withdraw(user.volunteers.get(), by=user)

    assert not Nik.objects.exists()
