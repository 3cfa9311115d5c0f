"""What was written on a device, beside what the portal says by now."""

from collections.abc import Iterator, Mapping

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.results.forms import ReportForm
from pokmas.records.guarded import said
from pokmas.steps.typed import words_of
from pokmas.words import dates

# Of the plan: what the device showed when the report was written.
SEEN = {"title": _("Nama kegiatan"), "when": _("Waktu"), "place": _("Tempat")}


def sides(
    form: ReportForm, activity: Activity, seen: Mapping[str, str]
) -> list[dict[str, str]]:
    """Label, the words of the device and those of the portal, where they differ."""
    rows = [*_plan(activity, seen), *_report(form, activity)]
    return [
        {"label": str(label), "mine": mine or "–", "now": now or "–"}
        for label, mine, now in rows
        if mine != now
    ]


def _plan(activity, seen) -> Iterator[tuple]:
    for name, label in SEEN.items():
        if before := seen.get(f"was_{name}"):
            yield label, before, getattr(activity, name)


def _report(form, activity) -> Iterator[tuple]:
    changed = form.changed_data
    for bound in form.visible_fields():
        if bound.name == "photos":
            here = activity.evidence.present().count()
            sent = len(form.data.getlist("photos_kept"))
            yield bound.label, dates.number(sent), dates.number(here)
        elif bound.name in changed:
            yield bound.label, words_of(bound), _now(bound, activity)


def _now(bound, activity) -> str:
    try:
        activity._meta.get_field(bound.name)
    except FieldDoesNotExist:
        initial = bound.initial
        return dates.number(initial) if type(initial) is int else ""
    return said(activity, bound.name)
