"""The numbers that the portal begins with."""

from datetime import date

DECREE = "Keputusan Dirjen Pemasyarakatan PAS-06.OT.02.02 Tahun 2020"
RULES = [("min_groups", 2), ("min_partners", 5)]


def fill(apps, schema_editor=None):
    for code, value in RULES:
        apps.get_model("rules", "Rule").objects.get_or_create(
            code=code,
            valid_from=date(2020, 2, 10),
            defaults={"value": value, "source": DECREE},
        )
