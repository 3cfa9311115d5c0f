"""What becomes of an approved partner: active, suspended, resumed, ended."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.models import Partner
from partners.services.telling import tell_officers, tell_partner
from pokmas.accounts.models import User
from pokmas.audit.models import Entry

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
    tell_partner(
        partner,
        "partner.active",
        _("%(name)s sekarang mitra aktif"),
    )


@transaction.atomic
def suspend(partner: Partner, *, reason: str, by: User) -> None:
    """Stop working with a partner for a time."""
    partner.lock()
    partner.move_to(Status.SUSPENDED, by=by, reason=reason.strip())
    _tell_all(partner, _("Kemitraan %(name)s ditangguhkan"))


@transaction.atomic
def resume(partner: Partner, *, by: User) -> None:
    """Work with a suspended partner again."""
    partner.lock()
    if partner.status != Status.SUSPENDED:
        raise ValidationError(_("Mitra ini tidak sedang ditangguhkan."))
    partner.move_to(Status.ACTIVE, by=by)
    _tell_all(partner, _("Kemitraan %(name)s dilanjutkan"))


@transaction.atomic
def end(partner: Partner, *, reason: str, by: User) -> None:
    """End the partnership; its memberships end the same day, its history stays."""
    partner.lock()
    partner.move_to(Status.ENDED, by=by, reason=reason.strip())
    for membership in partner.memberships.current().select_related("group"):
        membership.ends_on = max(membership.starts_on, partner.office.today)
        membership.save(update_fields=["ends_on"])
        Entry.record(
            by, "communitygroup.member_ended", membership.group, partner=str(partner)
        )
    _tell_all(partner, _("Kemitraan %(name)s berakhir"))


def _tell_all(partner, title):
    kind, body = f"partner.{partner.status}", "%(reason)s"
    tell_partner(partner, kind, title, body)
    tell_officers(partner, "partners.verify_partner", f"{kind}.unit", title, body)
