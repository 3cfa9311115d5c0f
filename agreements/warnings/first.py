"""The ladder that the portal begins with."""

from datetime import date

DAYS = [90, 60, 30, 7]
OURS = "Ketentuan awal portal; ganti bila ada keputusan yang mengaturnya"


def fill(apps, schema_editor=None):
    apps.get_model("agreements", "WarningLadder").objects.get_or_create(
        valid_from=date(2020, 2, 10), defaults={"days": DAYS, "source": OURS}
    )
