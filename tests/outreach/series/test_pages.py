from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.models import Activity, Series
from pokmas.accounts.roles import Role
from tests.factories import (
    ActivityFactory,
    PartnerFactory,
    person,
    series_of,
)
from tests.outreach.plans.test_pages import answers

pytestmark = pytest.mark.django_db
CREATE = reverse("outreach:create_series")


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def partner(operator):
    return PartnerFactory(office=operator.acting.office, status="active")


def weekly(partner, **more):
    return answers(partners=[partner.pk], rhythm="weekly", times="4", **more)


def test_the_days_are_seen_and_unticked_before_they_are_planned(
    sign_in, operator, partner
):
    client, sent = sign_in(operator), weekly(partner)

    page = client.post(CREATE, sent)
    days = [str(slot.day) for slot in page.context["form"].slots]
    shown = page.context["form"]["shown"].value()
    before = Activity.objects.count()
    done = client.post(
        CREATE, sent | {"plan": "1", "shown": shown, "day": [days[0], *days[2:]]}
    )

    assert (len(days), before) == (4, 0)
    held = [str(row.held_on) for row in Activity.objects.order_by("held_on")]
    assert held == [days[0], *days[2:]]
    first = Activity.objects.order_by("held_on").first()
    assert done.url == f"{first.get_absolute_url()}?tab=series"


def test_other_days_than_those_shown_are_shown_again(sign_in, operator, partner):
    client, sent = sign_in(operator), weekly(partner)
    shown = client.post(CREATE, sent).context["form"]["shown"].value()

    page = client.post(
        CREATE,
        sent | {"times": "5", "plan": "1", "shown": shown, "day": shown.split(",")},
    )

    assert "Tanggalnya berubah" in page.content.decode()
    assert len(page.context["form"].ticked) == 5
    assert Series.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"times": ""}, "until"),
        ({"times": "", "until": "31-12-2099"}, "until"),
        ({"times": "105"}, "times"),
        ({"times": "60"}, "times"),
        ({"rhythm": "listed"}, "days"),
        ({"rhythm": "listed", "days": "31-02-2027"}, "days"),
        ({"rhythm": "listed", "days": "01-01-2020"}, "days"),
    ],
)
def test_what_is_no_series_is_said_beside_its_field(
    sign_in, operator, partner, sent, wrong
):
    page = sign_in(operator).post(CREATE, weekly(partner) | sent)

    assert set(page.context["form"].errors) == {wrong}
    assert 'value="Penyuluhan hukum"' in page.content.decode()


def test_a_form_half_filled_goes_on_as_a_series(sign_in, operator, partner):
    page = sign_in(operator).post(
        CREATE, answers(choose="1", title="Setengah", type="", partners=[partner.pk])
    )

    assert page.context["form"].errors == {}
    assert page.context["form"]["title"].value() == "Setengah"


@pytest.fixture
def series(operator, partner):
    soon = timezone.now() + timedelta(days=3)
    rows = [
        ActivityFactory(
            office=operator.acting.office,
            partners=[partner],
            starts_at=soon + timedelta(days=step),
        )
        for step in range(3)
    ]
    series_of(rows)
    return rows


def sent_of(activity, partner, **more):
    start, end = (
        timezone.localtime(moment, activity.zone)
        for moment in (activity.starts_at, activity.ends_at)
    )
    return answers(
        type=activity.type_id,
        title=activity.title,
        regency=activity.regency_id,
        partners=[partner.pk],
        starts_at_0=f"{start:%d-%m-%Y}",
        starts_at_1=f"{start:%H.%M}",
        ends_at_0=f"{end:%d-%m-%Y}",
        ends_at_1=f"{end:%H.%M}",
        seen="0",
        **more,
    )


def test_changing_a_session_asks_how_far_it_goes(sign_in, operator, partner, series):
    client = sign_in(operator)
    url = reverse("outreach:change", args=[series[0].pk])

    page = client.get(url).content.decode()
    client.post(url, sent_of(series[0], partner, place="Gedung", reach="following"))

    assert "Sesi ini dan seterusnya (dengan ini 3 sesi)" in page
    assert Activity.objects.filter(place="Gedung").count() == 3


def test_calling_off_a_session_asks_too(sign_in, operator, series):
    client = sign_in(operator)
    url = reverse("outreach:cancel", args=[series[1].pk])

    refused = client.post(url, {"reach": "following", "reason": "", "revision": "0"})
    client.post(url, {"reach": "following", "reason": "Libur", "revision": "0"})

    assert "reason" in refused.context["form"].errors
    statuses = Activity.objects.order_by("held_on").values_list("status", flat=True)
    assert [*statuses] == ["planned", "cancelled", "cancelled"]


def test_bringing_back_asks_how_far_it_goes(sign_in, operator, series):
    client = sign_in(operator)
    address = [series[1].pk]
    data = {"reach": "all", "reason": "Libur", "revision": "0"}
    client.post(reverse("outreach:cancel", args=address), data)
    url = reverse("outreach:bring_back", args=address)

    asked = client.post(url, {"revision": "1"}, follow=True)
    client.post(url, {"reach": "following", "revision": "1"})

    assert "Sesi ini dan seterusnya (dengan ini 2 sesi)" in asked.text
    statuses = Activity.objects.order_by("held_on").values_list("status", flat=True)
    assert [*statuses] == ["cancelled", "planned", "planned"]


def test_the_page_says_its_place_in_the_series(sign_in, operator, series):
    page = sign_in(operator).get(f"{series[1].get_absolute_url()}?tab=series")

    html = page.content.decode()
    assert "Sesi 2 dari 3" in html
    assert f'href="{series[0].get_absolute_url()}" rel="prev"' in html
    assert f'href="{series[2].get_absolute_url()}" rel="next"' in html


def test_a_long_series_costs_what_a_short_one_does(
    sign_in, operator, partner, django_assert_max_num_queries
):
    office, soon = operator.acting.office, timezone.now() + timedelta(days=3)
    first = ActivityFactory(office=office, partners=[partner], starts_at=soon)
    rows = Activity.objects.bulk_create(
        Activity(
            office=office,
            type=first.type,
            title=first.title,
            starts_at=soon + timedelta(days=step),
            ends_at=soon + timedelta(days=step, hours=2),
            held_on=timezone.localdate(soon + timedelta(days=step), first.zone),
            place="Aula",
            regency=first.regency,
        )
        for step in range(1, 104)
    )
    series_of([first, *rows])
    client = sign_in(operator)

    for name in ("detail", "change", "cancel"):
        url = reverse(f"outreach:{name}", args=[first.pk])
        with django_assert_max_num_queries(12):
            page = client.get(f"{url}?tab=series")
        assert page.status_code == 200
