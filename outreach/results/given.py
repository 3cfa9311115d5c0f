"""A reported activity as it is judged, beside what it was when it was sent back.

A correction that was not sent back stands beside what it corrects.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from outreach.activities.counted import Counts, Table, by_kind, table
from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity, Participation, hours
from outreach.evidence.models import Evidence
from outreach.presence.shown import Presence, presence
from outreach.restorative.shown import Shown, shown
from pokmas.steps import since
from pokmas.steps.since import Row
from pokmas.words import dates

Status = Activity.Status

HELD = ("type", "title", "mode", "place", "regency", "expected")
COMPANY = ("group", "agreement", "approach", "funding", "cost")
RESULT = ("output", "obstacles", "follow_up", "officers", "instructors")


@dataclass(frozen=True)
class Before:
    """What the activity was; `returned_at` if it was judged so."""

    state: object
    partners: list[str]
    counts: Counts
    returned_at: datetime | None = None


@dataclass(frozen=True)
class Given:
    plan: list[Row]
    counts: Table
    served: int
    presence: Presence
    # Signed sheets of attendance; photos stand apart.
    sheets: list[Evidence]
    result: list[Row]
    evidence: list[Evidence]
    refused: list[Evidence]
    gone: list[str]
    meeting: Shown | None
    returned_at: datetime | None


def given(activity: Activity) -> Given:
    """Of one that was read `with_people`."""
    before = _before(activity)
    evidence = activity.evidence.all()
    present = [item for item in evidence if item.is_present]
    moment = before and before.returned_at
    return Given(
        plan=_plan(activity, before),
        counts=table(by_kind(activity.counts.all()), before and before.counts),
        served=sum(row.number for row in activity.counts.all()),
        presence=presence(activity),
        sheets=[item for item in present if item.kind == Evidence.Kind.ATTENDANCE],
        result=_rows(activity, before, RESULT),
        evidence=present,
        refused=[item for item in evidence if item.is_refused and not item.removed_at],
        gone=[str(item) for item in evidence if _is_gone(item, moment)],
        meeting=shown(activity, moment) if activity.type.is_restorative else None,
        returned_at=moment,
    )


def _before(activity) -> Before | None:
    took_part = Participation.pgh_event_model.objects.filter(activity=activity.pk)
    counted = BeneficiaryCount.pgh_event_model.objects.filter(activity=activity.pk)
    state = since.judged_before(
        activity,
        judged=Status.REPORTED,
        returned=Status.RETURNED,
        took_part=since.stood(took_part, "partner_id", name="partner__name"),
        counted=since.stood(
            *(counted, "category", "sex"),
            **{name: name for name in ("category", "sex", "number")},
        ),
    )
    if state is not None:
        return Before(
            state,
            [row["name"] for row in state.took_part if not row["gone"]],
            {
                (row["category"], row["sex"]): row["number"]
                for row in state.counted
                if not row["gone"]
            },
            state.pgh_created_at,
        )
    if (other := activity.corrects) is not None:
        return Before(other, _partners(other), by_kind(other.counts.all()))
    return None


def _partners(activity) -> list[str]:
    return [partner.name for partner in activity.partners.all()]


def _plan(activity, before) -> list[Row]:
    when = before and hours(before.state.starts_at, before.state.ends_at, activity.zone)
    partners = since.listed(_("Mitra"), _partners(activity), before and before.partners)
    return [
        since.row(_("Waktu"), activity.when, when),
        *_rows(activity, before, HELD),
        *([partners] if partners.value or partners.is_changed else []),
        *_rows(activity, before, COMPANY),
        *_first_planned(activity),
        *_sought(activity, before),
    ]


def _first_planned(activity) -> list[Row]:
    """The day and place of before, if it was held on another day or elsewhere."""
    if not activity.is_moved:
        return []
    day = dates.date_long(activity.planned_on)
    return [Row(_("Rencana semula"), f"{day}, {activity.planned_place}")]


def _sought(activity, before) -> list[Row]:
    """The changes that are sought."""
    now, then = (
        [str(Activity.Change(code).label) for code in each.changes_sought]
        for each in (activity, before.state if before else activity)
    )
    row = since.listed(_("Perubahan yang diupayakan"), now, then)
    return [row] if row.value or row.is_changed else []


def _rows(activity, before, names) -> list[Row]:
    """What is said of these fields; what was and is empty is left out."""
    rows = [since.field(activity, name, before and before.state) for name in names]
    return [row for row in rows if row.value or row.is_changed]


def _is_gone(item, moment) -> bool:
    """Whether it was there when the report was sent back, and is no more."""
    return bool(moment and item.added_at <= moment and item.removed_at)
