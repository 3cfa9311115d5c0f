"""What stands on the slip: who, what happens next, where to go, until when."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from partners.door.models import Slip
from partners.registration import status as registration
from partners.registry.models import Partnership
from partners.volunteers import status as volunteers
from pokmas.documents import pdf, qr

PAPERS = {"A5": "148mm 210mm", "A4": "A4"}


def told(slip: Slip) -> dict:
    """The same for the page, where it may be copied by hand, and for the paper; how it
    stands and what is next in the words of the public page of its number."""
    owner, office = slip.owner, slip.owner.office
    is_partner = isinstance(owner, Partnership)
    room = registration if is_partner else volunteers
    reference = owner.partner.reference if is_partner else owner.reference
    return {
        "owner": owner,
        "office": office,
        "is_partner": is_partner,
        "reference": reference,
        "status": owner.status_label,
        "next": room.afterwards(owner),
        "until": slip.ends_on,
        "where": [line for line in (office.name, office.address, office.phone) if line],
        "address": settings.BASE_URL + reverse("partners:take_over"),
        "status_address": settings.BASE_URL + reverse("partners:status"),
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
