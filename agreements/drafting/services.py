"""A text comes into being: drafted, changed, opened to the partner."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import own_people, tell

Status = Agreement.Status


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
