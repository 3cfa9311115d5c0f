"""Whether the replica or the primary is read; the replica itself is in test_standby."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import transaction
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.health.services import all_parts
from pokmas.health.watched import State
from pokmas.server import replica
from pokmas.server.replica import Needed, OwnWritesMiddleware, Seen
from tests.factories import PartnerFactory, person
from tests.standby import told_of

PARTNERS = reverse("partners:index")
CLOSED_PORT = 9


@pytest.fixture
def away(transactional_db):
    with told_of(HOST="127.0.0.1", PORT=CLOSED_PORT):
        yield


@pytest.mark.parametrize(
    ("seen", "will_do"),
    [
        (Seen(is_replica=True, has_own=True, lag=0.0), True),
        (Seen(is_replica=True, has_own=True, lag=10.0), True),
        (Seen(is_replica=True, has_own=True, lag=10.1), False),
        (Seen(is_replica=True, has_own=False, lag=0.0), False),
        (Seen(is_replica=False, has_own=True, lag=0.0), False),
        (Seen(is_replica=True, has_own=True, lag=None), False),
    ],
)
def test_it_is_read_if_it_is_one_and_near_and_has_the_own_writing(seen, will_do):
    assert seen.will_do is will_do


@pytest.mark.django_db
def test_without_the_setting_nobody_is_asked(django_assert_num_queries):
    officer = person(Role.HEADQUARTERS)

    with django_assert_num_queries(0):
        assert replica.needed_by(officer) is None
        replica.remember(officer.pk)
    with pytest.raises(MiddlewareNotUsed):
        OwnWritesMiddleware(lambda request: None)


@pytest.mark.django_db(transaction=True)
def test_one_that_is_away_is_tried_once_and_missed_by_nobody(away, sign_in):
    reading = sign_in(person(Role.HEADQUARTERS))
    PartnerFactory(status="active")

    first = reading.get(PARTNERS)
    rests = replica._resting_until
    second = reading.get(PARTNERS)

    assert [len(page.context["page"]) for page in (first, second)] == [1, 1]
    assert rests == replica._resting_until > 0


@pytest.mark.django_db(transaction=True)
def test_a_sheet_comes_from_the_primary_while_it_is_away(away, sign_in):
    reading = sign_in(person(Role.HEADQUARTERS))
    partner = PartnerFactory(status="active")

    sheet = b"".join(reading.get(f"{PARTNERS}?export=csv").streaming_content)

    assert partner.name in sheet.decode()


@pytest.mark.django_db(transaction=True)
def test_one_that_is_away_is_a_fault_for_whoever_watches(away):
    found = {part.name: part for part in all_parts()}

    assert found["replica"].state == State.BAD
    assert "POKMAS_REPLICA_DATABASE_URL" in found["replica"].advice
    assert found["database"].state == State.OK


@pytest.mark.django_db(transaction=True)
def test_a_primary_is_not_taken_for_a_replica():
    with told_of():
        seen = replica.look(replica.where_it_is())
        found = {part.name: part for part in all_parts()}

    assert (seen.is_replica, seen.will_do) == (False, False)
    assert found["replica"].state == State.BAD


@pytest.mark.django_db(transaction=True)
def test_nobody_is_led_away_from_the_middle_of_a_transaction(away):
    officer = person(Role.HEADQUARTERS)

    outside = replica.needed_by(officer)
    with transaction.atomic():
        inside = replica.needed_by(officer)

    assert (type(outside), inside) == (Needed, None)


@pytest.mark.django_db(transaction=True)
def test_what_somebody_wrote_is_remembered_as_far_as_it_came(away):
    writer, other = person(Role.HEADQUARTERS), person(Role.HEADQUARTERS)
    before = replica.needed_by(writer)

    PartnerFactory()
    replica.remember(writer.pk)

    after = replica.needed_by(writer)
    assert (before.own, replica.needed_by(other).own) == (None, None)
    assert position(before.newest) < position(after.own) <= position(after.newest)


def position(text):
    high, low = text.split("/")
    return int(high, 16) << 32 | int(low, 16)
