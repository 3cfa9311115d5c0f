"""A unit examines a registration; its head, a second person, decides."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Criterion, Finding, Partner
from partners.services.telling import tell_officers, tell_partner, tell_region
from pokmas.accounts.models import User

Status = Partner.Status


@transaction.atomic
def verify(partner: Partner, findings: list[Finding], *, by: User) -> None:
    """Keep the answers to the whole checklist and hand the registration to the head."""
    partner.lock()
    partner.move_to(Status.VERIFYING, by=by, verified_by=by)
    _keep(partner, findings, by)
    _refuse_gaps(partner)
    tell_officers(
        partner,
        "partners.approve_partner",
        "partner.verified",
        _("Pendaftaran mitra menunggu keputusan Anda: %(name)s"),
        _("Diperiksa oleh %(officer)s."),
        officer=by,
    )
    tell_partner(
        partner,
        "partner.verifying",
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
        partner.move_to(Status.VERIFYING, by=by, verified_by=by)
        _keep(partner, findings, by)
    else:
        partner.refuse_own(by)
    partner.move_to(Status.RETURNED, by=by, reason=reason.strip())
    tell_partner(
        partner,
        "partner.returned",
        _("Pendaftaran %(name)s perlu diperbaiki"),
        "%(reason)s",
    )


@transaction.atomic
def approve(partner: Partner, *, by: User) -> None:
    """Accept the partner; neither its submitter nor its examiner may do so."""
    partner.lock()
    partner.refuse_own(by)
    if unmet := partner.findings.unmet():
        raise ValidationError(
            _("Kriteria wajib belum terpenuhi: %(criteria)s."),
            params={"criteria": "; ".join(str(row.criterion) for row in unmet)},
        )
    partner.move_to(Status.APPROVED, by=by, decided_by=by, decided_at=timezone.now())
    tell_partner(
        partner,
        "partner.approved",
        _("Selamat, %(name)s disetujui sebagai mitra"),
        _(
            "%(office)s akan menghubungi Anda untuk bergabung dalam kelompok atau "
            "menyusun kerja sama."
        ),
    )
    tell_officers(
        partner,
        "agreements.add_agreement",
        "partner.ready",
        _("Mitra disetujui: %(name)s"),
        _("Masukkan ke kelompok atau susun kerja sama."),
    )


@transaction.atomic
def decline(partner: Partner, *, reason: str, by: User) -> None:
    """Refuse the partner for good and tell the applicant why."""
    partner.lock()
    partner.refuse_own(by)
    partner.move_to(
        Status.DECLINED,
        by=by,
        reason=reason.strip(),
        decided_by=by,
        decided_at=timezone.now(),
    )
    tell_partner(
        partner,
        "partner.declined",
        _("Pendaftaran %(name)s ditolak"),
        "%(reason)s",
    )


def tell_of_late_turns(now: datetime) -> None:
    """Tell those above, once, about each registration that waits too long."""
    for partner in _late(Status.SUBMITTED, now):
        tell_officers(
            partner,
            "partners.approve_partner",
            "partner.late",
            _("Pemeriksaan pendaftaran terlambat: %(name)s"),
        )
    for partner in _late(Status.VERIFYING, now):
        tell_region(
            partner,
            "partner.late",
            _("Keputusan pendaftaran terlambat: %(name)s (%(office)s)"),
        )


def _late(status, now):
    limit = now - timedelta(days=Partner.TURNS[status].days + 1)
    return Partner.objects.filter(status=status, status_since__lt=limit).select_related(
        "office__parent"
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
