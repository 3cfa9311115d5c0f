"""A partner's record in rows and parts, as far as the person looking may read it."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners import parts
from partners.models import Partner
from pokmas.accounts.models import User
from pokmas.accounts.privacy import CONTACT, email_for, phone_for
from pokmas.records import value_text
from pokmas.templatetags.pokmas import phone as phone_text


def answers(
    partner: Partner, part: parts.Part, viewer: User, *, change: bool = False
) -> list[tuple]:
    """Label and value of what the part asks; with `change` also where to change it."""
    may = parts.editable(partner, viewer) if change else ()
    url = reverse(f"partners:{part.name}", args=[partner.pk]) + "?back=check"
    rows = []
    for name in parts.asked(partner, part):
        if name == "papers" and not change:
            continue  # such a page shows the files themselves
        label, value = _row(partner, name, viewer)
        rows.append((capfirst(label), value, url if name in may else ""))
    return rows


def task_list(partner: Partner, viewer: User) -> list[dict]:
    """The parts as a task list, each with how far it is."""
    may = parts.editable(partner, viewer)
    missing = parts.missing(partner)
    return [
        {
            "title": part.title,
            "url": reverse(f"partners:{part.name}", args=[partner.pk])
            if may.intersection(part.asks)
            else "",
            "hint": ", ".join(map(str, missing[part.name])),
            "status": _progress(len(missing[part.name])),
            "tone": "warn" if missing[part.name] else "good",
        }
        for part in parts.PARTS
    ]


def _progress(count):
    if not count:
        return _("Lengkap")
    return ngettext("%(count)s isian kosong", "%(count)s isian kosong", count) % {
        "count": count
    }


def _row(partner, name, viewer):
    if name == "papers":
        return _("Berkas pendukung"), ", ".join(map(str, partner.papers)) or "–"
    field = partner._meta.get_field(name)
    return field.verbose_name, _value(partner, name, viewer)


def _value(partner, name, viewer):
    if name == "fields":
        return ", ".join(partner.field_names)
    value = getattr(partner, name)
    if value in (None, ""):
        return ""
    if name == "phone":
        may_call = viewer.has_perm(CONTACT)
        return phone_text(value) if may_call else phone_for(viewer, value)
    if name == "email":
        return email_for(viewer, value)
    if name in {"contact_name", "address"} and not viewer.has_perm(CONTACT):
        return _("Disembunyikan")
    text = value_text(partner, name)
    return "" if text == "–" else text
