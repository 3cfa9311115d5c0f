"""A text comes into being: drafted, changed, opened to the partner."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import own_people, tell

Status = Agreement.Status
# What one text takes over from another.
COPIED = (
    *("office", "kind", "partner", "umbrella", "group", "title"),
    *("urgency", "form", "subject", "starts_on", "ends_on"),
    *("our_signatory", "our_position", "our_nip", "our_capacity"),
    *("partner_signatory", "partner_position"),
)


def copy_of(agreement: Agreement, **changes) -> Agreement:
    """A new text with the same words, not saved yet; who leads the unit and the partner
    now signs it, as far as that is known."""
    copied = {name: getattr(agreement, name) for name in COPIED}
    return Agreement(**copied | _leaders(agreement) | changes)


def _leaders(agreement):
    office, partner = agreement.office, agreement.partner
    found = {}
    if office.head_name and office.head_name != agreement.our_signatory:
        found |= {
            "our_signatory": office.head_name,
            "our_nip": office.head_nip,
            "our_capacity": office.head_capacity,
        }
    if partner.leader_name and partner.leader_name != agreement.partner_signatory:
        found |= {
            "partner_signatory": partner.leader_name,
            "partner_position": partner.leader_position or agreement.partner_position,
        }
    return found


@transaction.atomic
def draft(agreement: Agreement, *, by: User) -> Agreement:
    """Keep a new draft; the same form sent twice gives the same draft."""
    if not by.acting.office.is_above(agreement.office):
        raise ValidationError(_("Unit ini di luar kantor Anda."))
    partnership = agreement.partnership
    if partnership is None or not partnership.is_working:
        raise ValidationError(
            {"partner": _("Mitra ini belum disetujui atau sudah tidak aktif.")}
        )
    partnership.refuse_representative(by)
    kept = agreement.save_new(by)
    if kept is agreement:
        Entry.record(by, "agreement.drafted", agreement)
    return kept


@transaction.atomic
def change(agreement: Agreement, *, by: User, revision: int, fields: list[str]) -> None:
    """Save an edited text; only while it is still being written."""
    Agreement.objects.get(pk=agreement.pk).begin("change", by=by)
    agreement.validate_constraints()
    agreement.save_edit(revision, fields)
    Entry.record(by, "agreement.changed", agreement)


@transaction.atomic
def discuss(agreement: Agreement, *, by: User) -> None:
    """Open the draft to the partner, so that both sides agree on the text."""
    agreement.begin("discuss", by=by)
    agreement.move_to(Status.DISCUSSION, by=by)
    tell(
        agreement,
        "discussion",
        own_people(agreement),
        _("Naskah kerja sama “%(name)s” siap Anda baca"),
        _("Baca naskahnya, lalu sampaikan perbaikan kepada petugas unit."),
    )
