"""What may be said of a session and of people, as the portal begins."""

from django.utils.translation import gettext_noop as _

OUTCOMES = [
    (_("Terlaksana"), "held"),
    (_("Dibatalkan oleh kami"), "cancelled"),
    (_("Dibatalkan oleh mitra"), "cancelled"),
    (_("Dibatalkan karena cuaca"), "cancelled"),
    (_("Dibatalkan karena jaringan"), "cancelled"),
    (_("Hadir"), "came"),
    (_("Izin"), "excused"),
    (_("Tidak hadir"), "absent"),
]


def fill(apps, schema_editor=None):
    outcomes = apps.get_model("outreach", "Outcome").objects
    for name, effect in OUTCOMES:
        outcomes.get_or_create(name=name, defaults={"effect": effect})
