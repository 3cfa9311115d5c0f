"""Prepared WhatsApp texts: who is written to about a record, and in which words.

A room registers its texts in its own whatsapp.py:

    @message("partners.partnership", "status", label=_("Kabar pendaftaran"))
    def status(partnership, user):
        return Prepared(to=partnership.contact_name, phone=partnership.phone, text=…)

and links to `{% url "notices:whatsapp" "partners.partnership" pk "status" %}`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Prepared:
    """One text to one person. Without a phone number there is nothing to open; None is
    for whoever is chosen in WhatsApp."""

    to: str
    phone: str | None
    text: str | Promise


@dataclass(frozen=True)
class Message:
    label: str | Promise
    prepare: Callable[..., Prepared]


MESSAGES: dict[tuple[str, str], Message] = {}


def message(model: str, kind: str, *, label: str | Promise):
    """Register `(record, user) -> Prepared`; it raises PermissionDenied if need be."""

    def register(function):
        MESSAGES[model, kind] = Message(label, function)
        return function

    return register
