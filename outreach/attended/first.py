"""The ways of following an activity that the portal begins with."""

from django.utils.translation import gettext_noop as _

WAYS = [_("Di tempat"), _("Daring")]


def fill(apps, schema_editor=None):
    ways = apps.get_model("outreach", "AttendanceWay").objects
    for name in WAYS:
        ways.get_or_create(name=name)
