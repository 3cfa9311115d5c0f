"""What a volunteer told of himself, as far as the person looking may read it."""

from functools import partial

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partners.fields.models import Field
from partners.nik.models import Nik
from partners.registry.sections import Section
from partners.volunteers import days, services
from partners.volunteers.models import (
    Skill,
    Volunteer,
    VolunteerInterest,
    VolunteerSkill,
)
from partners.volunteers.parts import editable
from pokmas.accounts.models import User
from pokmas.accounts.privacy import CONTACT, email_for, phone_for
from pokmas.records.guarded import said
from pokmas.steps.since import Row, field, listed, row, standing
from pokmas.words import dates
from pokmas.words.addresses import breakable
from pokmas.words.language import in_readers_words
from pokmas.words.phones import international

VIEW_NIK = "partners.view_nik"
# Several things at once: where their names are read, and the history of having them.
MANY = {
    "skills": ("skill_names", Skill, VolunteerSkill, "skill_id"),
    "interests": ("field_names", Field, VolunteerInterest, "field_id"),
}


def answers(
    volunteer: Volunteer, part: Section, viewer: User, *, change: bool = False
) -> list[tuple]:
    """Label and value of what it asks; with `change` also where to change it."""
    may = editable(volunteer, viewer) if change else ()
    url = reverse(f"partners:volunteer_{part.name}", args=[volunteer.pk])
    rows = []
    for name in part.asks:
        value = _value(volunteer, name, viewer=viewer)
        if name == "email":
            value = breakable(value)
        if name == "nik" and value and (day := services.nik_kept_until(volunteer)):
            kept = {"nik": value, "day": dates.date_long(day)}
            value = _("%(nik)s, disimpan sampai %(day)s") % kept
        link = f"{url}?back=check" if name in may else ""
        rows.append((_label(volunteer, name), value, link))
    return rows


def compared(volunteer: Volunteer, part: Section, viewer: User, before) -> list[Row]:
    """The same rows beside the state `before` in which they were judged."""
    return [_compared(volunteer, name, viewer, before) for name in part.asks]


def _compared(volunteer, name, viewer, before) -> Row:
    label = _label(volunteer, name)
    if name in MANY:
        then = None if before is None else _names_then(before, name)
        return listed(label, _names(volunteer, name), then)
    if name == "availability":
        then = None if before is None else days.in_words(before.availability)
        return row(label, days.in_words(volunteer.availability), then)
    return field(volunteer, name, before, partial(_value, viewer=viewer))


def _names(volunteer, name) -> list[str]:
    return list(map(in_readers_words, getattr(volunteer, MANY[name][0])))


def _names_then(before, name) -> list[str]:
    """What was ticked then, in the order of the list."""
    _names, listed_as, kept, key = MANY[name]
    events = kept.pgh_event_model.objects.filter(volunteer=before.pgh_obj_id)
    then = standing(events, before.pgh_created_at, key)
    rows = listed_as.objects.filter(pk__in=[getattr(each, key) for each in then])
    return [in_readers_words(each.name) for each in rows]


def _label(volunteer, name) -> str:
    return capfirst(volunteer._meta.get_field(name).verbose_name)


def _value(record, name, *, viewer) -> str:
    if name in MANY:
        return ", ".join(_names(record, name))
    if name == "availability":
        return days.in_words(record.availability)
    if name == "birth_year":
        return str(record.birth_year)
    if name == "nik":
        return _nik(record, viewer)
    if name not in ("phone", "email"):
        return said(record, name)
    value = getattr(record, name)
    if not value:
        return ""
    reads = viewer.has_perm(CONTACT) or record.user_id == viewer.pk
    if name == "phone":
        return international(value) if reads else phone_for(viewer, value)
    return value if reads else email_for(viewer, value)


def _nik(record, viewer) -> str:
    """Masked; of a state of before it may be gone."""
    if record.nik_id is None:
        return ""
    if not viewer.has_perm(VIEW_NIK) and record.user_id != viewer.pk:
        return _("Disembunyikan")
    return str(Nik.objects.filter(pk=record.nik_id).first() or _("Sudah dihapus"))


def promised(volunteer: Volunteer) -> str:
    """Which promise was made, and when."""
    return str(volunteer.promise) if volunteer.promise else _("Belum dibuat")
