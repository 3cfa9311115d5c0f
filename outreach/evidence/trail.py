"""What the history of an activity tells of its evidence."""

from outreach.activities.models import Activity
from outreach.evidence.models import Evidence
from pokmas.audit.moments import Change, Part, tell_with


def _shown(before, after) -> Change | None:
    name = after.caption or after.document.name
    if before is None:
        return Change(after.get_kind_display(), "–", name)
    if after.removed_at and not before.removed_at:
        return Change(after.get_kind_display(), name, "–")
    return None


tell_with(Activity, Part(Evidence, "activity", ("document_id",), _shown, ("document",)))
