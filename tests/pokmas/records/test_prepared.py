"""A query whose SQL is made once answers as Django's own does, each time anew."""

import pytest
import time_machine

from pokmas.accounts.backends import SOMEBODY, WITH_FACTOR, PeopleBackend
from pokmas.accounts.models import Assignment
from pokmas.accounts.roles import Role
from pokmas.records.prepared import Prepared
from tests.factories import UnitFactory, person

pytestmark = pytest.mark.django_db


def test_each_value_gets_its_own_rows_with_all_that_belongs_to_them(
    django_assert_num_queries,
):
    first, second = person(Role.UNIT_OPERATOR), person(Role.UNIT_HEAD, UnitFactory())
    prepared = Prepared(WITH_FACTOR.filter(user=SOMEBODY), SOMEBODY)

    for user in (first, second, first):
        usual = WITH_FACTOR.get(user=user)
        with django_assert_num_queries(1):
            (found,) = prepared.of(user.pk)
            assert (found.user, found.office) == (user, usual.office)
        assert vars(found).keys() == vars(usual).keys()
        assert found.role_changes == usual.role_changes
        assert found.has_second_factor is usual.has_second_factor
    assert prepared.of(0) == []


def test_what_changes_is_read_anew():
    user = person(Role.UNIT_OPERATOR)
    prepared = Prepared(Assignment.objects.filter(user=SOMEBODY), SOMEBODY)
    (before,) = prepared.of(user.pk)
    user.assignments.update(decree_number="W17-1")

    (after,) = prepared.of(user.pk)

    assert (before.decree_number, after.decree_number) == ("", "W17-1")


# In the night it is another day in the east than in the west.
@pytest.mark.parametrize("hour", ["03:00", "15:30", "16:30"])
def test_a_person_is_found_with_what_he_holds_that_day(hour):
    with time_machine.travel(f"2026-11-20 {hour}Z", tick=False):
        user = person(Role.UNIT_OPERATOR)
        assert PeopleBackend().get_user(user.pk).held == [user.acting]
    with time_machine.travel(f"2026-11-18 {hour}Z", tick=False):
        assert PeopleBackend().get_user(user.pk).held == []
