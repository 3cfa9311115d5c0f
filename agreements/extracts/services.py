"""What becomes of an agreement's paper when it says what does not hold any more."""

from agreements.extracts.papers import AgreementExtract
from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.documents.models import IssuedDocument
from pokmas.papers import services as papers
from pokmas.papers.kinds import PAPERS


def replace(agreement: Agreement, *, by: User, reason: str) -> None:
    """The one that says what was wrong is withdrawn at once, and a new one made."""
    kind, papers_of_it = AgreementExtract.kind, IssuedDocument.objects.of(agreement)
    is_out = papers_of_it.filter(kind=kind, status=IssuedDocument.Status.VALID).exists()
    withdraw(agreement, by=by, reason=reason)
    if is_out and not PAPERS[kind].refusal(agreement):
        papers.ask(kind, agreement, by=by)


def withdraw(agreement: Agreement, *, by: User, reason: str) -> None:
    """No paper may say of an agreement that it is in force when it is not."""
    papers.withdraw(AgreementExtract.kind, agreement, by=by, reason=reason)
