"""Every number on a home opens the list that makes it, for every role."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from pokmas.accounts.roles import STAFF, Role
from tests.factories import (
    ActivityFactory,
    PartnershipFactory,
    PostFactory,
    UnitFactory,
    person,
)
from tests.reports.figures.test_figures import fill

pytestmark = pytest.mark.django_db

CARD = re.compile(
    r'<a class="figure-card" href="([^"]+)">\s*<span class="label">([^<]+)</span>\s*'
    r'<span class="value[^"]*">([\d.]+)<'
)


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


@pytest.fixture
def unit():
    unit = UnitFactory()
    for office in (unit, PostFactory(parent=unit), UnitFactory()):
        fill(office)
    ActivityFactory(office=unit, starts_at=datetime(2026, 11, 2, 2, tzinfo=UTC))
    PartnershipFactory(office=unit, status="submitted")
    return unit


def place_of(role, unit):
    if role == Role.HEADQUARTERS:
        return None
    is_regional = role.value.startswith("regional")
    return unit.region if is_regional else unit


# A Duta's home shows his own work.
@pytest.mark.parametrize("role", sorted(STAFF - {Role.AMBASSADOR}))
@pytest.mark.parametrize("month", ["2026-10", "2026-11"])
def test_every_figure_of_a_home_opens_a_list_of_the_same_count(
    sign_in, unit, role, month
):
    client = sign_in(person(role, place_of(role, unit)))

    page = client.get(reverse("reports:home"), {"month": month}).content.decode()

    found = CARD.findall(page)
    assert found
    wrong = [
        (label, number, count)
        for url, label, number in found
        if (count := count_at(client, unescape(url), label)) != number.replace(".", "")
    ]
    assert wrong == []


def count_at(client, url, label) -> str:
    context = client.get(url).context
    if label == "Penerima manfaat":
        return str(context["served"])
    if label.startswith("Laporan "):
        return str(context["page"].paginator.count)
    return str(context["listing"].page.count)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_what_waits_for_a_person_opens_a_list_of_the_same_count(sign_in, unit, role):
    client = sign_in(person(role, place_of(role, unit)))

    counts = client.get(reverse("reports:home")).context["counts"]

    assert [each["count"] for each in counts] == [
        client.get(each["url"]).context["listing"].page.count for each in counts
    ]
