"""A meeting as it is read, on the page of its activity and beside the verdict."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from outreach.activities.models import Activity
from outreach.restorative.models import AgreedRestitution, RestorativeMeeting
from pokmas.steps import since
from pokmas.steps.since import Row
from pokmas.words import dates

Side, SEXES = RestorativeMeeting.Side, RestorativeMeeting.SEXES


@dataclass(frozen=True)
class Shown:
    """The figures of each side, by sex and together, and what came of it."""

    rows: list[tuple[str | Promise, list[Row]]]
    facts: list[Row]


def shown(activity: Activity, returned_at: datetime | None = None) -> Shown | None:
    """With what changed since it was sent back, or against what it corrects."""
    meeting = _meeting_of(activity)
    if meeting is None:
        return None
    before, kinds = None, None
    if returned_at is not None:
        before, kinds = _then(activity, meeting, returned_at)
    elif activity.corrects_id:
        before = _meeting_of(activity.corrects)
        kinds = before and [str(each) for each in before.restitution.all()]
    now = [str(each) for each in meeting.restitution.all()]
    facts = [
        since.field(meeting, "outcome", before),
        since.listed(_("Bentuk pemulihan"), now, kinds),
        since.field(meeting, "agreed", before),
        since.field(meeting, "agreed_on", before),
    ]
    rows = [(side.label, _figures(side, meeting, before)) for side in Side]
    return Shown(rows, [row for row in facts if row.value or row.is_changed])


def _meeting_of(activity):
    rows = RestorativeMeeting.objects.filter(activity=activity)
    return rows.select_related("outcome").prefetch_related("restitution").first()


def _then(activity, meeting, moment):
    """The meeting, and what was agreed on, as they were at that moment."""
    events = RestorativeMeeting.pgh_event_model.objects.filter(activity=activity.pk)
    before = events.filter(pgh_created_at__lte=moment).order_by("-pgh_id").first()
    agreed = AgreedRestitution.pgh_event_model.objects.filter(
        restorativemeeting=meeting.pk
    ).select_related("restitution")
    stood = since.standing(agreed, moment, "restitution_id")
    return before, before and [str(row.restitution) for row in stood]


def _figures(side, meeting, before) -> list[Row]:
    def number(state, sexes):
        return dates.number(sum(getattr(state, f"{side}_{sex}") for sex in sexes))

    return [
        since.row("", number(meeting, sexes), before and number(before, sexes))
        for sexes in [*([sex] for sex in SEXES), list(SEXES)]
    ]
