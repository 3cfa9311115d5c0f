"""The fields that the portal begins with (PAS-06.OT.02.02/2020 names the first two)."""

FIELDS = [
    ("Hukum dan Kemasyarakatan", True),
    ("Kemandirian dan Kepribadian", True),
    ("Ekonomi", False),
    ("Sosial", False),
]


def fill(apps, schema_editor=None):
    for name, is_mandatory in FIELDS:
        apps.get_model("partners", "Field").objects.get_or_create(
            name=name, defaults={"is_mandatory": is_mandatory}
        )
