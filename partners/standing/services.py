"""What becomes of an approved partner: active, suspended, resumed, ended."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import officers, own_people, tell

Status = Partnership.Status


@transaction.atomic
def activate(partnership: Partnership, *, by: User) -> None:
    """An approved partner joined an active group or signed its first agreement."""
    partnership.lock()
    if partnership.status == Status.ACTIVE:
        return
    if partnership.status != Status.APPROVED:
        raise ValidationError(
            _("Mitra berstatus “%(status)s” tidak dapat diaktifkan."),
            params={"status": partnership.get_status_display()},
        )
    partnership.move_to(Status.ACTIVE, by=by)
    tell(
        partnership,
        "active",
        own_people(partnership),
        _("%(name)s sekarang mitra aktif"),
    )


@transaction.atomic
def suspend(partnership: Partnership, *, reason: str, by: User) -> None:
    """Stop working with a partner for a time."""
    partnership.begin("suspend", by=by, reason=reason)
    partnership.move_to(Status.SUSPENDED, by=by, reason=reason)
    _tell_all(partnership, _("Kemitraan %(name)s ditangguhkan"))


@transaction.atomic
def resume(partnership: Partnership, *, by: User) -> None:
    """Work with a suspended partner again."""
    partnership.begin("resume", by=by)
    partnership.move_to(Status.ACTIVE, by=by, verb="resumed")
    _tell_all(partnership, _("Kemitraan %(name)s dilanjutkan"))


@transaction.atomic
def end(partnership: Partnership, *, reason: str, by: User) -> None:
    """End the partnership; its memberships end the same day, its history stays."""
    partnership.begin("end", by=by, reason=reason)
    partnership.move_to(Status.ENDED, by=by, reason=reason)
    for membership in partnership.memberships.current().select_related("group"):
        membership.ends_on = max(membership.starts_on, partnership.office.today)
        membership.save(update_fields=["ends_on"])
        membership.group.touch()
        Entry.record(
            by,
            "communitygroup.member_ended",
            membership.group,
            partner=str(partnership),
        )
    _tell_all(partnership, _("Kemitraan %(name)s berakhir"))


def _tell_all(partnership, title):
    at_the_unit = officers(partnership, "partners.verify_partner")
    people = [*own_people(partnership), *at_the_unit]
    tell(partnership, partnership.status, people, title, "%(reason)s")
