"""A record's day is the day of its office, whoever asks and from wherever."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from agreements.models import Agreement
from pokmas.accounts.models import Assignment
from pokmas.accounts.roles import Role
from pokmas.notices.services import holders
from pokmas.offices.models import Zone
from reports.figures.figures import Scope, values
from reports.figures.periods import Month
from tests.factories import (
    AgreementFactory,
    AssignmentFactory,
    HeadquartersFactory,
    UnitFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db

# 23.05 in Jakarta, five past midnight in Kupang and one hour later in Jayapura.
LATE = "2026-11-28 16:05Z"
TODAY, TOMORROW = date(2026, 11, 28), date(2026, 11, 29)


def ending_today(zone):
    return AgreementFactory(
        office=UnitFactory(zone=zone),
        status="signed",
        starts_on=date(2026, 1, 10),
        ends_on=TODAY,
    )


@pytest.mark.parametrize(
    ("zone", "words"),
    [(Zone.WIB, "expiring"), (Zone.WITA, "expired"), (Zone.WIT, "expired")],
)
def test_an_agreement_ends_at_midnight_where_its_unit_stands(zone, words):
    with time_machine.travel(LATE, tick=False):
        agreement = ending_today(zone)

        [row] = Agreement.objects.with_validity()

        assert row.validity == words
        assert Agreement.objects.in_force().filter(pk=agreement.pk).exists() == (
            words == "expiring"
        )
        assert Agreement.objects.expiring().filter(pk=agreement.pk).exists() == (
            words == "expiring"
        )


def test_headquarters_and_the_unit_read_the_same_of_an_agreement(sign_in):
    with time_machine.travel(LATE, tick=False):
        agreement = ending_today(Zone.WIT)
        readers = [
            person(Role.HEADQUARTERS, HeadquartersFactory()),
            person(Role.UNIT_OPERATOR, agreement.office),
        ]

        pages = [sign_in(user).get(agreement.get_absolute_url()) for user in readers]

        assert [page.context["agreement"].validity for page in pages] == ["expired"] * 2


def test_a_term_ends_and_the_next_begins_at_midnight_of_the_office():
    unit = UnitFactory(zone=Zone.WITA)
    substitute = AssignmentFactory(
        office=unit,
        role=Role.UNIT_HEAD,
        capacity="daily_acting",
        starts_on=date(2026, 11, 1),
        ends_on=TODAY,
    )
    head = AssignmentFactory(office=unit, role=Role.UNIT_HEAD, starts_on=TOMORROW)

    with time_machine.travel(LATE, tick=False):
        assert list(Assignment.objects.current().filter(office=unit)) == [head]
        assert (substitute.is_over, head.is_current) == (True, True)
        assert list(holders(Role.UNIT_HEAD, unit)) == [head.user]


def test_the_new_head_acts_from_midnight_of_his_office(sign_in):
    head = AssignmentFactory(
        office=UnitFactory(zone=Zone.WITA), role=Role.UNIT_HEAD, starts_on=TOMORROW
    ).user

    with time_machine.travel(LATE, tick=False):
        page = sign_in(head).get(reverse("reports:home"))

    assert page.wsgi_request.user.acting.role == Role.UNIT_HEAD


def test_a_running_month_counts_what_is_in_force_today(sign_in):
    """Not what will be on its last day, which the words on the page do not say."""
    unit = UnitFactory()
    ends_soon = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 11, 25)}
    begins_soon = {"starts_on": date(2026, 11, 28), "ends_on": date(2027, 11, 27)}
    AgreementFactory(
        office=unit, status="signed", signed_on=date(2026, 1, 1), **ends_soon
    )
    AgreementFactory(office=unit, status="signed", **begins_soon)

    with time_machine.travel("2026-11-21 05:00Z", tick=False):
        scope = Scope(unit, Month(2026, 11))
        assert scope.day == date(2026, 11, 21)
        assert values(scope, ["in_force"]) == {"in_force": 1}
        page = sign_in(person(Role.UNIT_HEAD, unit)).get(
            reverse("agreements:index"), {"in_force_on": "21-11-2026"}
        )
    assert page.context["page"].count == 1


def test_a_closed_month_counts_as_of_its_last_day():
    with time_machine.travel("2026-12-03 05:00Z", tick=False):
        assert Scope(UnitFactory(), Month(2026, 11)).day == date(2026, 11, 30)


def test_somebody_without_a_post_acts_for_nobody():
    assert UserFactory().acting is None
