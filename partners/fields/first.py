"""The fields that the portal begins with (PAS-06.OT.02.02/2020 names the first two)."""

from django.utils.translation import gettext_noop as _

FIELDS = [
    (_("Hukum dan Kemasyarakatan"), True),
    (_("Kemandirian dan Kepribadian"), True),
    (_("Ekonomi"), False),
    (_("Sosial"), False),
]


def fill(apps, schema_editor=None):
    for name, is_mandatory in FIELDS:
        apps.get_model("partners", "Field").objects.get_or_create(
            name=name, defaults={"is_mandatory": is_mandatory}
        )
