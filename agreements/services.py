"""What people do with an agreement: draft, discuss, review, sign, suspend, end."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Agreement, Extract, Review
from partners import services as partners
from partners.models import Partner
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents import pdf
from pokmas.documents import services as documents
from pokmas.documents.models import Document, IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.jobs.models import Job
from pokmas.notices.services import holders, notify

Status = Agreement.Status
# Printed on a paper, and papers are Indonesian.
EXTRACT_TITLE = "Ringkasan kerja sama"


@transaction.atomic
def draft(agreement: Agreement, *, by: User) -> Agreement:
    """Keep a new draft; the same form sent twice gives the same draft."""
    if not by.acting.office.is_above(agreement.office):
        raise ValidationError(_("Unit ini di luar kantor Anda."))
    if not agreement.partner.is_working:
        raise ValidationError(
            {"partner": _("Mitra ini belum disetujui atau sudah tidak aktif.")}
        )
    kept = agreement.save_new(by)
    if kept is agreement:
        Entry.record(by, "agreement.drafted", agreement)
    return kept


@transaction.atomic
def change(agreement: Agreement, *, by: User, revision: int, fields: list[str]) -> None:
    """Save an edited text; only while it is still being written."""
    if not agreement.is_editable:
        raise ValidationError(
            _("Naskah berstatus “%(status)s” tidak dapat diubah lagi."),
            params={"status": agreement.get_status_display()},
        )
    agreement.validate_constraints()
    agreement.save_edit(revision, fields)
    Entry.record(by, "agreement.changed", agreement)


@transaction.atomic
def discuss(agreement: Agreement, *, by: User) -> None:
    """Open the draft to the partner, so that both sides agree on the text."""
    agreement.lock()
    agreement.move_to(Status.DISCUSSION, by=by)
    _tell_partner(
        agreement,
        _("Naskah kerja sama “%(title)s” siap Anda baca"),
        _("Baca naskahnya, lalu sampaikan perbaikan kepada petugas unit."),
    )


@transaction.atomic
def submit(agreement: Agreement, *, by: User) -> None:
    """Hand the agreed text to the Kanwil for review."""
    agreement.lock()
    agreement.move_to(Status.LEGAL_REVIEW, by=by, submitted_by=by)
    notify(
        holders([Role.REGIONAL_REVIEWER], agreement.office.region),
        kind="agreement.review",
        title=_("Naskah menunggu telaah: %(title)s") % {"title": agreement.title},
        body=_("Diajukan oleh %(office)s.") % {"office": agreement.office},
        url=agreement.get_absolute_url(),
        about=agreement,
        key=f"agreement.review:{agreement.pk}:{agreement.revision}",
    )


@transaction.atomic
def review(agreement: Agreement, *, by: User, verdict: str, notes: str = "") -> Review:
    """Write down a verdict: ready to sign, or back to discussion with notes."""
    agreement.lock()
    agreement.refuse_own(by)
    row = Review(agreement=agreement, verdict=verdict, notes=notes, reviewed_by=by)
    row.full_clean(exclude=["agreement", "reviewed_by"])
    if verdict == Review.Verdict.READY:
        agreement.move_to(Status.READY_TO_SIGN, by=by)
        title = _("Siap ditandatangani: %(title)s")
        who = [Role.UNIT_HEAD, Role.UNIT_OPERATOR]
    else:
        agreement.move_to(Status.DISCUSSION, by=by, reason=notes)
        title = _("Perlu perbaikan: %(title)s")
        who = [Role.UNIT_OPERATOR]
    row.save()
    notify(
        holders(who, agreement.office),
        kind="agreement.reviewed",
        title=title % {"title": agreement.title},
        body=notes,
        url=agreement.get_absolute_url(),
        about=agreement,
        key=f"agreement.reviewed:{row.pk}",
    )
    return row


@transaction.atomic
def sign(
    agreement: Agreement,
    *,
    by: User,
    scan: Document,
    our_number: str,
    partner_number: str,
    signed_on,
    signed_at_place: str,
) -> None:
    """Record the signing with its scan; an approved partner thereby becomes active."""
    agreement.lock()
    agreement.expect(agreement.awaits_signing)
    if signed_on > timezone.localdate():
        raise ValidationError(
            {"signed_on": _("Tanggal tanda tangan tidak boleh di masa depan.")}
        )
    documents.attach(scan, agreement, by=by)
    agreement.move_to(
        Status.SIGNED,
        by=by,
        scan=scan,
        our_number=our_number,
        partner_number=partner_number,
        number_year=signed_on.year,
        signed_on=signed_on,
        signed_at_place=signed_at_place,
    )
    if agreement.partner.status == agreement.partner.Status.APPROVED:
        partners.activate(agreement.partner, by=by)
    _tell_partner(
        agreement,
        _("Kerja sama “%(title)s” sudah ditandatangani"),
        _("Nomor unit: %(number)s.") % {"number": our_number},
    )


@transaction.atomic
def suspend(agreement: Agreement, *, by: User, reason: str) -> None:
    """Stop an agreement for a time; agreements below it stop with it."""
    agreement.lock()
    agreement.move_to(Status.SUSPENDED, by=by, reason=_required(reason))
    _withdraw_extracts(agreement, by=by)
    for child in agreement.children.filter(status=Status.SIGNED):
        suspend(child, by=by, reason=reason)
    _tell_partner(agreement, _("Kerja sama “%(title)s” ditangguhkan"), reason)


@transaction.atomic
def resume(agreement: Agreement, *, by: User) -> None:
    """Bring a suspended agreement back."""
    agreement.lock()
    agreement.expect(agreement.status == Status.SUSPENDED)
    if agreement.umbrella and agreement.umbrella.status == Status.SUSPENDED:
        raise ValidationError(_("Nota payungnya masih ditangguhkan."))
    agreement.move_to(Status.SIGNED, by=by)
    _tell_partner(agreement, _("Kerja sama “%(title)s” dilanjutkan"), "")


@transaction.atomic
def terminate(agreement: Agreement, *, by: User, reason: str, paper: Document) -> None:
    """End an agreement before its date, with a paper; those below it end with it."""
    agreement.lock()
    if paper.owner_id is None:
        documents.attach(paper, agreement, by=by)
    agreement.move_to(
        Status.TERMINATED, by=by, reason=_required(reason), termination_paper=paper
    )
    _withdraw_extracts(agreement, by=by)
    for child in agreement.children.filter(
        status__in=[Status.SIGNED, Status.SUSPENDED]
    ):
        terminate(child, by=by, reason=reason, paper=paper)
    _tell_partner(agreement, _("Kerja sama “%(title)s” diakhiri"), reason)


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
        title=EXTRACT_TITLE,
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
        "agreements/pdf/extract.html",
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


@transaction.atomic
def end_partner(partner: Partner, *, by: User, reason: str) -> None:
    """End a partnership; refused while an agreement with it is in force."""
    partner.lock()
    in_force = partner.agreements.in_force().first()
    if in_force is not None:
        raise ValidationError(
            _("Kerja sama “%(title)s” masih berlaku. Akhiri dahulu kerja samanya."),
            params={"title": in_force.title},
        )
    partners.end(partner, by=by, reason=_required(reason))


def _replace_older(made: Extract) -> None:
    """The check page tells whoever holds an older paper that there is a newer one."""
    papers = IssuedDocument.objects.filter(extract__agreement=made.agreement)
    for paper in papers.filter(status=IssuedDocument.Status.VALID):
        documents.replace(paper)


def _withdraw_extracts(agreement: Agreement, *, by: User) -> None:
    """No paper may say of an agreement that it is in force when it is not."""
    for paper in IssuedDocument.objects.filter(extract__agreement=agreement):
        if IssuedDocument.Status.WITHDRAWN in paper.next_statuses:
            documents.withdraw(paper, by=by, reason=agreement.reason)


def _tell_made(made: Extract) -> None:
    if made.job.requested_by is None:
        return
    notify(
        made.job.requested_by,
        kind="agreement.extracted",
        title=_("Ringkasan siap diunduh: %(title)s") % {"title": made.agreement.title},
        url=made.agreement.get_absolute_url(),
        about=made.agreement,
        key=f"agreement.extracted:{made.pk}",
    )


def _required(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Alasan wajib diisi.")})
    return reason.strip()


def _tell_partner(agreement: Agreement, title: str, body: str) -> None:
    notify(
        [row.user for row in agreement.partner.representatives.current()],
        kind=f"agreement.{agreement.status}",
        title=title % {"title": agreement.title},
        body=body,
        url=agreement.get_absolute_url(),
        about=agreement,
        key=f"agreement.{agreement.status}:{agreement.pk}:{agreement.revision}",
    )
