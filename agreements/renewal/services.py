"""A new text takes over where an agreement ends."""

from datetime import date, timedelta

from django.db import transaction

from agreements.drafting import services as drafting
from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.words.dates import months_later

DAY = timedelta(days=1)


def made_of(agreement: Agreement) -> Agreement | None:
    """The one that renews it, in whatever state but thrown away."""
    return agreement.renewals.exclude(status=Agreement.Status.DROPPED).first()


@transaction.atomic
def renew(agreement: Agreement, *, by: User, reason: str = "") -> None:
    """Draft the next one with the same words, from the day after the end on.

    `reason` is why it goes on although something is missing that should come first.
    """
    agreement.begin("renew", by=by)
    begin = max(agreement.ends_on + DAY, agreement.office.today)
    renewal = drafting.copy_of(
        agreement,
        renews=agreement,
        starts_on=begin,
        ends_on=same_length(agreement.starts_on, agreement.ends_on, begin),
        **_signatories(agreement),
    )
    drafting.draft(renewal, by=by)
    Entry.record(by, "agreement.renewing", agreement, reason=reason.strip())


def same_length(first: date, last: date, begin: date) -> date:
    """The last day of a stretch from `begin` on, as long as from `first` to `last`:
    in whole months where it was, else in days.
    """
    after = last + DAY
    months = (after.year - first.year) * 12 + after.month - first.month
    if after.day != first.day:
        return begin + (last - first)
    return months_later(begin, months) - DAY


def _signatories(agreement):
    """Who leads the unit and the partner now, as far as that is known."""
    office, partner = agreement.office, agreement.partner
    found = {}
    if office.head_name and office.head_name != agreement.our_signatory:
        found |= {
            "our_signatory": office.head_name,
            "our_nip": office.head_nip,
            "our_capacity": office.head_capacity,
        }
    if partner.leader_name and partner.leader_name != agreement.partner_signatory:
        found |= {
            "partner_signatory": partner.leader_name,
            "partner_position": partner.leader_position,
        }
    return found
