"""What the calendar of agreements asks for, beside the reports."""

from datetime import date

from agreements.models import Agreement
from pokmas.offices.models import Office

SHOWN = 50


def expected(user, office: Office) -> list[tuple[Agreement, date]]:
    """The yearly evaluations that are due below an office, the earliest first."""
    step = Agreement.STEPS["evaluate"]
    rows = Agreement.objects.visible_to(user).filter(
        Agreement.STEPS.called(step), office__in=Office.objects.under(office)
    )
    rows = rows.annotate(last_day=step.call.last_day).select_related("office")
    found = rows.order_by("last_day", "pk")[:SHOWN]
    return [(agreement, agreement.last_day) for agreement in found]
