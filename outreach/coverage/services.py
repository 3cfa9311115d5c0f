"""Coverage is noted whenever it appears, also long after an activity was locked."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.activities.models import Activity
from outreach.coverage.links import key_of
from outreach.coverage.models import Coverage
from pokmas.accounts.models import User
from pokmas.audit.models import Entry


@transaction.atomic
def cover(
    activity: Activity,
    *,
    by: User,
    kind: str,
    outlet: str,
    headline: str,
    published_on: date,
    link: str = "",
    **asked: str,
) -> None:
    activity.begin("cover", by=by)
    row = Coverage(
        activity=activity,
        office=activity.office,
        kind=kind,
        outlet=outlet,
        headline=headline,
        published_on=published_on,
        link=link,
        key=key_of(link),
        created_by=by,
    )
    if published_on > activity.office.today:
        raise ValidationError({"published_on": _("Tanggal tayang belum tiba.")})
    row.full_clean(exclude=["activity", "office", "created_by"])
    row.save()
    activity.touch()
    Entry.record(by, "activity.covered", activity, outlet=outlet, link=link)


@transaction.atomic
def remove(coverage: Coverage, *, by: User) -> None:
    """Take back what was noted by mistake; the history keeps it."""
    coverage.activity.refuse_elsewhere(by)
    coverage.refresh_from_db(from_queryset=Coverage.objects.select_for_update())
    if coverage.removed_at:
        raise ValidationError(_("Liputan ini sudah dihapus."))
    coverage.removed_at = timezone.now()
    coverage.save(update_fields=["removed_at"])
    Entry.record(by, "activity.uncovered", coverage.activity, outlet=coverage.outlet)
