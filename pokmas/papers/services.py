"""One way for every paper: asked for, made by a worker, sealed, told, withdrawn."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import sealing
from pokmas.documents import services as documents
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.notices.telling import tell
from pokmas.papers import printing
from pokmas.papers.kinds import PAPERS

Status = IssuedDocument.Status


@transaction.atomic
def ask(kind: str, owner: models.Model, *, by: User) -> IssuedDocument:
    """Have a worker make this paper; its code exists from here on.

    Asking again gives the paper that is there, if it still serves; one whose making
    failed is taken up again.
    """
    paper = PAPERS[kind]
    owner.lock()
    latest = paper.latest(owner)
    if latest is not None and paper.serves(latest, owner):
        if latest.job and latest.job.can_be_retried:
            jobs.retry(latest.job, by=by)
        return latest
    if refusal := paper.refusal(owner):
        raise ValidationError(refusal)
    issued = documents.issue(
        kind=kind,
        office=owner.office,
        owner=owner,
        owner_revision=paper.revision(owner),
        version=latest.version + 1 if latest else 1,
        is_draft=paper.is_draft,
        by=by,
        **vars(paper.identity(owner)),
    )
    issued.job = jobs.enqueue(
        kind,
        key=f"{kind}:{owner.pk}:{issued.version}",
        payload={"issued": issued.pk, **paper.payload(owner)},
        url=paper.address(owner),
        by=by,
    )
    issued.save(update_fields=["job"])
    if paper.asked:
        Entry.record(by, paper.asked, owner, code=issued.code)
    return issued


def make(claim: jobs.Claim) -> None:
    """Render the paper, then store it. Running it twice is harmless."""
    issued = IssuedDocument.objects.for_printing().get(pk=claim.payload["issued"])
    paper = PAPERS[issued.kind]
    owner = paper.rows().get(pk=issued.owner_id)
    with printing.as_printed(issued.office):
        claim.advance(5, _("Mengumpulkan isi"))
        content = paper.content(owner, issued)
        claim.advance(25, _("Menyusun halaman"))
        rendered = printing.pdf_of(content, issued, made_by=claim.requested_by)
        claim.advance(80, _("Menyusun berkas Word"))
        word = paper.word(owner, content, issued)
        content_of_pdf, certified_by = rendered.content, ""
        if not paper.is_draft:
            content_of_pdf, certified_by = sealing.sealed(rendered.content)
        package = paper.package(owner, content, issued, content_of_pdf)
    claim.advance(90, _("Menyimpan"))
    with transaction.atomic():
        claim.hold()
        owner.lock()
        if paper.is_wanted(issued, owner):
            documents.seal(
                issued,
                content_of_pdf,
                rendered.pages,
                word=word,
                package=package,
                certified_by=certified_by,
            )
            _replace_older(issued)
            paper.keep(issued, owner, content)
            if paper.at_once and not paper.is_draft:
                documents.approve(issued)
            what = f"{paper.kind}.{issued.version}"
            place = paper.address(owner)
            tell(owner, what, [claim.requested_by], paper.ready, leads_to=place)
        claim.finish()


def _replace_older(issued: IssuedDocument) -> None:
    """The check page tells whoever holds an older paper that there is a newer one."""
    older = IssuedDocument.objects.of(issued.owner).public()
    for paper in older.filter(kind=issued.kind, version__lt=issued.version):
        if Status.REPLACED in paper.next_statuses:
            documents.replace(paper)


@transaction.atomic
def withdraw(kind: str, owner: models.Model, *, by: User, reason: str) -> None:
    """No paper may say of a record what does not hold any more."""
    for paper in IssuedDocument.objects.of(owner).filter(kind=kind):
        if Status.WITHDRAWN in paper.next_statuses:
            documents.withdraw(paper, by=by, reason=reason)
