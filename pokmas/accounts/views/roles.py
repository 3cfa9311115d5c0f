"""The one table of roles and what each may do; headquarters changes it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pokmas.accounts.forms import RoleForm
from pokmas.accounts.models import RoleOverride
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.roles import PERMISSIONS, Role, by_subject, is_locked
from pokmas.accounts.services import roles
from pokmas.audit.models import Entry


@require_safe
@permission_required("accounts.view_role")
def index(request):
    """The whole table, or what one role may do."""
    chosen = next((role for role in Role if role == request.GET.get("role")), None)
    held = _held_now()
    changed = set(RoleOverride.objects.values_list("permission", flat=True))
    shown = [
        permission
        for permission in PERMISSIONS
        if chosen is None or chosen in held[permission.name]
    ]
    context = {
        "subjects": [
            (heading, [_row(each, held[each.name], changed) for each in permissions])
            for heading, permissions in by_subject(shown).items()
        ],
        "count": len(shown),
        "roles": list(Role),
        "chosen": chosen,
        "may_change": request.user.has_perm("accounts.change_role"),
    }
    return render(request, "pokmas/accounts/roles.html", context)


def _row(permission, held, changed):
    return {
        "permission": permission,
        "roles": [role.label for role in Role if role in held],
        "is_changed": permission.name in changed,
    }


@permission_required("accounts.change_role")
def change(request, name):
    """Say what will change, ask, and only then change it."""
    permission = next((p for p in PERMISSIONS if p.name == name), None)
    if permission is None:
        raise Http404
    held = _held_now()[name]
    open_roles = [role for role in Role if not is_locked(role, name)]
    locked = [role for role in Role if role in held and role not in open_roles]
    form = RoleForm(
        request.POST or None,
        roles=open_roles,
        initial={"roles": [role.value for role in open_roles if role in held]},
    )
    context = {
        "permission": permission,
        "form": form,
        "locked": [role.label for role in locked],
    }
    if form.is_valid():
        chosen = {Role(value) for value in form.cleaned_data["roles"]} | set(locked)
        given, taken = roles.changes_to(name, chosen)
        if "confirmed" not in request.POST and (given or taken):
            context |= {"given": given, "taken": taken}
            return render(request, "pokmas/accounts/role_confirm.html", context)
        with form.refusals():
            roles.change_roles(
                name, chosen, reason=form.cleaned_data["reason"], by=request.user
            )
            messages.success(request, _("Hak diubah dan langsung berlaku."))
            return redirect("accounts:roles")
    context["entries"] = [_told(entry) for entry in _changes_of(name)]
    return render(request, "pokmas/accounts/role.html", context)


def _changes_of(name):
    return (
        Entry.objects.filter(action="role.changed", details__permission=name)
        .select_related("actor")
        .order_by("-at", "-pk")[:10]
    )


def _told(entry) -> dict:
    """One change of the table, as the timeline shows it."""
    parts = []
    for key, words in (
        ("given", _("memberikan kepada %s")),
        ("taken", _("mencabut dari %s")),
    ):
        if roles_of := entry.details.get(key):
            parts.append(words % ", ".join(str(Role(r).label) for r in roles_of))
    return {
        "at": entry.at,
        "actor": entry.actor,
        "capacity": entry.capacity,
        "phrase": "; ".join(parts),
        "reason": entry.details.get("reason"),
    }


def _held_now() -> dict[str, set[Role]]:
    """Who holds what, for all permissions at once."""
    held = {permission.name: set(permission.roles) for permission in PERMISSIONS}
    for override in RoleOverride.objects.all():
        if override.permission in held:
            roles_of = held[override.permission]
            (roles_of.add if override.granted else roles_of.discard)(
                Role(override.role)
            )
    return held
