"""What waits to be verified, narrowed, and gone through one after the other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.activities.models import Activity
from outreach.evidence.models import PhotoRefusal
from pokmas.accounts.roles import Role
from tests.factories import ActivityFactory, EvidenceFactory, person

pytestmark = pytest.mark.django_db
Status = Activity.Status
QUEUE = reverse("outreach:queue")


@pytest.fixture
def head():
    return person(Role.UNIT_HEAD)


def waiting(office, title, days, **more):
    return ActivityFactory(
        office=office,
        title=title,
        status=Status.REPORTED,
        status_since=timezone.now() - timedelta(days=days),
        **more,
    )


def shown(response) -> list[str]:
    return [row.title for row in response.context["page"]]


def test_it_shows_what_was_reported_longest_first(sign_in, head):
    for status in (Status.PLANNED, Status.RETURNED, Status.VERIFIED):
        ActivityFactory(office=head.acting.office, status=status)
    waiting(head.acting.office, "Baru", 1)
    waiting(head.acting.office, "Lama", 9)

    assert shown(sign_in(head).get(QUEUE)) == ["Lama", "Baru"]


def test_it_is_narrowed_by_age_photos_and_type(sign_in, head):
    office = head.acting.office
    pictured = waiting(office, "Berfoto", 1)
    EvidenceFactory(activity=pictured)
    refused = waiting(office, "Ditolak", 2)
    EvidenceFactory(
        activity=refused,
        refusal=PhotoRefusal.objects.first(),
        refused_by=head,
        refused_at=timezone.now(),
    )
    old = waiting(office, "Lama", 9, type__code="health", type__name="Kesehatan")
    client = sign_in(head)

    found = {
        query: shown(client.get(f"{QUEUE}?{query}"))
        for query in ("age=5", "photos=with", "photos=without", f"type={old.type_id}")
    }

    assert found == {
        "age=5": ["Lama"],
        "photos=with": ["Berfoto"],
        "photos=without": ["Lama", "Ditolak"],
        f"type={old.type_id}": ["Lama"],
    }


def test_a_kanwil_looks_at_one_of_its_units_and_is_led_to_no_verdict(sign_in, head):
    unit = head.acting.office
    chief = person(Role.REGIONAL_HEAD, unit.region)
    here = waiting(unit, "Di sini", 2)
    waiting(person(Role.UNIT_HEAD).acting.office, "Wilayah lain", 2)

    response = sign_in(chief).get(QUEUE, {"office": unit.pk})

    assert shown(response) == ["Di sini"]
    assert here.get_absolute_url() in response.text
    assert reverse("outreach:verify", args=[here.pk]) not in response.text


def test_one_goes_on_within_what_the_list_is_narrowed_to(sign_in, head):
    office = head.acting.office
    first, pictured, last = (waiting(office, f"Ke-{days}", days) for days in (9, 8, 7))
    EvidenceFactory(activity=pictured)
    client = sign_in(head)
    url = f"{reverse('outreach:verify', args=[first.pk])}?photos=without"
    following = f"{reverse('outreach:verify', args=[last.pk])}?photos=without"

    assert url in client.get(QUEUE, {"photos": "without", "sort": "waiting"}).text
    queue = client.get(url).context["queue"]
    response = client.post(url, {"verdict": "verified", "next": "1"})

    assert (queue.count, queue.following) == (2, following)
    assert response.url == following


def test_what_no_filter_knows_leads_nowhere_else(sign_in, head):
    first, last = (waiting(head.acting.office, f"Ke-{days}", days) for days in (9, 8))
    url = f"{reverse('outreach:verify', args=[first.pk])}?age=x&next=//evil.test"

    queue = sign_in(head).get(url).context["queue"]

    assert queue.following == f"{reverse('outreach:verify', args=[last.pk])}?age=x"
