"""The fields of the plan and the report that a pasted text fills, and their marks."""

from datetime import datetime, tzinfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.activities.models import Activity
from outreach.pasted.reading import Reading
from partners.models import Partner
from pokmas.accounts.models import User
from pokmas.words import dates

ONLINE = ("zoom", "daring", "google meet", "gmeet", "virtual", "teams")
Mode = Activity.Mode


def plan_of(reading: Reading, zone: tzinfo) -> dict:
    """What begins the form of a plan."""
    is_online = any(word in reading.place.lower() for word in ONLINE)
    found = {
        "title": reading.title[:200],
        "place": reading.place[:200],
        "starts_at": _moment(reading.day, reading.starts, zone),
        "ends_at": _moment(reading.ends and reading.day, reading.ends, zone),
        "mode": Mode.ONLINE if is_online else "",
    }
    return {name: value for name, value in found.items() if value}


def report_of(reading: Reading) -> dict:
    """What begins the form of a report, apart from the counts."""
    found = {
        name: getattr(reading, name)
        for name in ("output", "obstacles", "follow_up", "officers", "instructors")
    }
    return {name: value for name, value in found.items() if value not in ("", None)}


def partners_of(reading: Reading, user: User) -> list[Partner]:
    """Those named in the text of whom only one can be meant."""
    rows = Partner.objects.working_for(user).select_related("regency")
    found = [list(rows.search(name)[:2]) for name in reading.partners[:5]]
    return list(dict.fromkeys(each[0] for each in found if len(each) == 1))


def mark(form: forms.Form, names) -> None:
    """Say of each of the fields that it is from the text."""
    said = _("Dari teks; periksa.")
    for name in names:
        if name in form.fields:
            field = form.fields[name]
            field.help_text = f"{said} {field.help_text}".strip()


def _moment(day, clock, zone):
    """A moment, or the day alone as its two inputs show it."""
    if day is None:
        return None
    if clock is None:
        return [dates.date_short(day), ""]
    return timezone.make_aware(datetime.combine(day, clock), zone)
