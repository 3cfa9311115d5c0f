"""What a volunteer is told that lies ahead."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pokmas.accounts.roles import Role
from tests.factories import ActivityFactory, UnitFactory, VolunteerFactory, person

pytestmark = pytest.mark.django_db


def test_what_was_called_off_or_is_over_does_not_lie_ahead(sign_in):
    unit = UnitFactory()
    user = person(Role.VOLUNTEER, unit)
    volunteer = VolunteerFactory(user=user, office=unit, status="active")
    now = timezone.now()
    for title, status, hours in (
        ("Kelas menjahit", "planned", 3),
        ("Kelas dibatalkan", "cancelled", 3),
        ("Kelas yang lalu", "planned", -3),
    ):
        ActivityFactory(
            office=unit,
            title=title,
            status=status,
            starts_at=now + timedelta(hours=hours),
            ends_at=now + timedelta(hours=hours + 2),
        )

    coming = sign_in(volunteer.user).get(reverse("reports:home")).context["coming"]

    assert [activity.title for activity in coming] == ["Kelas menjahit"]
