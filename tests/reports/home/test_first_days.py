"""In the first days of a month pages open with the one that is over."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from pokmas.accounts.roles import Role
from reports.duties.expected import month_told
from reports.figures.periods import Month
from tests.factories import ActivityFactory, RegionFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
NOTE = "bulan terakhir yang lengkap"


@pytest.fixture
def unit():
    return UnitFactory(parent=RegionFactory(), zone="Asia/Makassar")


@pytest.mark.parametrize(
    ("today", "month"),
    [
        ((2026, 11, 30), (2026, 11)),
        ((2026, 12, 1), (2026, 11)),
        ((2026, 12, 5), (2026, 11)),
        ((2026, 12, 6), (2026, 12)),
        ((2027, 1, 1), (2026, 12)),
        ((2027, 1, 5), (2026, 12)),
        ((2027, 1, 6), (2027, 1)),
        ((2028, 3, 1), (2028, 2)),
    ],
)
def test_for_five_days_it_is_the_last_whole_month(today, month):
    assert month_told(date(*today)) == Month(*month)


@pytest.mark.parametrize("role", [Role.UNIT_OPERATOR, Role.REGIONAL_HEAD])
@pytest.mark.parametrize(
    ("moment", "month", "other"),
    [
        ("2026-12-01 01:00Z", "2026-11", "2026-12"),
        ("2026-12-05 01:00Z", "2026-11", "2026-12"),
        ("2026-12-06 01:00Z", "2026-12", "2026-11"),
        # It is the first of the month in Makassar by then.
        ("2026-11-30 17:00Z", "2026-11", "2026-12"),
    ],
)
def test_the_home_opens_with_it_and_each_figure_with_its_list(
    sign_in, unit, role, moment, month, other
):
    with time_machine.travel(moment, tick=True):
        for number, times in ((11, 3), (12, 0)):
            day = datetime(2026, number, 4, 2, tzinfo=UTC)
            ActivityFactory.create_batch(
                times, office=unit, status="verified", starts_at=day
            )
        client = sign_in(person(role, unit if role in "unit_operator" else unit.region))

        home = client.get(reverse("reports:home"))

        months = home.context["months"]
        assert f"{months.month.first:%Y-%m}" == month
        assert (NOTE in home.text) == (month == "2026-11")
        assert f'href="?month={other}"' in home.text
        [activities] = [
            each for each in home.context["figures"] if each.code == "activities"
        ]
        count = client.get(activities.url).context["listing"].page.count
        assert activities.value == count == (3 if month == "2026-11" else 0)
        running = client.get(reverse("reports:home"), {"month": "2026-12"})
        assert "Angka Desember 2026" in running.text
        assert NOTE not in running.text


def test_table_brief_and_dashboard_open_with_the_same_month(
    sign_in, unit, django_assert_max_num_queries
):
    region = unit.region
    with time_machine.travel("2026-12-01 01:00Z", tick=True):
        head = person(Role.REGIONAL_HEAD, region)
        ActivityFactory(office=region, status="reported", title="Penyuluhan Kanwil")
        client = sign_in(head)
        client.get(reverse("reports:home"))

        with django_assert_max_num_queries(12):
            client.get(reverse("reports:home"))
        with django_assert_max_num_queries(12):
            brief = client.get(reverse("reports:brief", args=[region.pk]))
        with django_assert_max_num_queries(12):
            table = client.get(reverse("reports:units", args=[region.pk]))
        with django_assert_max_num_queries(12):
            board = client.get(reverse("reports:dashboard"))
        earlier = client.get(
            reverse("reports:brief", args=[region.pk]), {"month": "2026-10"}
        )

    assert brief.context["brief"].month == Month(2026, 11)
    assert NOTE in brief.text
    assert brief.context["brief"].heads == ["Nov 2026", "Okt 2026", "Nov 2025"]
    # What waits for him waits now, whichever month the page opens with.
    assert "Penyuluhan Kanwil" in brief.text
    assert earlier.context["brief"].decisions == []
    assert table.context["months"].month == Month(2026, 11)
    assert board.context["form"].period.first == date(2026, 11, 1)
