"""What the history of an activity tells of the answers of its author."""

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.results.models import HintAnswer
from pokmas.audit.moments import Change, Part, tell_with
from pokmas.audit.phrases import describe

describe(
    {
        "activity.photo_added": _("mengunggah foto pengganti"),
        "activity.taken_back": _("membatalkan verifikasi kegiatan"),
    }
)


def _told(before, after) -> Change | None:
    was, now = (
        "–" if state is None or state.pgh_label == "delete" else state.answer
        for state in (before, after)
    )
    return None if was == now else Change(after.asked, was, now)


tell_with(Activity, Part(HintAnswer, "activity", ("code",), _told))
