"""The indexes behind the long lists: each order and each scope has one."""

import pytest
from django.contrib.postgres.indexes import GinIndex

from agreements.models import Agreement
from outreach.activities.models import UNCOUNTED
from outreach.models import Activity
from partners.models import CommunityGroup, Partner
from pokmas.accounts.models import User
from pokmas.records.models import Word

LISTS = {
    Partner: ["-created_at", "-id"],
    CommunityGroup: ["-created_at", "-id"],
    Agreement: ["-created_at", "-id"],
    Activity: ["-held_on", "-id"],
}


def whole(model):
    """The columns of the indexes that hold every row."""
    return [index.fields for index in model._meta.indexes if index.condition is None]


@pytest.mark.parametrize("scope", [[], ["region"], ["office"]])
@pytest.mark.parametrize("model", LISTS)
def test_every_list_has_an_index_in_its_order(model, scope):
    assert [*scope, *LISTS[model]] in whole(model)


@pytest.mark.parametrize("scope", [[], ["region"], ["office"]])
def test_what_is_not_counted_has_an_index_for_each_status(scope):
    fields = [*scope, "status", "-held_on", "-id"]
    index = next(each for each in Activity._meta.indexes if each.fields == fields)

    left = sorted(set(Activity.Status) - set(Activity.COUNTED))
    assert index.condition == UNCOUNTED
    assert sorted(UNCOUNTED.children[0][1]) == left


@pytest.mark.parametrize("model", [*LISTS, User, Word])
def test_an_index_for_words_has_nothing_left_to_do(model):
    """Pending rows would be read one by one at each search."""
    words = [each for each in model._meta.indexes if isinstance(each, GinIndex)]

    assert [each.fastupdate for each in words] == [False] * len(words) != []
