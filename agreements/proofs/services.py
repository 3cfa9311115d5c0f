"""Evidence that an officer adds, and the day from which progress is measured."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.proofs.card import card_of
from agreements.proofs.models import ProofAnswer, ProofBaseline, ProofElement
from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document


@transaction.atomic
def prove(
    agreement: Agreement,
    *,
    element: ProofElement,
    state: str,
    note: str,
    by: User,
    link: str = "",
    file: Document | None = None,
) -> None:
    """Say how it stands with an element, and show it; the newest word counts."""
    agreement.begin("prove", by=by)
    if not (element.is_active and element.is_typed):
        raise ValidationError(_("Unsur ini hanya dijawab oleh catatan portal."))
    answer = ProofAnswer.objects.filter(agreement=agreement, element=element).first()
    answer = answer or ProofAnswer(agreement=agreement, element=element)
    answer.state, answer.note, answer.link = state, note, link
    answer.file = file or answer.file
    answer.answered_by, answer.answered_on = by, agreement.office.today
    answer.full_clean(exclude=["agreement", "answered_by"])
    answer.save()
    if file is not None:
        documents.attach(file, answer, by=by)
    agreement.touch()
    Entry.record(by, "agreement.proved", agreement, element=element.name)


@transaction.atomic
def lock_baseline(agreement: Agreement, *, by: User) -> None:
    """Keep how each element stands today as the beginning, for good."""
    agreement.begin("lock_baseline", by=by)
    ProofBaseline.objects.create(
        agreement=agreement,
        locked_on=agreement.office.today,
        locked_by=by,
        lines=[line.frozen() for line in card_of(agreement).lines],
    )
    agreement.touch()
    Entry.record(by, "agreement.baseline_locked", agreement)
