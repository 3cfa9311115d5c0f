from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.presence.models import SessionResult
from pokmas.audit.moments import Change, Part, tell_with
from pokmas.audit.phrases import describe

describe(
    {
        "activity.registered": _("mendaftarkan peserta kegiatan"),
        "activity.unregistered": _("menghapus peserta kegiatan"),
        "activity.joined": _("mendaftar sebagai peserta kegiatan"),
        "activity.attended": _("mencatat kehadiran peserta"),
        "activity.scanned": _("mencatat kehadiran dengan pindaian"),
        "activity.outcome": _("mencatat hasil sesi"),
    }
)


def _went(before, after) -> Change | None:
    """How the session went; where its paper list is kept, as it was written."""
    was, now = (str(each.outcome or "–") if each else "–" for each in (before, after))
    return None if was == now else Change(_("Hasil sesi"), was, now)


tell_with(
    Activity,
    Part(SessionResult, "activity", ("activity_id",), _went, ("outcome",)),
)
