"""What a cycle of an activity asks of the database, one round trip each."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outreach.models import Activity, Evidence
from outreach.plans import services as plans
from outreach.results import services as results
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    DocumentFactory,
    PartnerFactory,
    person,
)

pytestmark = pytest.mark.django_db
MOST = 20


@pytest.fixture
def head(operator):
    return person(Role.UNIT_HEAD, operator.acting.office)


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


def as_in_a_request(user: User) -> User:
    """Whoever is signed in; his assignment and what it may do are known by then."""
    ContentType.objects.get_for_models(Activity, Document, Evidence)
    user = User.objects.get(pk=user.pk)
    assert user.permissions
    return user


def asked(do) -> int:
    """The round trips, without the savepoint that stands for the transaction here."""
    with CaptureQueriesContext(connection) as queries:
        do()
    return len(queries) - 2


def test_a_plan_asks_little(operator, head):
    by = as_in_a_request(operator)
    partner = PartnerFactory(office=by.acting.office, status="active")
    starts_at = timezone.now() + timedelta(days=7)
    activity = Activity(
        office=by.acting.office,
        type=ActivityTypeFactory(),
        title="Penyuluhan hukum",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="Balai Desa Tarus",
        regency=partner.regency,
    )

    assert asked(lambda: plans.plan(activity, partners=[partner], by=by)) <= MOST


def test_a_report_with_two_photos_asks_little(operator, head):
    by = as_in_a_request(operator)
    activity = ActivityFactory(office=by.acting.office, output="Selesai")
    photos = DocumentFactory.create_batch(2, uploaded_by=by)
    counts = {("adult_client", "male"): 12, ("public", "female"): 30}

    def report():
        results.report(
            activity,
            by=by,
            declared=True,
            revision=activity.revision,
            counts=counts,
            photos=photos,
        )

    # Two more: what is usual at the unit, and what others show and say.
    assert asked(report) <= MOST + 2


def test_a_verification_asks_little(operator, head):
    by = as_in_a_request(head)
    made = ActivityFactory(
        office=by.acting.office, status="reported", reported_by=operator
    )
    activity = Activity.objects.for_page().get(pk=made.pk)

    assert asked(lambda: results.verify(activity, by=by)) <= MOST
