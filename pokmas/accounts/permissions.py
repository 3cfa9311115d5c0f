"""Which verbs: a refusal that can say what is missing and who can give it."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied

from pokmas.accounts.models import User
from pokmas.accounts.roles import (
    APPOINTS,
    OF_PARTNERS,
    PERMISSIONS,
    Role,
    roles_with,
)


class PermissionMissing(PermissionDenied):
    """A 403 that carries the permission, so that the page can explain it."""

    def __init__(self, permission: str):
        super().__init__(permission)
        self.permission = permission


def require(user: User, permission: str) -> None:
    """Refuse with an explanation unless the acting role of `user` may do this."""
    if not user.has_perm(permission):
        raise PermissionMissing(permission)


def permission_required(permission: str) -> Callable:
    """For views: 403 for whoever is signed in without `permission`.

    Nobody signed in never gets here: `SignInRequiredMiddleware` asks him first.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            require(request.user, permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def explain(exception: Exception | None, user: User) -> dict:
    """What the 403 page may say: words of the roles table, nothing of the record."""
    permission = getattr(exception, "permission", None)
    if permission is None or not user.is_authenticated:
        return {}
    roles = roles_with(permission)
    if user.acting and user.acting.role in OF_PARTNERS:
        return _explain_to_partner(user, permission, roles)
    return _wanted(user, permission, roles) | {
        "roles": [role.label for role in roles],
        "granted_by": [
            role.label for role in Role if set(roles) & APPOINTS.get(role, set())
        ],
        "changed_by": Role.HEADQUARTERS.label,
    }


def _explain_to_partner(user: User, permission: str, roles: list[Role]) -> dict:
    """Whom he can ask: who answers for his partner, if that one may."""
    return _wanted(user, permission, roles) | {
        "is_of_partner": True,
        "may_be_asked": Role.PARTNER in roles and user.acting.role != Role.PARTNER,
    }


def _wanted(user: User, permission: str, roles: list[Role]) -> dict:
    return {
        "permission": next(
            (p.label for p in PERMISSIONS if p.name == permission), permission
        ),
        "acting": user.acting,
        # The own other assignment that would do: one switch away.
        "switch_to": next(
            (a for a in user.assignments.current() if a.role in roles), None
        ),
    }
