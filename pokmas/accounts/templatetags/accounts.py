"""`{% load accounts %}`: people, telephones and devices as they are shown to whom."""

from django import template
from django.utils.translation import gettext as _

from pokmas.accounts import privacy
from pokmas.accounts.devices import device_name

register = template.Library()


@register.filter
def device(user_agent: str) -> str:
    return device_name(user_agent) or _("Perangkat tidak dikenal")


@register.filter
def factors(user) -> list[str]:
    """What a person has to prove himself with: totp, webauthn, recovery_codes."""
    return list(user.authenticator_set.values_list("type", flat=True))


@register.filter
def phone_for(number: str, viewer) -> str:
    """The number, masked unless `viewer` may see personal contacts."""
    return privacy.phone_for(viewer, number)
