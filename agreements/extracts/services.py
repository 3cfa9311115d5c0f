"""The paper that sums up an agreement in force: asked for, made, withdrawn."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agreements.extracts.models import Extract
from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import pdf
from pokmas.documents import services as documents
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.jobs.models import Job
from pokmas.notices.telling import tell

# Printed on a paper, and papers are Indonesian.
TITLE = "Ringkasan kerja sama: {}"


@transaction.atomic
def extract(agreement: Agreement, *, by: User) -> Extract:
    """Ask for the paper that sums up an agreement in force; a worker makes it.

    Asking again while the agreement stands as it did gives the same paper.
    """
    agreement.lock()
    made = agreement.extracts.filter(revision=agreement.revision).first()
    if made is not None:
        if made.job.state == Job.State.FAILED:
            jobs.retry(made.job, by=by)
        return made
    if not Agreement.objects.in_force().filter(pk=agreement.pk).exists():
        raise ValidationError(
            _("Ringkasan hanya dibuat selama kerja sama ditandatangani dan berlaku.")
        )
    issued = documents.issue(
        office=agreement.office,
        owner=agreement,
        version=agreement.extracts.count() + 1,
        title=Truncator(TITLE.format(agreement.title)).chars(200),
        number=agreement.our_number,
        holder=agreement.partner.name,
        valid_until=agreement.ends_on,
        by=by,
    )
    job = jobs.enqueue(
        "agreements.extract",
        key=f"agreements.extract:{agreement.pk}:{agreement.revision}",
        payload={"issued": issued.pk},
        url=agreement.get_absolute_url(),
        by=by,
    )
    Entry.record(by, "agreement.extracted", agreement, code=issued.code)
    return Extract.objects.create(
        agreement=agreement, revision=agreement.revision, issued=issued, job=job
    )


def build_extract(claim: jobs.Claim) -> None:
    """Render the paper, then store it. Running it twice is harmless."""
    made = Extract.objects.select_related(
        "issued",
        "agreement__office__parent__parent",
        "agreement__office__region",
        "agreement__partner",
        "agreement__group__field",
        "agreement__umbrella",
        "agreement__scan",
    ).get(issued=claim.payload["issued"])
    agreement, issued = made.agreement, made.issued
    claim.advance(10, _("Menyusun halaman"))
    rendered = pdf.render(
        "agreements/extracts/pdf/extract.html",
        {
            "agreement": agreement,
            "office": agreement.office,
            "fields": agreement.partner.fields.all(),
            "issued": issued,
            "made_by": claim.requested_by,
            "made_at": timezone.now(),
        },
    )
    claim.advance(90, _("Menyimpan"))
    with transaction.atomic():
        claim.hold()
        agreement.lock()
        if made.is_current:
            documents.seal(issued, rendered.content, pages=rendered.pages)
            _replace_older(made)
            documents.approve(issued)
            _tell_made(made)
        claim.finish()


def _replace_older(made: Extract) -> None:
    """The check page tells whoever holds an older paper that there is a newer one."""
    papers = IssuedDocument.objects.filter(extract__agreement=made.agreement)
    for paper in papers.filter(status=IssuedDocument.Status.VALID):
        documents.replace(paper)


def withdraw(agreement: Agreement, *, by: User) -> None:
    """No paper may say of an agreement that it is in force when it is not."""
    for paper in IssuedDocument.objects.filter(extract__agreement=agreement):
        if IssuedDocument.Status.WITHDRAWN in paper.next_statuses:
            documents.withdraw(paper, by=by, reason=agreement.reason)


def _tell_made(made: Extract) -> None:
    tell(
        made.agreement,
        "extracted",
        [made.job.requested_by],
        _("Ringkasan siap diunduh: %(name)s"),
    )
