"""The work plan is written as a whole: rows come, change and go together."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from agreements.plans.activities import ACTIVITIES
from agreements.plans.models import PlanItem
from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import own_people, tell

FIELDS = ("type_code", "first_month", "last_month", "times", "target", "party", "note")


@transaction.atomic
def plan(agreement: Agreement, *, items: list[dict], by: User) -> None:
    """Make `items` the plan; what has an activity or was reported on stays."""
    agreement.begin("plan", by=by)
    before = {item.pk: item for item in agreement.plan_items.all()}
    if not items and not before:
        raise ValidationError(_("Isi sedikitnya satu butir rencana."))
    names = dict(ACTIVITIES.types())
    kept = set()
    for place, given in enumerate(items, start=1):
        item = before.get(given.get("item")) or PlanItem(agreement=agreement)
        for name in FIELDS:
            setattr(item, name, given[name])
        item.order = place
        item.type_name = names.get(item.type_code, item.type_name)
        if not item.type_name:
            raise ValidationError(_("Jenis kegiatan ini tidak dipakai lagi."))
        item.full_clean(exclude=["agreement"])
        item.save()
        kept.add(item.pk)
    for pk, item in before.items():
        if pk not in kept:
            _remove(item)
    agreement.touch()
    Entry.record(by, "agreement.planned", agreement)
    tell(
        agreement,
        "planned",
        own_people(agreement) if agreement.may_be_told else (),
        _("Rencana kerja diperbarui: %(name)s"),
        _("Lihat butir dan bulannya pada halaman kerja sama."),
        by=by,
    )


def _remove(item):
    try:
        item.delete()
    except ProtectedError as used:
        raise ValidationError(
            _(
                "“%(item)s” sudah punya kegiatan atau sudah dilaporkan; butir itu "
                "tidak dapat dihapus, tetapi dapat diubah."
            ),
            params={"item": item},
        ) from used
