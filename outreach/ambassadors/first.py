"""What may come of a contact, as the portal begins."""

from django.utils.translation import gettext_noop as _

# Code, name, and whether a day for the next step is asked for.
RESULTS = [
    ("interested", _("Tertarik"), False),
    ("follow_up", _("Perlu tindak lanjut"), True),
    ("declined", _("Menolak"), False),
    ("not_met", _("Belum bertemu"), False),
    ("partner", _("Sudah bermitra"), False),
]


def fill(apps, schema_editor=None):
    for place, (code, name, needs) in enumerate(RESULTS, start=1):
        apps.get_model("outreach", "ContactResult").objects.get_or_create(
            code=code,
            defaults={"name": name, "needs_follow_up": needs, "order": 10 * place},
        )
