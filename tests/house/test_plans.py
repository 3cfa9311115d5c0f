"""The indexes behind the long lists: each order and each scope has one."""

import re

import pytest
from django.contrib.postgres.indexes import GinIndex
from django.db import connection

from agreements.models import Agreement
from agreements.register.columns import AGREEMENTS
from outreach.activities.columns import ACTIVITIES
from outreach.activities.models import UNCOUNTED
from outreach.coverage.columns import COVERAGE
from outreach.models import Activity
from partners.groups.columns import GROUPS
from partners.models import CommunityGroup, Partner, Volunteer
from partners.registry.columns import PARTNERS
from partners.volunteers.columns import VOLUNTEERS
from pokmas.accounts.columns import PEOPLE
from pokmas.accounts.models import User
from pokmas.lists.pages import Sorting
from pokmas.records.models import Word
from reports.monthly.columns import REPORTS

LISTS = [PARTNERS, GROUPS, VOLUNTEERS, AGREEMENTS, ACTIVITIES, COVERAGE]
ORDERS = [
    (table, name, scope)
    for table in LISTS
    for name in Sorting(table, {}).kept
    for scope in (None, "region", "office")
]
# A unit has a report a month.
ORDERS += [
    (REPORTS, name, scope)
    for name in Sorting(REPORTS, {}).kept
    for scope in (None, "region")
]
ORDERS += [(PEOPLE, name, None) for name in Sorting(PEOPLE, {}).kept]


def read_in_order(table, name, scope) -> str:
    """How the database finds the first rows of a list, where sorting is dear."""
    rows = table.model.objects.all()
    rows, order = Sorting(table, {"sort": name}).ordered(rows)
    if scope:
        rows = rows.filter(**{scope: 1})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        # Whatever the tests before have let it believe of how few rows there are.
        cursor.execute("SET LOCAL enable_sort = off")
    return rows.order_by(*order)[:26].explain()


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "name", "scope"), ORDERS)
def test_an_index_keeps_each_order_of_a_long_list(table, name, scope):
    plan = read_in_order(table, name, scope)

    # Rows with the same first key may still be put in order, a few at a time.
    assert "Index" in plan
    assert not re.search(r"(?<!Incremental )Sort  \(", plan), plan


@pytest.mark.parametrize("scope", [[], ["region"], ["office"]])
def test_what_is_not_counted_has_an_index_for_each_status(scope):
    fields = [*scope, "status", "-held_on", "-id"]
    index = next(each for each in Activity._meta.indexes if each.fields == fields)

    left = sorted(set(Activity.Status) - set(Activity.COUNTED))
    assert index.condition == UNCOUNTED
    assert sorted(UNCOUNTED.children[0][1]) == left


@pytest.mark.parametrize(
    "model", [Partner, CommunityGroup, Volunteer, Agreement, Activity, User, Word]
)
def test_an_index_for_words_has_nothing_left_to_do(model):
    """Pending rows would be read one by one at each search."""
    words = [each for each in model._meta.indexes if isinstance(each, GinIndex)]

    assert [each.fastupdate for each in words] == [False] * len(words) != []
