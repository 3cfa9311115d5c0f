"""Who is behind a session, and behind a password."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONArray

from pokmas.accounts.models import Assignment, RoleOverride

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
CHANGES = RoleOverride.objects.values(row=JSONArray("permission", "role", "granted"))
# Every request asks for the person's own, and for what roles may do now; most of the
# query is made once.
WITH_FACTOR = Assignment.objects.select_related("office", "user").annotate(
    has_second_factor=Exists(
        Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    ),
    role_changes=ArraySubquery(CHANGES),
)


class PeopleBackend(AuthenticationBackend):
    """Finds a person together with the assignments that he holds (`held`)."""

    def get_user(self, user_id):
        held = list(WITH_FACTOR.filter(user=user_id).current().own_first())
        user = held[0].user if held else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        for assignment in held:
            assignment.user = user
        user.held = held
        if held:
            user.role_changes = [tuple(row) for row in held[0].role_changes]
        return user
