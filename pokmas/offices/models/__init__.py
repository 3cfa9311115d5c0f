"""The tree of offices, the places they serve, and which rows belong to whom."""

from pokmas.offices.models.changes import OfficeChange
from pokmas.offices.models.days import day_at, days_of_zones, office_today
from pokmas.offices.models.offices import Office, WorkingArea
from pokmas.offices.models.past import Past, changes_since, past_of
from pokmas.offices.models.places import Province, Regency, Zone
from pokmas.offices.models.scope import OfficeScoped, OfficeScopedQuerySet, region_key

__all__ = [
    "Office",
    "OfficeChange",
    "OfficeScoped",
    "OfficeScopedQuerySet",
    "Past",
    "Province",
    "Regency",
    "WorkingArea",
    "Zone",
    "changes_since",
    "day_at",
    "days_of_zones",
    "office_today",
    "past_of",
    "region_key",
]
