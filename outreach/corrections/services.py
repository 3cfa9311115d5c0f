"""Corrections of a month whose report was accepted: with a reason, and shown."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity
from outreach.closing.models import ClosedMonth
from outreach.evidence.models import Evidence
from outreach.planned.services import carry
from outreach.restorative import services as restorative
from pokmas.accounts.models import User
from pokmas.accounts.roles import roles_with
from pokmas.audit.models import Entry
from pokmas.words import dates

RIGHT = "outreach.correct_activity"
# What a correction of a locked activity begins with, beside its figures and evidence.
COPIED = [
    *("type", "title", "starts_at", "ends_at", "held_on", "mode", "place", "regency"),
    *("group", "agreement", "approach", "funding", "cost", "output", "obstacles"),
    *("follow_up", "officers", "instructors", "changes_sought", "expected"),
    *("planned_on", "planned_place"),
]
# The files themselves stay one and the same.
SHOWN = [
    *("kind", "document_id", "caption", "look", "visibility", "reviewed_by_id"),
    *("edited_by_id", "edited_at"),
]
NEEDS_REASON = _(
    "Laporan %(month)s sudah diterima. Kegiatan bulan itu dicatat sebagai koreksi: "
    "tulis alasannya, lalu simpan lagi."
)
REFUSED = _(
    "Laporan %(month)s sudah diterima. Kegiatan bulan itu hanya dapat dicatat sebagai "
    "koreksi, oleh %(roles)s."
)


@transaction.atomic
def correct(activity: Activity, *, reason: str, by: User) -> None:
    """Open what was left of a closed month, to be reported and verified after all."""
    activity.begin("correct", by=by, reason=reason)
    activity.correction = reason.strip()
    activity.revision += 1
    activity.save(update_fields=["correction", "revision"])
    Entry.record(by, "activity.correction", activity, reason=activity.correction)


@transaction.atomic
def replace(activity: Activity, *, reason: str, by: User) -> None:
    """Put a copy in the place of a locked activity, to be reported anew.

    Until that is verified the locked one counts, and it stays as it is for ever.
    """
    activity.begin("replace", by=by, reason=reason)
    made = Activity(
        office=activity.office,
        correction=reason.strip(),
        corrects=activity,
        **{name: getattr(activity, name) for name in COPIED},
    ).save_new(by)
    made.partners.set(activity.partners.all())
    carry(activity, made)
    restorative.carry(activity, made)
    BeneficiaryCount.objects.bulk_create(
        BeneficiaryCount(
            activity=made, category=row.category, sex=row.sex, number=row.number
        )
        for row in activity.counts.all()
    )
    Evidence.objects.bulk_create(
        Evidence(activity=made, **{name: getattr(row, name) for name in SHOWN})
        for row in activity.evidence.present()
    )
    Entry.record(by, "activity.correction", made, reason=made.correction)


def settle_month(activity: Activity, reason: str, by: User) -> dict:
    """Put on a plan why it is dated into a closed month; what is wrong with it.

    In a month that is open it is no correction, whatever was written before.
    """
    if activity.corrects_id:
        return {}
    if not ClosedMonth.objects.cover(activity.office_id, activity.held_on):
        activity.correction = ""
        return {}
    month = {"month": dates.month_year(activity.held_on)}
    if not by.has_perm(RIGHT):
        roles = ", ".join(str(role.label) for role in roles_with(RIGHT))
        return {"starts_at": REFUSED % {**month, "roles": roles}}
    activity.correction = reason.strip() or activity.correction
    return {} if activity.correction else {"correction": NEEDS_REASON % month}
