"""The link between an activity and an item of its agreement's work plan."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.models import PlanItem
from outreach.activities.models import Activity
from outreach.planned.models import PlannedActivity


@transaction.atomic
def link(activity: Activity, item: PlanItem | None) -> None:
    """The activity carries out this item, or none."""
    if item is None:
        PlannedActivity.objects.filter(activity=activity).delete()
        return
    check_item(activity, item)
    PlannedActivity.objects.update_or_create(activity=activity, defaults={"item": item})


def check_item(activity: Activity, item: PlanItem | None) -> None:
    if item is not None and item.agreement_id != activity.agreement_id:
        raise ValidationError(
            {"plan_item": _("Butir ini bukan dari rencana kerja sama yang dipilih.")}
        )


def carry(activity: Activity, made: Activity) -> None:
    """What stands in the place of an activity carries out the same item."""
    for row in PlannedActivity.objects.filter(activity=activity):
        PlannedActivity.objects.create(activity=made, item_id=row.item_id)
