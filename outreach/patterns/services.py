"""Patterns of an office: kept from an activity, renamed, archived."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.patterns.models import Pattern
from pokmas.accounts.models import User
from pokmas.audit.models import Entry


@transaction.atomic
def keep(activity: Activity, *, name: str, by: User) -> str:
    """Keep the plan of an activity, without its day, for its office."""
    activity.begin("keep_pattern", by=by)
    pattern = Pattern(
        office=activity.office,
        name=name,
        minutes=(activity.ends_at - activity.starts_at) // timedelta(minutes=1),
        **{field: getattr(activity, field) for field in Pattern.KEPT},
    )
    pattern.validate_constraints()
    pattern.save_new(by)
    pattern.partners.set(activity.partners.all())
    Entry.record(by, "pattern.kept", pattern)
    return str(_("Pola “%(name)s” tersimpan; pakailah saat mencatat kegiatan.")) % {
        "name": pattern.name
    }


@transaction.atomic
def change(pattern: Pattern, *, revision: int, by: User) -> None:
    """Rename it, archive it or offer it again."""
    pattern.validate_constraints()
    pattern.save_edit(revision, ["name", "is_active"])
    Entry.record(by, "pattern.changed", pattern)
