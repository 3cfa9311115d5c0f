"""What the history of an activity tells of its meeting."""

from django.utils.text import capfirst

from outreach.activities.models import Activity
from outreach.restorative.models import RestorativeMeeting
from pokmas.audit.moments import Change, Part, tell_with
from pokmas.words import dates

MEETING = RestorativeMeeting._meta


def _said(state) -> str:
    """In one line."""
    if state is None or state.pgh_label == "delete":
        return "–"
    said = [
        f"{MEETING.get_field(name).verbose_name}: {dates.number(getattr(state, name))}"
        for name in RestorativeMeeting.FIGURES
        if getattr(state, name)
    ]
    said += [str(state.outcome)] if state.outcome_id else []
    said += [state.agreed] if state.agreed else []
    said += [dates.date_long(state.agreed_on)] if state.agreed_on else []
    return "; ".join(said) or "–"


def _told(before, after) -> Change | None:
    was, now = _said(before), _said(after)
    return None if was == now else Change(capfirst(MEETING.verbose_name), was, now)


tell_with(Activity, Part(RestorativeMeeting, "activity", ("id",), _told, ("outcome",)))
