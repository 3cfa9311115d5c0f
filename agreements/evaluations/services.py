"""One officer says what came of an agreement, another one confirms it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.evaluations import due
from agreements.evaluations.models import Evaluation, Outcome
from agreements.plans.progress import progress_of
from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import next_in_turn, tell

Kind, Status = Evaluation.Kind, Evaluation.Status
OUTCOME = ("wanted", "state", "proof", "remains")


@transaction.atomic
def evaluate(agreement: Agreement, *, by: User, **answers: str) -> None:
    """Hand in the evaluation of the year; one that came back is written anew."""
    agreement.begin("evaluate", by=by)
    _hand_in(agreement, Kind.YEARLY, due.day_of(agreement), answers, by)


@transaction.atomic
def report_end(
    agreement: Agreement, *, items: list[dict], by: User, **answers: str
) -> None:
    """Hand in what became of each outcome that was wanted."""
    agreement.begin("report_end", by=by)
    if not items:
        raise ValidationError(_("Isi sedikitnya satu hasil yang diinginkan."))
    row = _hand_in(agreement, Kind.FINAL, agreement.lasts_until, answers, by)
    row.outcomes.all().delete()
    planned = {item.pk: item for item in agreement.plan_items.all()}
    for place, given in enumerate(items, start=1):
        outcome = Outcome(
            evaluation=row,
            order=place,
            item=planned.get(given.get("item")),
            **{name: given.get(name) or "" for name in OUTCOME},
        )
        outcome.full_clean(exclude=["evaluation", "item"])
        outcome.save()


@transaction.atomic
def confirm(agreement: Agreement, *, verdict: str, by: User, reason: str = "") -> None:
    """Confirm the one that waits, or send it back with what must be mended."""
    agreement.begin("confirm_evaluation", by=by)
    row = due.pending(agreement)
    if verdict == Status.CONFIRMED:
        row.status, row.confirmed_by = Status.CONFIRMED, by
        row.confirmed_at, row.reason = timezone.now(), ""
        verb, title = "evaluation_confirmed", _("Disahkan: %(evaluation)s, %(name)s")
    else:
        if not reason.strip():
            raise ValidationError({"reason": _("Tulis alasannya.")})
        row.status, row.reason = Status.RETURNED, reason.strip()
        verb, title = (
            "evaluation_returned",
            _("Perlu perbaikan: %(evaluation)s, %(name)s"),
        )
    row.validate_constraints()
    row.revision += 1
    row.save()
    _written(agreement)
    Entry.record(by, f"agreement.{verb}", agreement, what=row.name, reason=reason)
    tell(
        agreement,
        verb,
        [row.submitted_by],
        title,
        "%(why)s",
        by=by,
        evaluation=lambda: row.name,
        why=row.reason,
    )


def _hand_in(agreement, kind, day, answers, by) -> Evaluation:
    row = agreement.evaluations.filter(kind=kind, status=Status.RETURNED)
    row = row.filter(due_on=day) if kind == Kind.YEARLY else row
    row = row.first() or Evaluation(agreement=agreement, kind=kind, created_by=by)
    _count(row, day)
    for name, value in answers.items():
        setattr(row, name, value)
    row.status, row.reason = Status.SUBMITTED, ""
    row.submitted_by, row.submitted_at = by, timezone.now()
    row.full_clean(exclude=["agreement", "submitted_by", "created_by"])
    row.revision += 1
    row.save()
    _written(agreement)
    Entry.record(by, "agreement.evaluated", agreement, what=row.name)
    tell(
        agreement,
        "evaluated",
        next_in_turn(agreement),
        _("%(evaluation)s menunggu pengesahan Anda: %(name)s"),
        _("Disusun oleh %(officer)s."),
        by=by,
        evaluation=lambda: row.name,
        officer=by,
    )
    return row


def _count(row, day):
    """What was done by now of what was planned until that day."""
    row.due_on = day
    progress = progress_of(row.agreement).begun_by(day)
    row.times, row.fulfilled = progress.times, progress.fulfilled
    row.target, row.served = progress.target, progress.sums.served


def _written(agreement):
    due.forget(agreement)
    agreement.touch()
