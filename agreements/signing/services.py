"""Both sides have signed: the agreement is on record with its scan."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from partners.standing import services as partners
from pokmas.accounts.models import User
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import own_people, tell

Status = Agreement.Status


@transaction.atomic
def sign(
    agreement: Agreement,
    *,
    by: User,
    scan: Document,
    our_number: str,
    partner_number: str,
    signed_on: date,
    signed_at_place: str,
) -> None:
    """Record the signing with its scan; an approved partner thereby becomes active."""
    agreement.begin("sign", by=by)
    if signed_on > agreement.office.today:
        raise ValidationError(
            {"signed_on": _("Tanggal tanda tangan tidak boleh di masa depan.")}
        )
    documents.attach(scan, agreement, by=by)
    agreement.move_to(
        Status.SIGNED,
        by=by,
        scan=scan,
        our_number=our_number,
        partner_number=partner_number,
        number_year=signed_on.year,
        signed_on=signed_on,
        signed_at_place=signed_at_place,
    )
    if agreement.partner.status == agreement.partner.Status.APPROVED:
        partners.activate(agreement.partner, by=by)
    tell(
        agreement,
        "signed",
        own_people(agreement),
        _("Kerja sama “%(name)s” sudah ditandatangani"),
        _("Nomor unit: %(number)s."),
        number=our_number,
    )
