"""The link between an activity and an item of its agreement's work plan."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.models import PlanItem
from outreach.activities.models import Activity
from outreach.planned.models import PlannedActivity
from pokmas.accounts.models import User
from pokmas.audit.models import Entry


@transaction.atomic
def link(activity: Activity, item: PlanItem | None) -> None:
    """The activity carries out this item, or none."""
    if item is None:
        PlannedActivity.objects.filter(activity=activity).delete()
        return
    check_item(activity, item)
    PlannedActivity.objects.update_or_create(activity=activity, defaults={"item": item})


@transaction.atomic
def put_in_plan(
    activity: Activity, *, by: User, plan_item: PlanItem | None = None
) -> None:
    """What was reported already carries out this item, or none."""
    activity.begin("put_in_plan", by=by)
    if place(activity) == (plan_item and plan_item.pk):
        return
    link(activity, plan_item)
    activity.touch()
    Entry.record(by, "activity.placed", activity, item=str(plan_item or ""))


def place(activity: Activity) -> int | None:
    """The item it carries out, as it stands now."""
    rows = PlannedActivity.objects.filter(activity=activity)
    return rows.values_list("item", flat=True).first()


def check_item(activity: Activity, item: PlanItem | None) -> None:
    if item is not None and item.agreement_id != activity.agreement_id:
        raise ValidationError(
            {"plan_item": _("Butir ini bukan dari rencana kerja sama yang dipilih.")}
        )


def carry(activity: Activity, made: Activity) -> None:
    """What stands in the place of an activity carries out the same item."""
    for row in PlannedActivity.objects.filter(activity=activity):
        PlannedActivity.objects.create(activity=made, item_id=row.item_id)
