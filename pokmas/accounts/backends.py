"""Who is behind a session, and behind a password."""

from functools import lru_cache

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONArray

from pokmas.accounts.models import Assignment, RoleOverride
from pokmas.offices.models import day_at, days_of_zones
from pokmas.records.prepared import Prepared

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
CHANGES = RoleOverride.objects.values(row=JSONArray("permission", "role", "granted"))
# Every request asks for the person's own, and for what roles may do now.
WITH_FACTOR = Assignment.objects.select_related("office", "user").annotate(
    has_second_factor=Exists(
        Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    ),
    role_changes=ArraySubquery(CHANGES),
)


# Stands for whoever asks.
SOMEBODY = -1


@lru_cache(maxsize=2)
def _held(days) -> Prepared:
    """What somebody holds on these days."""
    held = WITH_FACTOR.filter(user=SOMEBODY).current(day_at("office", days))
    return Prepared(held.own_first(), SOMEBODY)


class PeopleBackend(AuthenticationBackend):
    """Finds a person together with the assignments that he holds (`held`)."""

    def get_user(self, user_id):
        held = _held(days_of_zones()).of(int(user_id))
        user = held[0].user if held else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        for assignment in held:
            assignment.user = user
        user.held = held
        if held:
            user.role_changes = [tuple(row) for row in held[0].role_changes]
        return user
