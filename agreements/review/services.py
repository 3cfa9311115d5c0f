"""The Kanwil examines a text: ready to be signed, or back to discussion."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.review.aspects import forget, left
from agreements.review.models import Review
from agreements.texts.compare import latest_text
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import next_in_turn, officers, own_people, tell

Status = Agreement.Status
# What the second of two people judges.
STEP_OF = {
    Review.Aspect.SUBSTANCE: "review_substance",
    Review.Aspect.FORMALITY: "review_formality",
}


@transaction.atomic
def submit(agreement: Agreement, *, by: User) -> None:
    """Hand the agreed text to the Kanwil for review."""
    agreement.begin("submit", by=by)
    agreement.move_to(Status.LEGAL_REVIEW, by=by, submitted_by=by)
    tell(
        agreement,
        "review",
        next_in_turn(agreement),
        _("Naskah menunggu telaah: %(name)s"),
        _("Diajukan oleh %(office)s."),
    )


@transaction.atomic
def reopen(agreement: Agreement, *, by: User, reason: str) -> None:
    """Take a text back that was ready to sign, because something in it must change."""
    agreement.begin("reopen", by=by, reason=reason)
    agreement.move_to(Status.DISCUSSION, by=by, reason=reason, verb="reopened")
    tell(
        agreement,
        "reopened",
        [
            *own_people(agreement),
            *officers(agreement, "agreements.sign_agreement"),
            *next_in_turn(agreement),
            *_last_reviewers(agreement),
        ],
        _("Kembali ke pembahasan: %(name)s"),
        "%(reason)s",
        by=by,
    )


@transaction.atomic
def review(
    agreement: Agreement, *, by: User, verdict: str, notes: str = "", aspect: str = ""
) -> str | None:
    """Write down a verdict: back to discussion with notes, or ready to sign as soon as
    nothing is left to judge. `aspect` is asked for while there are two of them."""
    agreement.lock()
    open_ones = left(agreement)
    agreement.begin(step_of(open_ones), by=by)
    if aspect not in open_ones:
        if len(open_ones) > 1:
            raise ValidationError({"aspect": _("Pilih yang Anda telaah.")})
        [aspect] = open_ones
    row = Review(
        agreement=agreement,
        text_version=latest_text(agreement),
        verdict=verdict,
        aspect=aspect,
        notes=notes,
        reviewed_by=by,
    )
    row.full_clean(exclude=["agreement", "text_version", "reviewed_by"])
    row.save()
    if verdict == Review.Verdict.REVISE:
        agreement.move_to(Status.DISCUSSION, by=by, reason=notes, verb="sent_back")
        _tell_reviewed(agreement, _("Perlu perbaikan: %(name)s"), notes)
    elif open_ones == [aspect]:
        agreement.move_to(Status.READY_TO_SIGN, by=by)
        _tell_reviewed(agreement, _("Siap ditandatangani: %(name)s"), notes)
    else:
        return _await_other(agreement, row, by)
    return None


def step_of(open_ones: list[str]) -> str:
    """The step that is left to take; any before the first verdict."""
    return STEP_OF.get(open_ones[0], "review") if len(open_ones) == 1 else "review"


def _await_other(agreement, row, by) -> str:
    """The text stays under review until another person has judged the rest."""
    agreement.touch()
    forget(agreement)
    Entry.record(by, f"agreement.reviewed_{row.aspect}", agreement)
    tell(
        agreement,
        "review",
        next_in_turn(agreement),
        _("Naskah menunggu telaah Anda: %(name)s"),
        "%(act)s.",
        by=by,
        act=lambda: str(agreement.turn.act),
    )
    return _("Hasil telaah tersimpan. Bagian lainnya menunggu telaah orang lain.")


def _tell_reviewed(agreement, title, notes):
    writers = officers(agreement, "agreements.change_agreement")
    people = [*next_in_turn(agreement), *writers]
    tell(agreement, "reviewed", people, title, "%(notes)s", notes=notes)


def _last_reviewers(agreement) -> list[User]:
    rows = list(agreement.reviews.select_related("reviewed_by")[:2])
    return [row.reviewed_by for row in rows[: 2 if rows and rows[0].is_half else 1]]
