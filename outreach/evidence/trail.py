"""What the history of an activity tells of its evidence."""

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.evidence.models import Evidence
from pokmas.audit.moments import Change, Part, tell_with
from pokmas.audit.phrases import describe

describe(
    {
        "activity.photo_edited": _("menyamarkan atau memotong foto"),
        "activity.photo_refused": _("menolak foto"),
    }
)


def _shown(before, after) -> Change | None:
    kind = after.get_kind_display()
    name = after.caption or after.document.name
    if before is None:
        return Change(kind, "–", name)
    if after.removed_at and not before.removed_at:
        return Change(kind, name, "–")
    if after.refusal_id and not before.refusal_id:
        return Change(kind, name, _("ditolak: %(why)s") % {"why": after.refusal})
    if after.edited_at != before.edited_at:
        return Change(kind, name, _("disamarkan atau dipotong"))
    return None


tell_with(
    Activity,
    Part(Evidence, "activity", ("pgh_obj_id",), _shown, ("document", "refusal")),
)
