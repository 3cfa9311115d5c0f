"""The loader that fills a portal to the size of the country still fits its tables."""

import sys
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from outreach.models import Activity
from pokmas.accounts.models import User
from pokmas.records.search import corrected
from tests.factories import UnitFactory
from tests.owner import as_owner

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from load import Sizes, load

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("loaded")]
SMALL = Sizes(
    activities=40,
    units=2,
    partners=10,
    groups=4,
    agreements=10,
    people=20,
    volunteers=10,
    history=1,
)
LISTS = [
    "partners:index",
    "partners:group_index",
    "partners:volunteer_index",
    "agreements:index",
    "outreach:index",
    "accounts:index",
    "offices:index",
    "reports:index",
]


@pytest.fixture(scope="module")
def loaded(module_db):
    UnitFactory()
    with as_owner():
        load(SMALL)
    with connection.cursor() as cursor:  # foreign keys are looked at
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_is_loaded_shows_in_every_list(loaded, sign_in):
    client = sign_in(User.objects.get(email="kepala@buatan.test"))

    assert {name: client.get(reverse(name)).status_code for name in LISTS} == (
        dict.fromkeys(LISTS, 200)
    )
    assert Activity.objects.count() >= SMALL.activities


def test_what_is_loaded_is_not_loaded_twice(loaded):
    before = Activity.objects.count()

    with as_owner():
        load(SMALL)

    assert Activity.objects.count() == before


def test_its_words_are_remembered(loaded):
    assert corrected(["POKMSA"]) == [["POKMSA", "POKMAS"]]
