"""The reports that the portal asks for at first."""

from datetime import date

OURS = "Ketentuan awal portal; ganti bila ada keputusan yang mengaturnya"
SINCE = date(2026, 1, 1)
DUTIES = [
    ("monthly", "unit", 5),
    ("semester", "unit", 15),
    ("semester", "regional", 30),
    ("yearly", "unit", 15),
    ("yearly", "regional", 30),
]


def fill(apps, schema_editor=None):
    for kind, level, days in DUTIES:
        apps.get_model("reports", "ReportDuty").objects.get_or_create(
            kind=kind,
            level=level,
            valid_from=SINCE,
            defaults={"days": days, "source": OURS},
        )
