from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.http import HttpResponse, QueryDict

from agreements.models import Agreement
from outreach.models import Activity
from pokmas.accounts.middleware import SignInRequiredMiddleware
from pokmas.accounts.roles import Role
from pokmas.records.constraints import Undecided, in_words, refusal_of, truth
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    UserFactory,
    person,
)

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


def broken(act):
    """The error of the database about what `act` writes."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return caught.value


@pytest.mark.django_db
def test_what_the_database_refuses_is_said_in_the_words_of_its_constraint():
    user, group = UserFactory(), CommunityGroupFactory(name="Peduli")
    errors = [
        broken(lambda: UserFactory(email=user.email)),
        broken(lambda: CommunityGroupFactory(office=group.office, name="PEDULI")),
    ]

    assert [refusal_of(each).messages for each in errors] == [
        ["Sudah ada Akun dengan Alamat surel ini."],
        ["Unit ini sudah punya kelompok bernama sama."],
    ]


@pytest.mark.django_db
def test_an_error_without_words_stays_an_error():
    error = broken(lambda: Agreement.objects.create(title="PKS"))

    with pytest.raises(IntegrityError), in_words():
        raise error
    assert refusal_of(ValueError("lain")) is None


@pytest.mark.django_db
def test_a_view_without_words_for_it_says_what_the_constraint_says(sign_in):
    user = person(Role.VOLUNTEER)
    client = sign_in(user)
    request = client.post("/people/me/edit/", {"full_name": ""}).wsgi_request
    request.POST = QueryDict("full_name=Sari+Uji")
    error = broken(lambda: UserFactory(email=user.email))

    answer = SignInRequiredMiddleware(HttpResponse).process_exception(request, error)

    said = [str(message) for message in get_messages(request)]
    request.session.save()
    page = client.get(answer.url).content.decode()
    assert len(said) == 1
    assert "Orang lain lebih dahulu" in page
    assert '<input type="hidden" name="full_name" value="Sari Uji">' in page


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
