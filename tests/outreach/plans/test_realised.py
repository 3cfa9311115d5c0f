"""What was planned at first, against what was held."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.activities.columns import ACTIVITIES
from outreach.models import Activity
from outreach.plans import services as plans
from pokmas.accounts.roles import Role
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    RegencyFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


def planned(operator, ahead):
    starts_at = timezone.now() + ahead
    activity = Activity(
        office=operator.acting.office,
        type=ActivityTypeFactory(code="rapat", name="Rapat", is_internal=True),
        title="Rapat uji",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="Aula lama",
        regency=RegencyFactory(),
        expected=40,
        changes_sought=["individual", "policy"],
    )
    return plans.plan(activity, partners=[], by=operator)


def test_the_first_plan_stays_when_it_is_moved(sign_in, operator):
    activity = planned(operator, timedelta(days=9))
    first = activity.held_on
    activity.place = "Aula baru"
    activity.starts_at += timedelta(days=1)
    activity.ends_at += timedelta(days=1)
    plans.change(activity, revision=activity.revision, by=operator)

    activity.refresh_from_db()
    page = sign_in(operator).get(activity.get_absolute_url()).content.decode()

    assert (activity.planned_on, activity.planned_place) == (first, "Aula lama")
    assert activity.is_moved
    for words in ("Rencana dan realisasi", "Aula lama", "Individu, Kebijakan"):
        assert words in page


def test_what_was_held_before_it_was_written_down_has_no_plan(operator):
    activity = planned(operator, -timedelta(days=2))

    assert (activity.planned_on, activity.is_moved) == (None, False)


def test_nobody_sets_a_target_afterwards(sign_in, operator):
    activity = ActivityFactory(office=operator.acting.office, expected=10)

    page = sign_in(operator).get(reverse("outreach:change", args=[activity.pk]))

    assert "expected" not in page.context["form"].fields


def test_the_list_finds_and_tells_the_change_that_is_sought(sign_in, operator):
    office = operator.acting.office
    ActivityFactory(office=office, title="Cari ini", changes_sought=["policy"])
    ActivityFactory(office=office, title="Bukan ini", changes_sought=["individual"])
    client = sign_in(operator)

    url = reverse("outreach:index")
    page = client.get(url, {"change": "policy"}).content.decode()
    sheet = client.get(url, {"change": "policy", "export": "csv"})
    text = b"".join(sheet).decode()

    assert "Cari ini" in page
    assert "Bukan ini" not in page
    assert "Kebijakan" in text
    assert {"changes", "planned"} <= {each.name for each in ACTIVITIES.sheet}


def test_the_changes_sought_are_ticked_in_plan_and_report(sign_in, operator):
    activity = ActivityFactory(
        office=operator.acting.office, changes_sought=["institution"]
    )
    client = sign_in(operator)

    for name in ("change", "report"):
        page = client.get(reverse(f"outreach:{name}", args=[activity.pk]))
        boxes = page.context["form"]["changes_sought"]
        assert [box.data["selected"] for box in boxes] == [False, True, False]
    client.post(
        reverse("outreach:report", args=[activity.pk]),
        {"keep": "1", "funding": "none", "changes_sought": ["individual", "policy"]},
    )

    activity.refresh_from_db()
    assert activity.changes_sought == ["individual", "policy"]
