"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.planned.models import PlannedActivity
from pokmas.audit.moments import Change, Part, tell_with
from pokmas.audit.phrases import describe

describe({"activity.placed": _("memilih butir rencana kerja kegiatan")})


def _placed(before, after) -> Change | None:
    was, now = (str(each.item) if each else "–" for each in (before, after))
    return None if was == now else Change(str(_("butir rencana kerja")), was, now)


tell_with(
    Activity,
    Part(PlannedActivity, "activity", ("activity_id",), _placed, ("item",)),
)
