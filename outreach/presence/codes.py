"""Codes that are scanned on the spot: of a person at one activity, and of its sheet.

Each is an address of the portal, so that the camera of any phone opens it.
"""

from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.presence.models import Participant
from pokmas.documents import qr
from pokmas.server.outside import whole_number
from pokmas.words import dates

PERSON = signing.Signer(sep="~", salt="outreach.presence.person")
SHEET = signing.Signer(sep="~", salt="outreach.presence.sheet")
UNKNOWN = _(
    "Kode ini tidak dikenal. Pindai lagi, atau centang namanya pada daftar kehadiran."
)


def of_person(participant: Participant) -> str:
    return _address(PERSON, f"{participant.activity_id}.{participant.pk}")


def of_sheet(activity: Activity) -> str:
    return _address(SHEET, str(activity.pk))


def drawn(address: str) -> SafeString:
    return qr.svg(address, title=str(_("Kode kehadiran")))


def _address(signer: signing.Signer, value: str) -> str:
    query = urlencode({"c": signer.sign(value)})
    return f"{settings.BASE_URL}{reverse('outreach:present')}?{query}"


def read(text: str) -> tuple[Activity, Participant | None]:
    """Whose code it is; of a sheet nobody's. `text` is the code or its address."""
    code = _code_in(text)
    if (value := _unsigned(PERSON, code)) is not None:
        activity, _dot, pk = value.partition(".")
        rows = Participant.objects.for_list().select_related("activity__office")
        found = rows.filter(pk=whole_number(pk), activity=whole_number(activity))
        if participant := found.first():
            return participant.activity, participant
    if (value := _unsigned(SHEET, code)) is not None:
        rows = Activity.objects.select_related("office")
        if activity := rows.filter(pk=whole_number(value)).first():
            return activity, None
    raise ValidationError(UNKNOWN)


def _days(activity: Activity) -> list[date]:
    return [
        timezone.localdate(moment, activity.zone)
        for moment in (activity.starts_at, activity.ends_at)
    ]


def holds_today(activity: Activity) -> bool:
    """A code counts on the days of its activity alone."""
    first, last = _days(activity)
    return first <= timezone.localdate(timezone=activity.zone) <= last


def is_ahead(activity: Activity) -> bool:
    """Whether its last day is not over yet."""
    return timezone.localdate(timezone=activity.zone) <= _days(activity)[1]


def check_day(activity: Activity) -> None:
    if not holds_today(activity):
        raise ValidationError(
            _("Kode ini berlaku pada %(days)s saja."),
            params={"days": dates.date_range(*_days(activity))},
        )


def _code_in(text: str) -> str:
    try:
        asked = parse_qs(urlsplit(text.strip()).query).get("c")
    except ValueError:
        asked = None
    return asked[0] if asked else text.strip()


def _unsigned(signer: signing.Signer, code: str) -> str | None:
    try:
        return signer.unsign(code)
    except signing.BadSignature:
        return None
