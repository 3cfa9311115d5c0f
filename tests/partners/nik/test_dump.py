"""Whoever takes away a dump, a log or the broker reads no NIK in it."""

import base64
import logging
import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import DataError, connection
from django.urls import reverse

from partners.models import Nik, Promise, Volunteer
from partners.nik import services as numbers
from partners.volunteers.first import VOLUNTEER
from pokmas.accounts.models import ConsentText
from pokmas.accounts.roles import Role
from pokmas.celery import app
from tests.factories import (
    FieldFactory,
    ProvinceFactory,
    RegencyFactory,
    RegionFactory,
    SkillFactory,
    UnitFactory,
    person,
    volunteer_of,
)
from tests.owner import as_owner
from tests.pokmas.jobs.processes import WORKER, Broker, environment, running
from tests.waiting import wait_until

NUMBER, TYPED = "5371015505900001", "5371 0155-0590.0001"
OTHER = "5371015505900002"


def disguises(number: str) -> Iterator[str]:
    """How it may stand in a dump: in clear, as bytes, within base64."""
    yield number
    yield number.encode().hex()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + number.encode()).decode()
        bits = 8 * (shift + len(number))
        yield encoded[-(-8 * shift // 6) : bits // 6]


def shown_in(text: str) -> list[str]:
    """The disguises of the numbers that are found, however they were typed."""
    plain = re.sub(r"[\s.\-]", "", text)
    return [each for each in (*disguises(NUMBER), *disguises(OTHER)) if each in plain]


def dumped() -> str:
    """Each column of each row of each table of the database; sessions unpacked too."""
    rows = [str(session.get_decoded()) for session in Session.objects.all()]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            rows += [text for (text,) in cursor.fetchall()]
    return "\n".join(rows)


def url(name, volunteer):
    return reverse(f"partners:volunteer_{name}", args=[volunteer.pk])


class Said(list):
    """What was said to the database, with its values."""

    def __call__(self, execute, sql, params, many, context):
        self.append(f"{sql} {params}")
        return execute(sql, params, many, context)


def register(client, unit, nik) -> Volunteer:
    """All screens, as somebody fills them in."""
    first = client.post(
        f"{reverse('partners:volunteer_register')}?province=53&regency=53.71",
        {
            "office": unit.pk,
            "name": "Agustina Angan",
            "sex": "female",
            "birth_year": "1990",
            "is_adult": "on",
        },
    )
    offer = {
        "phone": "0812 3456 7890",
        "skills": [SkillFactory().pk],
        "interests": [FieldFactory().pk],
        "availability": ["11"],
    }
    wrong = client.post(first.url, offer | {"nik": f"{nik}9", "revision": 0})
    assert list(wrong.context["form"].errors) == ["nik"]
    second = client.post(first.url, offer | {"nik": nik, "revision": 0})
    texts = {
        "promise": Promise.objects.get().pk,
        "consent": ConsentText.objects.get(purpose=VOLUNTEER).pk,
    }
    client.post(second.url, texts | {"promises": "on", "consents": "on"})
    return Volunteer.objects.get()


@pytest.fixture
def broker():
    broker = Broker()
    broker.flush()
    yield broker
    broker.flush()


@pytest.fixture
def unit(db):
    region = RegionFactory()
    ProvinceFactory(region=region)
    unit = UnitFactory(parent=region)
    unit.working_area.add(RegencyFactory())
    return unit


@pytest.mark.parametrize("disguise", list(disguises(NUMBER)))
def test_a_number_would_be_found(disguise):
    assert disguise in shown_in(f"(1,{disguise[:4]} {disguise[4:]},2026)")


@pytest.mark.worker
@pytest.mark.xdist_group("worker")
@pytest.mark.django_db(transaction=True)
def test_from_registration_to_its_end_it_stands_nowhere_in_clear(
    sign_in, applicant, unit, broker, caplog, tmp_path
):
    caplog.set_level(logging.DEBUG)
    operator = person(Role.UNIT_OPERATOR, unit)
    said, log = Said(), tmp_path / "worker.log"

    with connection.execute_wrapper(said):
        volunteer = register(sign_in(applicant), unit, TYPED)
        client = sign_in(operator)
        shown = client.post(url("nik", volunteer), {"reason": "Cocokkan KTP."})
        found = client.post(reverse("partners:volunteer_find"), {"nik": TYPED})
        client.get(url("decide", volunteer))
        decision = {"verdict": "active", "revision": volunteer.revision}
        client.post(url("decide", volunteer), decision)
    for name in app.conf.beat_schedule:
        app.send_task(name)
    waiting = broker.dump()
    env = environment(connection.settings_dict["NAME"])
    with (
        log.open("wb") as file,
        running(*WORKER, "--queues=default,pdf,notify", env=env, log=file),
    ):
        wait_until(lambda: not any(map(broker.tasks, ("default", "pdf", "notify"))))
        waiting += broker.dump()

    volunteer.refresh_from_db()
    assert (volunteer.status, numbers.read(volunteer.nik)) == ("active", NUMBER)
    assert NUMBER in shown.text
    assert found.context["seen"] == [volunteer]
    assert "tell_of_ends" in waiting
    assert shown_in("\n".join(said)) == []
    assert shown_in(dumped()) == []
    assert shown_in(waiting) == []
    assert shown_in(caplog.text) == []
    assert shown_in(log.read_text()) == []


@pytest.mark.django_db(transaction=True)
def test_another_number_and_none_leave_nothing_behind(sign_in):
    user = volunteer_of(status="draft", nik=numbers.keep(NUMBER))
    volunteer = user.volunteers.get()
    client = sign_in(user)
    offer = {
        "phone": "0812 3456 7890",
        "skills": [SkillFactory().pk],
        "interests": [FieldFactory().pk],
        "availability": ["11"],
    }

    client.post(url("offer", volunteer), offer | {"nik": OTHER, "revision": 0})
    client.post(url("offer", volunteer), offer | {"drop_nik": "on", "revision": 1})

    assert not Nik.objects.exists()
    assert shown_in(dumped()) == []


@pytest.mark.django_db
def test_a_page_that_breaks_with_a_number_in_hand_does_not_tell_it(sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    user = volunteer_of(status="draft")
    client = sign_in(user)
    client.raise_request_exception = False

    def broken(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "partners_nik"'):
            raise DataError(f"{sql} {params}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken):
        answer = client.post(
            url("offer", user.volunteers.get()),
            {
                "phone": "0812 3456 7890",
                "skills": [SkillFactory().pk],
                "interests": [FieldFactory().pk],
                "availability": ["11"],
                "nik": NUMBER,
                "revision": 0,
            },
        )

    assert answer.status_code == 500
    assert "DataError" in caplog.text
    assert shown_in(caplog.text + answer.text) == []
