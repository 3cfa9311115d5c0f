"""Ticking several partners of a unit, each with its place in the group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.groups.models import GroupMembership
from pokmas.forms.choosing import Searched

Role = GroupMembership.Role
TICKS = "partners/groups/_ticks.html"


class _WithRoles:
    """Beside each tick stands what the partner becomes in the group."""

    roles: dict[str, str] = {}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["roles"] = Role.choices
        for _group, options, _index in context["widget"]["optgroups"]:
            for option in options:
                option["role_name"] = role_name(option["value"])
                option["role"] = self.roles.get(str(option["value"]), Role.MEMBER)
        return context


class MemberTicks(_WithRoles, forms.CheckboxSelectMultiple):
    template_name = TICKS


class SearchedMemberTicks(_WithRoles, Searched, forms.CheckboxSelectMultiple):
    offered_template = TICKS


class MembersField(forms.ModelMultipleChoiceField):
    widget = MemberTicks
    default_error_messages = {"required": _("Pilih paling sedikit satu mitra.")}


def role_name(key) -> str:
    """What the place of the partner with this key is called among the answers."""
    return f"role_{key}"
