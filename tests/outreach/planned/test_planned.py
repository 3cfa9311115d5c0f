"""An activity carries out an item of its agreement's work plan."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from agreements.plans.progress import progress_of
from outreach.corrections import services as corrections
from outreach.models import Activity, ClosedMonth, PlannedActivity
from outreach.planned.services import link, put_in_plan
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.words import dates
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AgreementFactory,
    PlanItemFactory,
    RegencyFactory,
    person,
)

pytestmark = pytest.mark.django_db
CREATE = "/activities/create/"


@pytest.fixture
def item():
    today = timezone.localdate()
    agreement = AgreementFactory(
        status="signed",
        signed_on=today - timedelta(days=30),
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=300),
    )
    return PlanItemFactory(agreement=agreement, type_code=ActivityTypeFactory().code)


def answers(item, **changes):
    day = dates.date_short(timezone.localdate() + timedelta(days=7))
    return {
        "type": ActivityTypeFactory().pk,
        "title": "Penyuluhan hukum",
        "starts_at_0": day,
        "starts_at_1": "09.00",
        "ends_at_0": day,
        "ends_at_1": "11.00",
        "mode": "on_site",
        "place": "Balai Desa Tarus",
        "regency": RegencyFactory().pk,
        "funding": "none",
        "revision": "0",
        "submission_key": str(uuid.uuid4()),
        "partners": [item.agreement.partner_id],
        "agreement": item.agreement_id,
        "plan_item": item.pk,
        **changes,
    }


def test_an_activity_is_planned_from_an_item(sign_in, item):
    client = sign_in(person(Role.UNIT_OPERATOR, item.agreement.office))

    form = client.get(f"{CREATE}?plan_item={item.pk}").context["form"]
    client.post(CREATE, answers(item))

    assert form["plan_item"].value() == item.pk
    assert next(choice for choice, _label in form.fields["plan_item"].choices) == ""
    assert form["agreement"].value() == item.agreement_id
    assert form["type"].initial.code == item.type_code
    assert Activity.objects.get().planned_as.item == item


def test_an_item_of_another_agreement_is_not_taken(sign_in, item):
    client = sign_in(person(Role.UNIT_OPERATOR, item.agreement.office))
    other = PlanItemFactory()

    page = client.post(CREATE, answers(item, plan_item=other.pk))

    assert "plan_item" in page.context["form"].errors
    assert not Activity.objects.exists()


def test_an_item_that_one_may_not_see_is_not_offered(sign_in, item):
    client = sign_in(person(Role.UNIT_OPERATOR))

    form = client.get(f"{CREATE}?plan_item={item.pk}").context["form"]

    assert "plan_item" not in form.fields


def test_the_link_follows_what_is_chosen(item):
    activity = ActivityFactory(agreement=item.agreement, item=item)

    link(activity, None)

    assert not PlannedActivity.objects.exists()


def test_a_link_across_agreements_is_refused(item):
    with pytest.raises(ValidationError, match="bukan dari rencana"):
        link(ActivityFactory(), item)


def test_a_correction_carries_out_the_same_item(item):
    office = item.agreement.office
    locked = ActivityFactory(
        office=office, agreement=item.agreement, item=item, status="locked"
    )
    ClosedMonth.objects.create(office=office, month=locked.held_on.replace(day=1))

    corrections.replace(
        locked, reason="Salah hitung", by=person(Role.UNIT_OPERATOR, office)
    )

    assert item.activities.count() == 2


def test_what_was_verified_is_put_into_the_plan_afterwards(sign_in, item):
    office = item.agreement.office
    activity = ActivityFactory(
        office=office, agreement=item.agreement, status="verified"
    )
    client = sign_in(person(Role.UNIT_OPERATOR, office))
    plan = client.get(f"{item.agreement.get_absolute_url()}?tab=plan")
    address = reverse("outreach:put_in_plan", args=[activity.pk])

    beside = progress_of(item.agreement)
    listed = client.get(f"/activities/?agreement={item.agreement_id}&beside_plan=on")
    client.post(address, {"plan_item": item.pk, "revision": activity.revision})
    within = progress_of(item.agreement)

    assert (beside.beside.verified, beside.fulfilled) == (1, 0)
    assert "beside_plan=on" in plan.content.decode()
    assert activity.title in listed.content.decode()
    assert (within.beside.verified, within.fulfilled) == (0, 1)
    assert Entry.objects.get(action="activity.placed").details["item"] == str(item)
    history = client.get(f"{activity.get_absolute_url()}?tab=history")
    assert "Memilih butir rencana kerja kegiatan" in history.content.decode()


def test_a_stranger_and_an_item_of_others_change_no_plan(sign_in, item):
    office = item.agreement.office
    activity = ActivityFactory(
        office=office, agreement=item.agreement, status="verified"
    )
    other = PlanItemFactory()
    address = reverse("outreach:put_in_plan", args=[activity.pk])

    strangers = sign_in(person(Role.UNIT_OPERATOR)).post(
        address, {"plan_item": item.pk}
    )
    operator = person(Role.UNIT_OPERATOR, office)
    page = sign_in(operator).post(address, {"plan_item": other.pk})

    assert strangers.status_code == 404
    assert "plan_item" in page.context["form"].errors
    with pytest.raises(ValidationError, match="bukan dari rencana"):
        put_in_plan(activity, by=operator, plan_item=other)
    assert not PlannedActivity.objects.exists()


def test_without_a_plan_there_is_nothing_to_choose():
    activity = ActivityFactory(agreement=AgreementFactory(), status="verified")
    operator = person(Role.UNIT_OPERATOR, activity.office)

    with pytest.raises(ValidationError, match="tanpa kerja sama yang mempunyai"):
        put_in_plan(activity, by=operator)
