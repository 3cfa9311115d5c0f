"""The reports that the portal asks for at first."""

from django.utils import timezone

from reports.figures.periods import Period

OURS = "Ketentuan awal portal; ganti bila ada keputusan yang mengaturnya"
DUTIES = [
    ("monthly", "unit", 5),
    ("semester", "unit", 15),
    ("semester", "regional", 30),
    ("yearly", "unit", 15),
    ("yearly", "regional", 30),
]


def fill(apps, schema_editor=None):
    """From the period on in which the portal begins: it starts with nothing late."""
    duties = apps.get_model("reports", "ReportDuty").objects
    today = timezone.localdate()
    for kind, level, days in DUTIES:
        duties.get_or_create(
            kind=kind,
            level=level,
            defaults={
                "valid_from": Period.of(kind, today).first,
                "days": days,
                "source": OURS,
            },
        )
