"""Both sides have signed: the agreement is on record with its scan."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from partners.kinds.models import Level
from partners.registry import legal
from partners.standing import services as partners
from pokmas.accounts.models import User
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import own_people, tell
from pokmas.words import dates

Status = Agreement.Status
# The day of the first law of corrections (UU 12/1995), which lets others take part.
EARLIEST = date(1995, 12, 30)


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
    is_earlier: bool = False,
) -> None:
    """Record the signing with its scan; an approved partner thereby becomes active.

    A day before the draft was begun is that of a paper put on record later:
    `is_earlier` says that somebody has looked at it twice.
    """
    agreement.begin("sign", by=by)
    if wrong := wrong_day(agreement, signed_on, is_earlier):
        raise ValidationError(wrong)
    partnership = agreement.partnership
    if partnership:
        legal.refuse_lacking(partnership, Level.SIGNED)
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
    is_of_unit = partnership and not agreement.office.is_wide
    if is_of_unit and partnership.status == partnership.Status.APPROVED:
        partners.activate(partnership, by=by)
    tell(
        agreement,
        "signed",
        own_people(agreement),
        _("Kerja sama “%(name)s” sudah ditandatangani"),
        _("Nomor unit: %(number)s."),
        number=our_number,
    )


def is_before_draft(agreement: Agreement, day: date) -> bool:
    """Whether that day, unlike what is on record, was over when the draft was begun."""
    return day != agreement.signed_on and day < _begun_on(agreement)


def wrong_day(agreement: Agreement, day: date, is_earlier: bool) -> dict:
    """What stands against it as the day of the signing."""
    if day > agreement.office.today:
        return {"signed_on": _("Tanggal tanda tangan tidak boleh di masa depan.")}
    if day < EARLIEST:
        words = _("Kerja sama baru dimungkinkan sejak %(day)s (UU 12/1995).")
        return {"signed_on": words % {"day": dates.date_long(EARLIEST)}}
    if is_before_draft(agreement, day) and not is_earlier:
        words = _(
            "Tanggal ini sebelum drafnya disusun (%(day)s). Periksa lagi; bila memang "
            "benar, beri tanda."
        )
        return {"is_earlier": words % {"day": dates.date_long(_begun_on(agreement))}}
    return {}


def _begun_on(agreement):
    return timezone.localdate(agreement.created_at, agreement.office.tzinfo)
