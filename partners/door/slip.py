"""What stands on the slip: who, what happens next, where to go, until when."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partners.door.models import Slip
from partners.registration.status import afterwards
from partners.registry.models import Partnership
from pokmas.documents import pdf, qr
from pokmas.words import dates

PAPERS = {"A5": "148mm 210mm", "A4": "A4"}


def told(slip: Slip) -> dict:
    """The same for the page, where it may be copied by hand, and for the paper."""
    owner, office = slip.owner, slip.owner.office
    is_partner = isinstance(owner, Partnership)
    reference = owner.partner.reference if is_partner else owner.reference
    return {
        "owner": owner,
        "office": office,
        "is_partner": is_partner,
        "reference": reference,
        "next": afterwards(owner) if is_partner else _of_volunteer(owner),
        "until": slip.ends_on,
        "where": [line for line in (office.name, office.address, office.phone) if line],
        "address": settings.BASE_URL + reverse("partners:take_over"),
        "status_address": settings.BASE_URL + reverse("partners:status"),
    }


def _of_volunteer(volunteer) -> str:
    """What he awaits, or his status where nobody has to act."""
    if volunteer.turn is None:
        return capfirst(volunteer.get_status_display())
    day = dates.date_long(volunteer.due_on)
    return _("%(act)s, paling lambat %(day)s.") % {
        "act": volunteer.turn.act,
        "day": day,
    }


def printed(slip: Slip, code: str, *, paper: str) -> bytes:
    """The slip as a PDF of one page; raises PdfFailed. It is kept nowhere."""
    facts = told(slip)
    context = {
        **facts,
        "code": code,
        "size": PAPERS[paper],
        "qr": qr.svg(facts["address"], title=facts["address"]),
        "made_at": timezone.now(),
    }
    return pdf.render("partners/door/pdf/slip.html", context).content
