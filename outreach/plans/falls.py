"""Activities still to come under an agreement that is suspended or ended."""

from django.utils.translation import gettext_lazy as _

from agreements.standing.falling import FALLS, Fall
from outreach.activities.models import Activity
from outreach.plans import services
from pokmas.offices.models import office_today
from pokmas.words import dates


def _to_come(agreements, ending):
    planned = Activity.objects.filter(
        agreement__in=agreements,
        status=Activity.Status.PLANNED,
        held_on__gte=office_today(),
    )
    return planned.order_by("held_on", "pk")


FALLS.add(
    Fall(
        "activities",
        _("Kegiatan yang tetap direncanakan"),
        _(
            "Yang tidak dicentang dibatalkan dengan alasan di atas; penyelenggaranya "
            "diberi tahu. Yang dicentang tetap direncanakan tanpa kerja sama ini."
        ),
        rows=_to_come,
        fall=services.cancel,
        keep=services.detach,
        say=lambda activity: f"{dates.date_long(activity.held_on)}: {activity.title}",
    )
)
