from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from outreach.models import Activity, Pattern
from outreach.patterns import services
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from tests.factories import (
    ActivityFactory,
    PartnerFactory,
    PatternFactory,
    person,
)
from tests.outreach.plans.test_pages import CREATE, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


def test_the_plan_of_an_activity_is_kept_under_a_name(operator):
    partner = PartnerFactory(office=operator.acting.office, status="active")
    activity = ActivityFactory(office=operator.acting.office, partners=[partner])

    services.keep(activity, name="Bimbingan Rabu", by=operator)

    pattern = Pattern.objects.get()
    assert (pattern.name, pattern.minutes) == ("Bimbingan Rabu", 120)
    assert pattern.title == activity.title
    assert list(pattern.partners.all()) == [partner]
    assert Entry.objects.about(pattern).get().action == "pattern.kept"
    with pytest.raises(ValidationError, match="bernama sama"):
        services.keep(activity, name="bimbingan rabu", by=operator)


def test_a_new_plan_begins_with_what_of_it_still_holds(sign_in, operator):
    office = operator.acting.office
    works = PartnerFactory(office=office, status="active")
    rests = PartnerFactory(office=office, status="suspended")
    pattern = PatternFactory(office=office, partners=[works, rests])
    url = f"{CREATE}?pattern={pattern.pk}"
    client = sign_in(operator)

    form = client.get(url).context["form"]
    client.post(
        url, answers(partners=[works.pk], ends_at_0="", ends_at_1="", title="X")
    )

    assert form["title"].value() == "Bimbingan mingguan"
    assert form["partners"].value() == [works.pk]
    activity = Activity.objects.get()
    assert activity.ends_at - activity.starts_at == timedelta(minutes=90)


def test_a_pattern_is_renamed_and_archived(sign_in, operator):
    pattern = PatternFactory(office=operator.acting.office, name="Lama")
    client = sign_in(operator)
    url = reverse("outreach:change_pattern", args=[pattern.pk])

    client.post(url, {"name": "Baru", "revision": "0"})

    pattern.refresh_from_db()
    assert (pattern.name, pattern.is_active) == ("Baru", False)
    assert "Baru" in client.get(reverse("outreach:patterns")).content.decode()
    assert "Baru" not in client.get(CREATE).content.decode()
