"""How the tests decide a change of the tree."""

from datetime import date

from pokmas.offices import reorganisation
from pokmas.offices.models import OfficeChange

TODAY = date(2026, 11, 21)


def change_of(office, kind, /, *, on=TODAY, other=None, decree="PAS-1/2026", **after):
    """An undecided change; `after` is what the form would hand over."""
    if kind in {"rename", "split"}:
        after = {
            "name": office.name,
            "kind": office.kind,
            "unit_class": office.unit_class,
        } | after
    if kind == "split":
        after = {"regency": "", "provinces": [], "working_area": []} | after
    return OfficeChange(
        office=office,
        kind=kind,
        effective_on=on,
        decree_number=decree,
        other=other,
        after=after,
    )


def decide(office, kind, /, *, by=None, **change):
    """Decide a change and read the office again."""
    made = reorganisation.decide(change_of(office, kind, **change), by=by)
    office.refresh_from_db()
    return made
