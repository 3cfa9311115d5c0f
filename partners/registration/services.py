"""A partner registers itself, or an officer enters it; until it is submitted."""

from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.declarations import services as declarations
from partners.declarations.models import Declaration
from partners.fields.models import Field
from partners.known import services as known
from partners.registry import sections
from partners.registry.legal import LegalPaper
from partners.registry.models import Partner, Partnership, Representative
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import STAFF, Role
from pokmas.accounts.services.people import has_proved_address
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.services import notify
from pokmas.notices.telling import next_in_turn, officers, own_people, tell
from pokmas.offices.models import Office

Status = Partnership.Status
# What was handed in may be taken back: nobody has judged it, or it is asked for anew.
REMOVABLE = {Status.DRAFT, Status.RETURNED}


@transaction.atomic
def start(partnership: Partnership, *, by: User) -> Partnership:
    """Open a registration: the draft, its applicant's representation and role at once.

    Whoever has a draft already goes on with that one.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if by.assignments.current().filter(role__in=STAFF).exists():
        raise ValidationError(
            _("Akun petugas tidak dapat mendaftar. Pakai menu Catat mitra.")
        )
    if not has_proved_address(by):
        raise ValidationError(_("Pastikan dahulu alamat surel Anda lewat tautannya."))
    if (draft := own_draft(by)) is not None:
        return draft
    refuse_office(partnership.office, by)
    partnership.is_self_registered = True
    _introduce(partnership, by)
    kept = _open(partnership, by)
    if kept is partnership:
        by.acting = give_role(by, partnership.office)
        Representative.objects.create(partner=partnership.partner, user=by)
        Entry.record(by, "partnership.started", partnership)
    return kept


def _introduce(partnership, user):
    """What the account says already; the applicant may change it."""
    partnership.contact_name, partnership.phone = user.full_name, user.phone
    partnership.email = user.email
    if partnership.partner.kind.is_person:
        partnership.partner.name = partnership.partner.leader_name = user.full_name


def _open(partnership, by) -> Partnership:
    """Both rows, or what the same form has made already."""
    partner = partnership.partner
    partner.submission_key = partnership.submission_key
    known = partner.save_new(by)
    if known is not partner:
        return known.partnerships.get(submission_key=partner.submission_key)
    partnership.partner = partner
    return partnership.save_new(by)


def own_draft(user: User) -> Partnership | None:
    """The registration that this person began and did not submit yet."""
    own = Partnership.objects.represented_by(user, role=Role.PARTNER)
    drafts = own.filter(status=Status.DRAFT)
    return drafts.order_by("-pk").first()


@transaction.atomic
def enter(partnership: Partnership, *, by: User) -> Partnership:
    """Open a draft for a partner who stands at the counter."""
    refuse_office(partnership.office, by)
    kept = _open(partnership, by)
    if kept is partnership:
        Entry.record(by, "partnership.entered", partnership)
    return kept


@transaction.atomic
def edit(
    partnership: Partnership,
    *,
    revision: int,
    changed: list[str],
    fields: list[Field] = (),
    papers: list[Document] = (),
    by: User,
) -> None:
    """Save the `changed` answers, if `by` may change them at the present status.

    `papers` are added to those that are there. Where it is seated and of what kind it
    is may be among the answers: only a draft asks for them, which has no other unit.
    """
    before = _refuse_closed(partnership, changed, by)
    if not changed:
        return
    if "office" in changed:
        refuse_office(partnership.office, by)
        _move(before, partnership.office)
    of_partner = sections.OF_PARTNER.intersection(changed)
    partnership.save_edit(revision, set(changed) - of_partner - {"fields", "papers"})
    if of_partner:
        partner = partnership.partner
        partner.save_edit(partner.revision, of_partner)
    if "kind" in changed:
        # Other papers are asked for; the files stay, as supporting ones.
        partnership.legal_papers.all().delete()
    if "fields" in changed:
        partnership.fields.set(fields)
    for paper in papers:
        documents.attach(paper, partnership, by=by)
    Entry.record(by, "partnership.changed", partnership, changed=changed)


@transaction.atomic
def edit_identity(
    partnership: Partnership,
    partner: Partner,
    *,
    revision: int,
    changed: list[str],
    by: User,
) -> None:
    """Save what all units know of the `partner`, by way of one partnership with it.

    Whoever is about to decide on the partner anywhere is shown that it changed.
    """
    _refuse_closed(partnership, changed, by)
    if not changed:
        return
    columns = set(changed)
    if partner.kind.is_person and "name" in columns:
        partner.leader_name = partner.name
        columns.add("leader_name")
    partner.save_edit(revision, columns)
    others = partner.partnerships.filter(status__in=Partnership.IN_VETTING)
    for each in others.exclude(pk=partnership.pk).select_for_update():
        each.touch()
    partnership.touch()
    Entry.record(by, "partnership.changed", partnership, changed=changed)


def _refuse_closed(partnership, changed, by) -> Partnership:
    """The partnership as it stands, locked."""
    before = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if not sections.editable(before, by).issuperset(changed):
        raise ValidationError(
            _("Pada status “%(status)s” isian ini tidak dapat Anda ubah."),
            params={"status": before.get_status_display()},
        )
    return before


@transaction.atomic
def hand_in(
    partnership: Partnership, paper: LegalPaper, pages: list[Document], *, by: User
) -> None:
    """Add a paper that was asked for; photographed pages become one PDF.

    As long as nobody has judged the registration, it takes the place of the former one.
    """
    before = _refuse_closed(partnership, ["legal"], by)
    if len(pages) > 1:
        pages = [documents.bind(pages, by=by)]
    if before.status in REMOVABLE:
        for former in partnership.legal_papers.filter(required=paper.required):
            _take_back(former, by)
    paper.partnership, paper.added_by = partnership, by
    paper.document = documents.attach(pages[0], partnership, by=by)
    paper.validate_constraints()
    paper.save()
    before.touch()
    partnership.revision = before.revision
    Entry.record(by, "partnership.paper_handed_in", partnership, paper=str(paper))
    if before.is_vetted:
        tell(
            partnership,
            f"paper.{paper.pk}",
            officers(partnership, "partners.verify_partner"),
            _("%(name)s menyerahkan surat: %(paper)s"),
            by=by,
            paper=lambda: str(paper),
        )


def _take_back(paper, by):
    document = paper.document
    paper.delete()
    documents.discard(document, by=by)


@transaction.atomic
def remove_paper(partnership: Partnership, paper: Document, *, by: User) -> None:
    """Take back a paper that nobody has judged yet."""
    partnership.lock()
    if partnership.status not in REMOVABLE or (
        "papers" not in sections.editable(partnership, by)
    ):
        raise ValidationError(_("Berkas ini sudah diajukan dan tidak dapat dihapus."))
    partnership.legal_papers.filter(document=paper).delete()
    documents.discard(paper, by=by)


@transaction.atomic
def submit(
    partnership: Partnership,
    *,
    declared: Collection[Declaration],
    apart: Collection[Partner] = (),
    by: User,
) -> None:
    """Declare, and hand the registration to the unit. Doing it twice is harmless.

    From those `apart` an officer knows it to be another.
    """
    partnership.lock()
    if partnership.status == Status.SUBMITTED and partnership.submitted_by == by:
        return
    partnership.begin("submit", by=by)
    _refuse_incomplete(partnership)
    partnership.move_to(
        Status.SUBMITTED,
        by=by,
        submitted_by=by,
        submitted_on=partnership.office.today,
        verified_by=None,
    )
    declarations.declare(partnership, declared, by=by)
    for other in apart:
        known.set_apart(partnership, other, by=by)
    tell(
        partnership,
        "submitted",
        next_in_turn(partnership),
        _("Pendaftaran mitra menunggu pemeriksaan: %(name)s"),
        "%(kind)s",
        kind=lambda: str(partnership.partner.kind),
    )
    tell(
        partnership,
        "received",
        own_people(partnership),
        _("Pendaftaran %(name)s sudah kami terima"),
        _(
            "Nomor pendaftaran: %(reference)s. Unit tujuan: %(office)s. Status dapat "
            "dilihat tanpa masuk di %(url)s"
        ),
        reference=partnership.partner.reference,
        url=settings.BASE_URL + reverse("partners:status"),
    )


@transaction.atomic
def correct(partnership: Partnership, *, reason: str, by: User) -> None:
    """Take it back into the draft, to be handed in once more."""
    _take_back_from_unit(
        partnership,
        "correct",
        Status.DRAFT,
        _("Pendaftaran %(name)s ditarik untuk diperbaiki"),
        reason,
        by,
    )


@transaction.atomic
def withdraw(partnership: Partnership, *, reason: str, by: User) -> None:
    """End the registration; another may be begun."""
    _take_back_from_unit(
        partnership,
        "withdraw",
        Status.WITHDRAWN,
        _("Pendaftaran %(name)s ditarik pendaftar"),
        reason,
        by,
    )


@transaction.atomic
def discard(partnership: Partnership, *, reason: str, by: User) -> None:
    """Throw a draft away: its files are deleted, its history stays.

    As if it had never been handed in: what an applicant threw away no officer finds.
    """
    partnership.begin("discard", by=by, reason=reason)
    for paper in partnership.legal_papers.all():
        _take_back(paper, by)
    for paper in partnership.papers:
        documents.discard(paper, by=by)
    partnership.move_to(
        Status.WITHDRAWN,
        by=by,
        reason=reason,
        verb="discarded",
        submitted_by=None,
        submitted_on=None,
    )
    if not partnership.is_self_registered:
        tell(
            partnership,
            "discarded",
            [partnership.created_by],
            _("Draf mitra dibuang: %(name)s"),
            "%(reason)s",
            by=by,
        )


def _take_back_from_unit(partnership, name, status, title, reason, by):
    """Whose turn it was hears why. A draft is not theirs to open: the list is."""
    partnership.begin(name, by=by, reason=reason)
    waiting = set()
    if partnership.status == Status.SUBMITTED:
        waiting = {*next_in_turn(partnership)} - {by}
    partnership.move_to(status, by=by, reason=reason)
    notify(
        waiting,
        kind=f"partnership.{name}",
        title=title,
        body="%(reason)s",
        words={"name": str(partnership), "reason": reason},
        url=reverse("partners:index"),
        about=partnership,
    )


def _refuse_incomplete(partnership):
    empty = [
        label for labels in sections.missing(partnership).values() for label in labels
    ]
    if empty:
        raise ValidationError(
            _("Belum dapat diajukan. Masih kosong: %(labels)s."),
            params={"labels": ", ".join(map(str, empty))},
        )


def enters_for_own(user: User) -> bool:
    """Whether he enters partners for a Kanwil or headquarters, and not for units."""
    return user.acting.office.is_wide and user.has_perm("partners.submit_partner")


def offices_of(user: User) -> QuerySet:
    """For which offices an officer enters a partner."""
    own = user.acting.office
    if enters_for_own(user):
        rows = Office.objects.active().filter(pk=own.pk)
        return rows.select_related("regency__province", "region")
    return Office.objects.visible_to(user).choosable()


def refuse_office(office: Office, by: User) -> None:
    """Where officers enter partners depends on where they work."""
    if by.acting and by.acting.is_staff:
        if not by.acting.office.is_above(office):
            raise ValidationError({"office": _("Unit ini di luar kantor Anda.")})
        refuse_closed(office, offices_of(by))
    else:
        refuse_closed(office)


def refuse_closed(office: Office, offered: QuerySet | None = None) -> None:
    """A unit that takes nobody; all that take somebody are `offered`, or these."""
    offered = Office.objects.choosable() if offered is None else offered
    if not offered.filter(pk=office.pk).exists():
        raise ValidationError({"office": _("Pilih unit yang masih bekerja.")})


def give_role(user: User, office: Office, role: str = Role.PARTNER) -> Assignment:
    """The role of a partner at this unit, held already or from today on."""
    assignment, _made = Assignment.objects.get_or_create(
        user=user,
        office=office,
        role=role,
        ends_on=None,
        defaults={"starts_on": office.today},
    )
    return assignment


def _move(partnership, office):
    """The applicant's role goes with the draft to the unit he chose instead."""
    for row in partnership.partner.representatives.current().select_related("user"):
        roles = row.user.assignments.filter(role=row.role, ends_on=None)
        own = Partnership.objects.represented_by(row.user, role=row.role)
        stays = own.exclude(pk=partnership.pk).filter(office=partnership.office)
        if stays.exists() or roles.filter(office=office).exists():
            give_role(row.user, office, row.role)
        else:
            roles.filter(office=partnership.office).update(office=office)
