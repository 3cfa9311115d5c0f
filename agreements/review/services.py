"""The Kanwil examines a text: ready to be signed, or back to discussion."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.review.models import Review
from agreements.texts.compare import latest_text
from pokmas.accounts.models import User
from pokmas.notices.telling import next_in_turn, officers, own_people, tell

Status = Agreement.Status


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
            *(row.reviewed_by for row in agreement.reviews.all()[:1]),
        ],
        _("Kembali ke pembahasan: %(name)s"),
        "%(reason)s",
        by=by,
    )


@transaction.atomic
def review(agreement: Agreement, *, by: User, verdict: str, notes: str = "") -> Review:
    """Write down a verdict: ready to sign, or back to discussion with notes."""
    agreement.begin("review", by=by)
    row = Review(
        agreement=agreement,
        text_version=latest_text(agreement),
        verdict=verdict,
        notes=notes,
        reviewed_by=by,
    )
    row.full_clean(exclude=["agreement", "text_version", "reviewed_by"])
    if verdict == Review.Verdict.READY:
        agreement.move_to(Status.READY_TO_SIGN, by=by)
        title = _("Siap ditandatangani: %(name)s")
    else:
        agreement.move_to(Status.DISCUSSION, by=by, reason=notes, verb="sent_back")
        title = _("Perlu perbaikan: %(name)s")
    row.save()
    writers = officers(agreement, "agreements.change_agreement")
    tell(
        agreement,
        "reviewed",
        [*next_in_turn(agreement), *writers],
        title,
        "%(notes)s",
        notes=notes,
    )
    return row
