"""The month of a region of which a brief is printed or passed on."""

from django.db import transaction

from agreements.models import RegionMonth
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.offices.models import Office
from reports.figures.periods import Month


@transaction.atomic
def page_of(region: Office, month: Month, *, by: User) -> RegionMonth:
    """The one there is, else a new one."""
    page, is_new = RegionMonth.objects.get_or_create(
        office=region, month=month.first, defaults={"created_by": by}
    )
    if is_new:
        Entry.record(by, "regionmonth.created", page)
    return page
