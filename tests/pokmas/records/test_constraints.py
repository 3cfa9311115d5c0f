from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.db.models.functions import Lower

from agreements.models import Agreement
from outreach.models import Activity
from pokmas.records.constraints import Undecided, truth
from tests.factories import ActivityFactory, AgreementFactory

DAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Q(status="draft"), True),
        (Q(status__in=["signed", "suspended"]), False),
        (~Q(status="draft"), False),
        (Q(ends_on__gt=F("starts_on")), True),
        (Q(signed_on=None), True),
        (Q(signed_on__isnull=False), False),
        (Q(signed_on__lte=F("starts_on")), None),
        (~Q(signed_on__lte=F("starts_on")), None),
        (Q(signed_on__lte=DAY) | Q(status="draft"), True),
        (Q(signed_on__lte=DAY) & Q(status="signed"), False),
        (Q(signed_on__lte=DAY) & Q(status="draft"), None),
        (Q(scan__isnull=True) & ~(Q(title="") | Q(status="signed")), True),
    ],
)
def test_a_condition_is_read_off_the_record_as_sql_would(condition, expected):
    record = Agreement(
        title="PKS", starts_on=DAY, ends_on=date(2027, 9, 1), signed_on=None
    )

    assert truth(condition, record) is expected


@pytest.mark.parametrize(
    "condition",
    [Q(starts_on__day=1), Q(title=Lower("title")), Q(partner__name="x"), Q(no=1)],
)
def test_what_only_the_database_can_tell_is_not_guessed(condition):
    with pytest.raises(Undecided):
        truth(condition, Agreement(title="PKS", starts_on=DAY, partner_id=1))


@pytest.mark.django_db
def test_what_holds_asks_the_database_nothing(django_assert_num_queries):
    activity = ActivityFactory(status="reported")

    with django_assert_num_queries(0):
        activity.validate_constraints()


@pytest.mark.django_db
def test_what_does_not_hold_is_refused_in_its_own_words():
    activity = ActivityFactory(status="reported")
    activity.output = ""

    with pytest.raises(ValidationError) as caught:
        activity.validate_constraints()

    assert caught.value.messages == ["Hasil kegiatan wajib diisi."]


@pytest.mark.django_db
def test_a_number_used_twice_is_still_asked_of_the_database():
    first = AgreementFactory(status="signed")
    second = AgreementFactory(office=first.office, status="signed")
    second.our_number, second.number_year = first.our_number, first.number_year

    with pytest.raises(ValidationError, match="sudah dipakai"):
        second.validate_constraints()


def test_every_check_of_an_activity_is_decided_here():
    activity = Activity(starts_at=DAY, ends_at=DAY, status="planned")

    for constraint in Activity._meta.constraints:
        assert truth(constraint.condition, activity) is not False
