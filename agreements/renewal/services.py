"""A new text takes over where an agreement ends."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.drafting import services as drafting
from agreements.evaluations.due import end_report_of
from agreements.parties import services as parties
from agreements.plans.models import PlanItem
from agreements.register.models import Agreement
from agreements.register.validity import EXPIRING_DAYS
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.words.dates import months_later

DAY = timedelta(days=1)
REPORT_FIRST = _(
    "Laporan akhir kerja sama ini belum disahkan. Susun dahulu laporannya, atau tulis "
    "mengapa perpanjangan disusun tanpa itu."
)
# What an item of the plan says again in the next period.
PLANNED = ("order", "type_code", "type_name", "times", "target", "party", "note")


def made_of(agreement: Agreement) -> Agreement | None:
    """The one that renews it, in whatever state but thrown away."""
    return agreement.renewals.exclude(status=Agreement.Status.DROPPED).first()


def is_renewed_for(agreement: Agreement, reason: str, *, by: User) -> bool:
    """Whether this very person had it renewed, with this reason."""
    entries = Entry.objects.about(agreement).filter(action="agreement.renewing")
    return entries.filter(actor=by, details__reason=reason).exists()


@transaction.atomic
def renew(agreement: Agreement, *, by: User, reason: str = "") -> None:
    """Draft the next one with the same words, from the day after the end on.

    `reason` is why it goes on although something is missing that should come first.
    """
    agreement.begin("renew", by=by)
    if lacks_end_report(agreement) and not reason.strip():
        raise ValidationError({"reason": REPORT_FIRST})
    begin = max(agreement.ends_on + DAY, agreement.office.today)
    renewal = drafting.copy_of(
        agreement,
        renews=agreement,
        starts_on=begin,
        ends_on=same_length(agreement.starts_on, agreement.ends_on, begin),
    )
    # What came of it so far says more than a sheet of plans.
    renewal = drafting.draft(renewal, by=by, is_weighed=True)
    drafting.take_over(agreement, renewal)
    parties.name_again(agreement, renewal)
    _copy_plan(agreement, renewal)
    Entry.record(by, "agreement.renewing", agreement, reason=reason.strip())


def same_length(first: date, last: date, begin: date) -> date:
    """The last day of a stretch from `begin` on, as long as from `first` to `last`:
    in whole months where it was, to their eve or to that very day, else in days.
    """
    after = last if last.day == first.day else last + DAY
    months = (after.year - first.year) * 12 + after.month - first.month
    if after.day != first.day:
        return begin + (last - first)
    return months_later(begin, months) - DAY


def lacks_end_report(agreement: Agreement) -> bool:
    """Whether it should have a confirmed one by now."""
    last = agreement.office.today + timedelta(days=EXPIRING_DAYS)
    return agreement.ends_on <= last and end_report_of(agreement) is None


def _copy_plan(agreement, renewal):
    """The same for the same months of the next period."""
    months = _month_number(renewal.starts_on) - _month_number(agreement.starts_on)
    end = renewal.ends_on.replace(day=1)
    for item in agreement.plan_items.all():
        first, last = (
            min(months_later(month, months), end)
            for month in (item.first_month, item.last_month)
        )
        PlanItem.objects.create(
            agreement=renewal,
            first_month=first,
            last_month=last,
            **{name: getattr(item, name) for name in PLANNED},
        )


def _month_number(day):
    return day.year * 12 + day.month
