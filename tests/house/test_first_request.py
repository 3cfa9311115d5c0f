"""What the first page of a session asks, when no cache knows anything yet."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pokmas.accounts.middleware import SEEN_AT, SIGNED_IN_AT
from pokmas.accounts.roles import Role
from tests.house.world import build

pytestmark = pytest.mark.django_db
QUERIES = 12
PAGES = [
    "reports:home",
    "partners:index",
    "partners:group_index",
    "agreements:index",
    "outreach:index",
    "search:index",
]


@pytest.mark.parametrize("role", [Role.HEADQUARTERS, Role.UNIT_HEAD, Role.PARTNER])
def test_the_first_page_of_a_session_is_cheap_too(sign_in, role):
    user = build().people[role]
    asked = {}
    for name in PAGES:
        client = sign_in(user)
        session = client.session
        del session[SIGNED_IN_AT], session[SEEN_AT]  # the first page notes them
        session.save()
        cache.clear()
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        asked[name] = sum("SAVEPOINT" not in q["sql"] for q in queries)

    assert {name: many for name, many in asked.items() if many > QUERIES} == {}
