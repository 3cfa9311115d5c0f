"""What becomes of an approved partner: active, suspended, resumed, ended."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partner
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import officers, own_people, tell

Status = Partner.Status


@transaction.atomic
def activate(partner: Partner, *, by: User) -> None:
    """An approved partner joined an active group or signed its first agreement."""
    partner.lock()
    if partner.status == Status.ACTIVE:
        return
    if partner.status != Status.APPROVED:
        raise ValidationError(
            _("Mitra berstatus “%(status)s” tidak dapat diaktifkan."),
            params={"status": partner.get_status_display()},
        )
    partner.move_to(Status.ACTIVE, by=by)
    tell(partner, "active", own_people(partner), _("%(name)s sekarang mitra aktif"))


@transaction.atomic
def suspend(partner: Partner, *, reason: str, by: User) -> None:
    """Stop working with a partner for a time."""
    partner.begin("suspend", by=by, reason=reason)
    partner.move_to(Status.SUSPENDED, by=by, reason=reason)
    _tell_all(partner, _("Kemitraan %(name)s ditangguhkan"))


@transaction.atomic
def resume(partner: Partner, *, by: User) -> None:
    """Work with a suspended partner again."""
    partner.begin("resume", by=by)
    partner.move_to(Status.ACTIVE, by=by)
    _tell_all(partner, _("Kemitraan %(name)s dilanjutkan"))


@transaction.atomic
def end(partner: Partner, *, reason: str, by: User) -> None:
    """End the partnership; its memberships end the same day, its history stays."""
    partner.begin("end", by=by, reason=reason)
    partner.move_to(Status.ENDED, by=by, reason=reason)
    for membership in partner.memberships.current().select_related("group"):
        membership.ends_on = max(membership.starts_on, partner.office.today)
        membership.save(update_fields=["ends_on"])
        membership.group.touch()
        Entry.record(
            by, "communitygroup.member_ended", membership.group, partner=str(partner)
        )
    _tell_all(partner, _("Kemitraan %(name)s berakhir"))


def _tell_all(partner, title):
    at_the_unit = officers(partner, "partners.verify_partner")
    people = [*own_people(partner), *at_the_unit]
    tell(partner, partner.status, people, title, "%(reason)s")
