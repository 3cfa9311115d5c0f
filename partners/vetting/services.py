"""A unit examines a registration; its head, a second person, decides."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partner
from partners.vetting.models import Criterion, Finding
from pokmas.accounts.models import User
from pokmas.notices.telling import next_in_turn, own_people, tell

Status = Partner.Status


@transaction.atomic
def verify(partner: Partner, findings: list[Finding], *, by: User) -> None:
    """Keep the answers to the whole checklist and hand the registration to the head."""
    partner.begin("verify", by=by)
    partner.move_to(Status.VERIFYING, by=by, verified_by=by)
    _keep(partner, findings, by)
    _refuse_gaps(partner)
    tell(
        partner,
        "verified",
        next_in_turn(partner),
        _("Pendaftaran mitra menunggu keputusan Anda: %(name)s"),
        _("Diperiksa oleh %(officer)s."),
        officer=by,
    )
    tell(
        partner,
        "verifying",
        own_people(partner),
        _("Pendaftaran %(name)s sudah diperiksa"),
        _("Sekarang menunggu keputusan Kepala %(office)s."),
    )


@transaction.atomic
def return_for_repair(
    partner: Partner, *, reason: str, by: User, findings: list[Finding] = ()
) -> None:
    """Send it back with what must be repaired: by the examiner or by the head."""
    partner.lock()
    if partner.status == Status.SUBMITTED:
        partner.begin("verify", by=by)
        partner.move_to(Status.VERIFYING, by=by, verified_by=by)
        _keep(partner, findings, by)
    else:
        partner.begin("decide", by=by)
    partner.move_to(Status.RETURNED, by=by, reason=reason)
    tell(
        partner,
        "returned",
        own_people(partner),
        _("Pendaftaran %(name)s perlu diperbaiki"),
        "%(reason)s",
    )


@transaction.atomic
def approve(partner: Partner, *, by: User) -> None:
    """Accept the partner; neither its submitter nor its examiner may do so."""
    partner.begin("decide", by=by)
    if unmet := partner.findings.unmet():
        raise ValidationError(
            _("Kriteria wajib belum terpenuhi: %(criteria)s."),
            params={"criteria": "; ".join(str(row.criterion) for row in unmet)},
        )
    partner.move_to(Status.APPROVED, by=by, decided_by=by, decided_at=timezone.now())
    tell(
        partner,
        "approved",
        own_people(partner),
        _("Selamat, %(name)s disetujui sebagai mitra"),
        _(
            "%(office)s akan menghubungi Anda untuk bergabung dalam kelompok atau "
            "menyusun kerja sama."
        ),
    )
    tell(
        partner,
        "ready",
        next_in_turn(partner),
        _("Mitra disetujui: %(name)s"),
        _("Masukkan ke kelompok atau susun kerja sama."),
    )


@transaction.atomic
def decline(partner: Partner, *, reason: str, by: User) -> None:
    """Refuse the partner for good and tell the applicant why."""
    partner.begin("decide", by=by)
    partner.move_to(
        Status.DECLINED,
        by=by,
        reason=reason,
        decided_by=by,
        decided_at=timezone.now(),
    )
    tell(
        partner,
        "declined",
        own_people(partner),
        _("Pendaftaran %(name)s ditolak"),
        "%(reason)s",
    )


def _keep(partner, findings, by):
    for finding in findings:
        finding.partner, finding.found_by = partner, by
        finding.found_at = timezone.now()
        finding.validate_constraints()
        finding.save()


def _refuse_gaps(partner):
    """Every criterion in use needs an answer of this examination."""
    answered = partner.findings.filter(found_at__gte=partner.status_since)
    unanswered = Criterion.objects.in_use().exclude(pk__in=answered.values("criterion"))
    if unanswered:
        raise ValidationError(
            _("Kriteria belum dijawab: %(criteria)s."),
            params={"criteria": "; ".join(map(str, unanswered))},
        )
