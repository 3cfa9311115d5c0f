"""A unit renews the term of a volunteer; whom it concerns is told before it ends."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.renewal.services import tell_ahead
from partners.volunteers import term
from partners.volunteers.models import Volunteer
from partners.volunteers.services import DECIDE
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import own_people, tell
from pokmas.words import dates

# How many days before the end people are told, once each.
REMINDERS = (term.DUE_DAYS, 7)


@transaction.atomic
def renew(volunteer: Volunteer, *, by: User) -> str:
    """Another term, by the rule of today; what is left of the old one is not lost."""
    volunteer.begin("renew", by=by)
    today = volunteer.office.today
    since = max(today, volunteer.until or today)
    volunteer.accepted_until = until = term.last_day(since, today)
    volunteer.save(update_fields=["accepted_until"])
    volunteer.touch()
    Entry.record(by, "volunteer.renewed", volunteer, until=until and str(until))
    tell(
        volunteer,
        "renewed",
        own_people(volunteer),
        gettext_lazy("Masa tugas Anda sebagai Sahabat diperpanjang"),
        "%(until)s",
        until=lambda: _said(until),
    )
    return _said(until)


def _said(until) -> str:
    if until is None:
        return _("Masa tugasnya sekarang tanpa batas.")
    return _("Masa tugasnya sekarang sampai %(day)s.") % {"day": dates.date_long(until)}


def tell_of_ends(now: datetime | None = None) -> None:
    """Tell the unit and the volunteer that a term ends, once at each distance."""
    tell_ahead(
        Volunteer.objects.active().filter(term.COUNTS).select_related("user"),
        "accepted_until",
        REMINDERS,
        to=DECIDE,
        kind="volunteer.term_ends",
        title=gettext_lazy("Masa tugas Sahabat %(name)s berakhir %(day)s"),
        body=gettext_lazy("%(office)s dapat memperpanjangnya sebelum tanggal itu."),
        now=now or timezone.now(),
    )
