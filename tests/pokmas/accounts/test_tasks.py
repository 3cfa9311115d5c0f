from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from pokmas.accounts import tasks

pytestmark = pytest.mark.django_db


def test_only_the_sessions_that_are_over_are_forgotten():
    now = timezone.now()
    for key, days in (("lama", -1), ("baru", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=now + timedelta(days=days)
        )

    tasks.clear_sessions()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["baru"]
