"""A unit examines a registration; its head, a second person, decides."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.kinds.models import Level
from partners.registry import legal
from partners.registry.models import Partnership
from partners.vetting.models import Criterion, Finding
from partners.visits.models import VisitRule
from pokmas.accounts.models import User
from pokmas.notices.telling import next_in_turn, own_people, tell
from pokmas.rules.models import Rule
from pokmas.words import dates

Status = Partnership.Status
VISIT_FIRST = _("Kunjungan lapangan wajib dicatat sebelum mitra disetujui.")


@transaction.atomic
def verify(partnership: Partnership, findings: list[Finding], *, by: User) -> None:
    """Keep the answers to the whole checklist and hand the registration to the head."""
    partnership.begin("verify", by=by)
    _refuse_unvisited(partnership)
    _examined(partnership, by)
    keep(partnership, findings, by)
    refuse_gaps(partnership, partnership.status_since)
    tell(
        partnership,
        "verified",
        next_in_turn(partnership),
        _("Pendaftaran mitra menunggu keputusan Anda: %(name)s"),
        _("Diperiksa oleh %(officer)s."),
        officer=by,
    )
    tell(
        partnership,
        "verifying",
        own_people(partnership),
        _("Pendaftaran %(name)s sudah diperiksa"),
        _("Sekarang menunggu keputusan %(office)s."),
    )


@transaction.atomic
def return_for_repair(
    partnership: Partnership, *, reason: str, by: User, findings: list[Finding] = ()
) -> None:
    """Send it back with what must be repaired: by the examiner or by the head."""
    partnership.lock()
    if partnership.status == Status.SUBMITTED:
        partnership.begin("verify", by=by)
        _examined(partnership, by)
        keep(partnership, findings, by)
    else:
        partnership.begin("decide", by=by)
    partnership.move_to(Status.RETURNED, by=by, reason=reason)
    tell(
        partnership,
        "returned",
        own_people(partnership),
        _("Pendaftaran %(name)s perlu diperbaiki"),
        "%(reason)s",
    )


def _refuse_unvisited(partnership):
    """Before it goes on to the head, and before he approves it."""
    if VisitRule.objects.requires(partnership) and not partnership.visits.exists():
        raise ValidationError(VISIT_FIRST)


@transaction.atomic
def approve(partnership: Partnership, *, by: User) -> None:
    """Accept the partner; neither its submitter nor its examiner may do so."""
    partnership.begin("decide", by=by)
    legal.refuse_lacking(partnership, Level.VETTED)
    refuse_unmet(partnership)
    _refuse_unvisited(partnership)
    partnership.move_to(
        Status.APPROVED,
        by=by,
        decided_by=by,
        decided_at=timezone.now(),
        approved_until=term_of(partnership),
    )
    tell(
        partnership,
        "approved",
        own_people(partnership),
        _("Selamat, %(name)s disetujui sebagai mitra"),
        _(
            "%(office)s akan menghubungi Anda untuk bergabung dalam kelompok atau "
            "menyusun kerja sama."
        ),
    )
    tell(
        partnership,
        "ready",
        next_in_turn(partnership),
        _("Mitra disetujui: %(name)s"),
        _("Masukkan ke kelompok atau susun kerja sama."),
    )


@transaction.atomic
def send_back(partnership: Partnership, *, reason: str, by: User) -> None:
    """Have it examined again; the applicant need not do anything."""
    partnership.begin("decide", by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Alasan wajib diisi.")})
    partnership.move_to(Status.SUBMITTED, by=by, reason=reason, verb="sent_back")
    tell(
        partnership,
        "sent_back",
        next_in_turn(partnership),
        _("Kepala meminta pemeriksaan lagi: %(name)s"),
        "%(reason)s",
    )


@transaction.atomic
def decline(partnership: Partnership, *, reason: str, by: User) -> None:
    """Refuse the partner for good and tell the applicant why."""
    partnership.begin("decide", by=by)
    partnership.move_to(
        Status.DECLINED,
        by=by,
        reason=reason,
        decided_by=by,
        decided_at=timezone.now(),
    )
    tell(
        partnership,
        "declined",
        own_people(partnership),
        _("Pendaftaran %(name)s ditolak"),
        "%(reason)s",
    )


def _examined(partnership, by):
    """Whoever examines has it in hand, also if it comes back to the unit."""
    partnership.move_to(Status.VERIFYING, by=by, verified_by=by, handler=by)


def refuse_unmet(partnership: Partnership) -> None:
    asked = Criterion.objects.asked_of(partnership)
    if unmet := partnership.findings.unmet(asked):
        raise ValidationError(
            _("Kriteria wajib belum terpenuhi: %(criteria)s."),
            params={"criteria": "; ".join(str(row.criterion) for row in unmet)},
        )


def term_of(partnership: Partnership) -> date | None:
    """Until when an approval of today lasts: the years of the rule, at most as long as
    each paper that it needs; None if neither ends."""
    papers = partnership.legal_papers.newest().filter(
        required__is_active=True, required__needed_for__in=Level.VETTED.until
    )
    ends = [paper.expires_on for paper in papers]
    ends.append(_after_years(partnership.office.today))
    return min(filter(None, ends), default=None)


def _after_years(today: date) -> date | None:
    years = Rule.objects.holding(today).get(Rule.Code.APPROVAL_YEARS)
    return dates.months_later(today, 12 * years) if years else None


def keep(partnership: Partnership, findings: list[Finding], by: User) -> None:
    for finding in findings:
        finding.partnership, finding.found_by = partnership, by
        finding.found_at = timezone.now()
        finding.validate_constraints()
        finding.save()


def refuse_gaps(partnership: Partnership, since: datetime) -> None:
    """Every criterion asked of it needs an answer of this examination."""
    answered = partnership.findings.filter(found_at__gte=since)
    asked = Criterion.objects.asked_of(partnership)
    unanswered = asked.exclude(pk__in=answered.values("criterion"))
    if unanswered:
        raise ValidationError(
            _("Kriteria belum dijawab: %(criteria)s."),
            params={"criteria": "; ".join(map(str, unanswered))},
        )
