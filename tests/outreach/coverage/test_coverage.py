"""What the media told of an activity."""

from datetime import timedelta

import pytest
from django.urls import reverse

from outreach.coverage.links import key_of
from outreach.models import Activity, Coverage
from pokmas.accounts.roles import Role
from pokmas.words import dates
from reports.figures import figures
from reports.figures.periods import Month
from tests.factories import ActivityFactory, CoverageFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
Status = Activity.Status
LINK = "https://contoh.test/berita/1?utm_source=wa&id=7"


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def activity(operator):
    return ActivityFactory(office=operator.acting.office, status=Status.LOCKED)


def send(client, activity, **changes):
    answers = {
        "revision": Activity.objects.get(pk=activity.pk).revision,
        "kind": "online",
        "outlet": "Pos Uji",
        "headline": "Warga belajar hukum",
        "published_on": dates.date_short(activity.held_on + timedelta(days=2)),
        "link": LINK,
    }
    return client.post(
        reverse("outreach:cover", args=[activity.pk]), {**answers, **changes}
    )


def test_it_is_added_also_when_the_activity_is_locked(sign_in, operator, activity):
    client = sign_in(operator)

    done = send(client, activity)

    row = Coverage.objects.get()
    assert (done.status_code, row.link, row.created_by) == (302, LINK, operator)
    page = client.get(done.url).content.decode()
    assert 'rel="noopener noreferrer nofollow"' in page
    assert "Warga belajar hukum" in page
    sheet = client.get(reverse("outreach:coverage_index"), {"export": "csv"})
    assert sheet.status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "ftp://contoh.test/a"}, "link"),
        ({"link": ""}, "link"),
        ({"published_on": "31-02-2026"}, "published_on"),
        ({"published_on": "01-01-2099"}, "published_on"),
        ({"outlet": "  "}, "outlet"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    sign_in, operator, activity, changes, field
):
    refused = send(sign_in(operator), activity, **changes)

    assert set(refused.context["form"].errors) == {field}
    assert not Coverage.objects.exists()


def test_print_needs_no_link(sign_in, operator, activity):
    assert send(sign_in(operator), activity, kind="print", link="").status_code == 302


def test_the_same_link_is_named_and_taken_when_sent_again(sign_in, operator, activity):
    other = ActivityFactory(office=activity.office, status=Status.VERIFIED)
    link = "http://www.contoh.test/berita/1/?id=7&fbclid=x"
    CoverageFactory(activity=other, link=link, key=key_of(link))
    client = sign_in(operator)

    asked = send(client, activity)
    form = asked.context["form"]
    again = send(client, activity, sure=form["sure"].value())
    twice = send(client, activity, sure=form["sure"].value())

    assert other.title in str(form.errors["link"])
    assert again.status_code == 302
    assert "sudah dicatat pada kegiatan ini" in twice.content.decode()
    assert activity.coverage.count() == 1


def test_one_taken_back_is_gone_from_list_and_report(sign_in, operator, activity):
    row = CoverageFactory(activity=activity, published_on=activity.held_on)
    scope = figures.Scope(activity.office, Month.of(activity.held_on))
    before = figures.mark(scope)
    assert [each["outlet"] for each in figures.coverage(scope)] == ["Pos Uji"]
    stranger = person(Role.UNIT_OPERATOR)
    url = reverse("outreach:coverage_remove", args=[row.pk])

    assert sign_in(stranger).post(url).status_code == 404
    sign_in(operator).post(url)

    assert figures.coverage(scope) == []
    assert figures.mark(scope) != before
    assert Coverage.objects.get().removed_at


def test_it_goes_with_its_activity_to_another_office():
    activity, other = ActivityFactory(), UnitFactory()
    row = CoverageFactory(activity=activity)

    Activity.objects.filter(pk=activity.pk).update(office=other)

    row.refresh_from_db()
    assert (row.office, row.region) == (other, other.region)
    assert row.events.count() == 1
