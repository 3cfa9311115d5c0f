"""What waits to be examined or decided, and who has it in hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from partners.models import Partnership
from partners.vetting import handling
from partners.vetting.waiting import in_queue
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from tests.factories import PartnershipFactory, person

pytestmark = pytest.mark.django_db
Status = Partnership.Status
QUEUE = reverse("partners:queue")


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def waiting(operator):
    return PartnershipFactory(office=operator.acting.office, status=Status.SUBMITTED)


def shown(response) -> list[str]:
    return [row.partner.name for row in response.context["page"]]


def test_the_queue_shows_what_waits_longest_first(sign_in, operator):
    office, now = operator.acting.office, timezone.now()
    for age, status in enumerate(Status):
        PartnershipFactory(
            office=office,
            status=status,
            name=status,
            status_since=now - timedelta(days=age),
        )
    PartnershipFactory(status=Status.SUBMITTED)  # of another unit

    response = sign_in(operator).get(QUEUE)

    assert shown(response) == [Status.VERIFYING, Status.SUBMITTED]


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (datetime(2026, 3, 13, 15, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 13, 16, 0, tzinfo=UTC), True),
    ],
)
def test_late_begins_at_midnight_where_the_office_stands(now, late):
    """Three days from the tenth are over when the thirteenth ends in Kupang."""
    partner = PartnershipFactory(
        status=Status.SUBMITTED,
        office__zone="Asia/Makassar",
        status_since=datetime(2026, 3, 10, 1, 0, tzinfo=UTC),
    )

    row = in_queue(Partnership.objects.all(), now).get()

    assert (row.pk, row.is_late, row.waited) == (partner.pk, late, 3)


def test_the_queue_is_narrowed_to_mine_and_to_nobodys(sign_in, operator):
    office = operator.acting.office
    colleague = person(Role.UNIT_OPERATOR, office)
    for name, handler in [("Saya", operator), ("Rekan", colleague), ("Bebas", None)]:
        PartnershipFactory(
            office=office, status=Status.SUBMITTED, name=name, handler=handler
        )
    client = sign_in(operator)

    found = {
        each: shown(client.get(QUEUE, {"handler": each})) for each in ("me", "nobody")
    }

    assert found == {"me": ["Saya"], "nobody": ["Bebas"]}


def test_late_ones_are_found_by_themselves(sign_in, operator):
    office = operator.acting.office
    long_ago = timezone.now() - timedelta(days=60)
    PartnershipFactory(office=office, status=Status.SUBMITTED)
    PartnershipFactory(
        office=office, status=Status.SUBMITTED, name="Lama", status_since=long_ago
    )

    response = sign_in(operator).get(QUEUE, {"is_late": "true"})

    assert shown(response) == ["Lama"]
    assert "Terlambat" in response.content.decode()


def test_who_takes_an_examination_goes_on_to_it(sign_in, operator, waiting):
    response = sign_in(operator).post(reverse("partners:take", args=[waiting.pk]))

    waiting.refresh_from_db()
    assert (response.url, waiting.handler) == (
        reverse("partners:verify", args=[waiting.pk]),
        operator,
    )
    assert Entry.objects.about(waiting).get().action == "partnership.taken"


def test_what_one_has_taken_no_other_takes(operator, waiting):
    handling.take(waiting, by=operator)

    with pytest.raises(ValidationError, match="sudah ada petugasnya"):
        handling.take(waiting, by=person(Role.UNIT_OPERATOR, waiting.office))


def test_a_colleague_is_given_an_examination_and_told(operator, waiting):
    colleague = person(Role.UNIT_OPERATOR, waiting.office)

    handling.hand_over(waiting, colleague=colleague, by=operator)

    waiting.refresh_from_db()
    assert waiting.handler == colleague
    assert Notice.objects.get().user == colleague


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.PARTNER])
def test_nobody_is_given_what_he_may_not_examine(operator, waiting, role):
    with pytest.raises(ValidationError, match="tidak memeriksa"):
        handling.hand_over(waiting, colleague=person(role, waiting.office), by=operator)


def test_an_examination_is_put_back_for_all(operator, waiting):
    handling.take(waiting, by=operator)

    handling.put_back(waiting, by=person(Role.UNIT_HEAD, waiting.office))

    waiting.refresh_from_db()
    assert waiting.handler is None


def test_whoever_examined_has_it_when_it_comes_back(sign_in, operator, waiting):
    sign_in(operator).post(
        reverse("partners:verify", args=[waiting.pk]),
        {"rest_is_met": "on", "verdict": "returned", "reason": "Akta kabur"},
    )

    waiting.refresh_from_db()
    assert (waiting.status, waiting.handler) == (Status.RETURNED, operator)


def test_a_row_leads_to_where_this_person_judges_it(sign_in, waiting):
    head = person(Role.UNIT_HEAD, waiting.office)
    judged = PartnershipFactory(office=waiting.office, status=Status.VERIFYING)

    page = sign_in(head).get(QUEUE).content.decode()

    assert reverse("partners:decide", args=[judged.pk]) in page
    assert reverse("partners:verify", args=[waiting.pk]) not in page
    assert reverse("partners:take", args=[waiting.pk]) not in page


def test_the_queue_says_since_when_the_applicant_waits(sign_in, operator, waiting):
    Partnership.objects.update(submitted_on=date(2026, 3, 9))

    response = sign_in(operator).get(QUEUE)

    assert "diajukan 9 Mar 2026" in response.text
