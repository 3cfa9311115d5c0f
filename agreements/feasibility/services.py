"""A plan is weighed: begun, answered, handed to the head, decided."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.feasibility.models import (
    Feasibility,
    FeasibilityAnswer,
    FeasibilityCriterion,
    FeasibilityFinding,
    FeasibilityTrigger,
    Recommendation,
)
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import next_in_turn, tell

Status = Feasibility.Status


@transaction.atomic
def plan(sheet: Feasibility, *, by: User) -> Feasibility:
    """Begin a sheet; the same form sent twice gives the same sheet."""
    if not by.acting.office.is_above(sheet.office):
        raise ValidationError(_("Unit ini di luar kantor Anda."))
    partnership = sheet.partner.at(sheet.office)
    if partnership is None or not partnership.is_working:
        raise ValidationError(
            {"partner": _("Mitra ini belum disetujui atau sudah tidak aktif.")}
        )
    partnership.refuse_representative(by)
    kept = sheet.save_new(by)
    if kept is sheet:
        Entry.record(by, "feasibility.planned", sheet)
    return kept


@transaction.atomic
def change(sheet: Feasibility, *, by: User, revision: int, fields: list[str]) -> None:
    """Save an edited plan, until it is handed in."""
    Feasibility.objects.get(pk=sheet.pk).begin("change", by=by)
    sheet.validate_constraints()
    sheet.save_edit(revision, fields)
    Entry.record(by, "feasibility.changed", sheet)


@transaction.atomic
def answer(
    sheet: Feasibility,
    *,
    by: User,
    answers: dict[FeasibilityCriterion, tuple[int, str]],
    found: dict[FeasibilityTrigger, tuple[bool, str]],
    papers: Iterable[Document] = (),
) -> None:
    """Keep what was answered so far, and the files that show it."""
    sheet.begin("answer", by=by)
    for criterion, (score, evidence) in answers.items():
        if score is None:
            sheet.answers.filter(criterion=criterion).delete()
            continue
        row = FeasibilityAnswer(
            sheet=sheet, criterion=criterion, score=score, evidence=evidence
        )
        _keep(row, sheet.answers.filter(criterion=criterion).first())
    for trigger, (is_there, explanation) in found.items():
        row = FeasibilityFinding(
            sheet=sheet, trigger=trigger, is_there=is_there, explanation=explanation
        )
        _keep(row, sheet.findings.filter(trigger=trigger).first())
    documents.attach_all([(paper, sheet) for paper in papers], by=by)
    sheet.touch()
    Entry.record(by, "feasibility.answered", sheet)


def _keep(row, before):
    """In the place of what was answered before."""
    if before is not None:
        row.pk, row._state.adding = before.pk, False
    row.validate_constraints()
    row.save()


@transaction.atomic
def submit(sheet: Feasibility, *, by: User) -> None:
    """Hand it to the head, with an answer to each criterion."""
    sheet.begin("submit", by=by)
    if missing := sheet.unanswered:
        raise ValidationError(
            _("Kriteria belum dijawab: %(criteria)s."),
            params={"criteria": "; ".join(map(str, missing))},
        )
    sheet.move_to(
        Status.SUBMITTED, by=by, submitted_by=by, decided_by=None, decided_on=None
    )
    tell(
        sheet,
        "submitted",
        next_in_turn(sheet),
        _("Lembar kelayakan menunggu keputusan Anda: %(name)s"),
        _("Rekomendasi: %(recommendation)s."),
        recommendation=lambda: str(sheet.weighed.recommendation.label),
    )


@transaction.atomic
def decide(sheet: Feasibility, *, by: User, verdict: str, reason: str = "") -> None:
    """The head says what becomes of it; against the recommendation he says why."""
    sheet.begin("decide", by=by)
    is_against = (
        verdict == Status.APPROVED
        and sheet.weighed.recommendation != Recommendation.WORTH
    )
    if (is_against or verdict != Status.APPROVED) and not reason.strip():
        words = _("Tulis alasannya: rekomendasi lembar ini “%(now)s”.")
        now = sheet.weighed.recommendation.label
        raise ValidationError({"reason": words % {"now": now}})
    sheet.move_to(
        verdict, by=by, reason=reason, decided_by=by, decided_on=sheet.office.today
    )
    tell(
        sheet,
        "decided",
        [sheet.created_by, sheet.submitted_by, *next_in_turn(sheet)],
        _("Lembar kelayakan diputuskan: %(name)s"),
        _("%(status)s. %(reason)s"),
        by=by,
        status=sheet.get_status_display,
    )
