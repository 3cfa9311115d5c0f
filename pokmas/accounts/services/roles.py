"""Changing at run time what a role may do."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import RoleOverride, User
from pokmas.accounts.roles import PERMISSIONS, Role, is_locked, roles_with
from pokmas.accounts.services.people import refuse_without
from pokmas.audit.models import Entry


@transaction.atomic
def change_roles(permission: str, roles: set[Role], *, reason: str, by: User) -> None:
    """From the next request on exactly `roles` hold `permission`."""
    if not by.has_perm("accounts.change_role"):
        raise ValidationError(_("Hanya Admin Pusat yang mengubah hak peran."))
    defaults = {p.name: p.roles for p in PERMISSIONS}
    labels = {p.name: p.label for p in PERMISSIONS}
    if permission not in defaults:
        raise ValidationError(_("Hak ini tidak dikenal."))
    refuse_without(reason)
    given, taken = changes_to(permission, roles)
    if not given and not taken:
        raise ValidationError(_("Tidak ada yang berubah."))
    for role in given + taken:
        if is_locked(role, permission):
            raise ValidationError(
                _("Hak “%(permission)s” pada %(role)s terkunci."),
                params={"permission": labels[permission], "role": role.label},
            )
        granted = role in given
        if granted == (role in defaults[permission]):
            RoleOverride.objects.filter(permission=permission, role=role).delete()
        else:
            RoleOverride.objects.update_or_create(
                permission=permission, role=role, defaults={"granted": granted}
            )
    Entry.record(
        by,
        "role.changed",
        permission=permission,
        given=[str(role) for role in given],
        taken=[str(role) for role in taken],
        reason=reason,
    )


def changes_to(permission: str, roles: set[Role]) -> tuple[list[Role], list[Role]]:
    """Which roles would gain `permission` and which would lose it."""
    held = set(roles_with(permission))
    return (
        [role for role in Role if role in roles and role not in held],
        [role for role in Role if role in held and role not in roles],
    )
