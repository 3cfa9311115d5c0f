from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from pokmas.accounts import tasks
from pokmas.records.models import Mark

pytestmark = pytest.mark.django_db


def test_only_the_sessions_that_are_over_are_forgotten():
    now = timezone.now()
    for key, days in (("lama", -1), ("baru", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=now + timedelta(days=days)
        )

    tasks.clear_sessions()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["baru"]


def test_only_the_marks_that_are_over_are_forgotten():
    now = timezone.now()
    for key, minutes in (("lama", -1), ("baru", 1)):
        until = now + timedelta(minutes=minutes)
        Mark.objects.create(key=key, value=1, until=until)

    tasks.clear_sessions()

    assert list(Mark.objects.values_list("key", flat=True)) == ["baru"]
