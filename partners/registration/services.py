"""A partner registers itself, or an officer enters it; until it is submitted."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.registry import sections
from partners.registry.models import Partner, Representative
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import STAFF, Role
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import next_in_turn, own_people, tell
from pokmas.offices.models import Office

Status = Partner.Status


@transaction.atomic
def start(partner: Partner, *, by: User) -> Partner:
    """Open a registration: the draft, its applicant's representation and role at once.

    Whoever has a draft already goes on with that one.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if by.assignments.current().filter(role__in=STAFF).exists():
        raise ValidationError(
            _("Akun petugas tidak dapat mendaftar. Pakai menu Catat mitra.")
        )
    if not EmailAddress.objects.filter(user=by, verified=True).exists():
        raise ValidationError(_("Pastikan dahulu alamat surel Anda lewat tautannya."))
    if (draft := own_draft(by)) is not None:
        return draft
    _refuse_office(partner.office)
    partner.is_self_registered = True
    _introduce(partner, by)
    kept = partner.save_new(by)
    if kept is partner:
        by.acting = _give_role(by, partner.office)
        Representative.objects.create(partner=partner, user=by)
        Entry.record(by, "partner.started", partner)
    return kept


def _introduce(partner, user):
    """What the account says already; the applicant may change it."""
    partner.contact_name, partner.phone = user.full_name, user.phone
    partner.email = user.email
    if partner.kind == Partner.Kind.PERSON:
        partner.name = partner.leader_name = user.full_name


def own_draft(user: User) -> Partner | None:
    """The registration that this person began and did not submit yet."""
    drafts = Partner.objects.belonging_to(user).filter(status=Status.DRAFT)
    return drafts.order_by("-pk").first()


@transaction.atomic
def enter(partner: Partner, *, by: User) -> Partner:
    """Open a draft for a partner who stands at the counter."""
    _refuse_office(partner.office)
    if not by.acting.office.is_above(partner.office):
        raise ValidationError(_("Unit ini di luar kantor Anda."))
    kept = partner.save_new(by)
    if kept is partner:
        Entry.record(by, "partner.entered", partner)
    return kept


@transaction.atomic
def edit(
    partner: Partner,
    *,
    revision: int,
    changed: list[str],
    fields: list[Field] = (),
    papers: list[Document] = (),
    by: User,
) -> None:
    """Save the `changed` answers, if `by` may change them at the present status.

    `papers` are added to those that are there.
    """
    before = Partner.objects.select_for_update().get(pk=partner.pk)
    if not sections.editable(before, by).issuperset(changed):
        raise ValidationError(
            _("Pada status “%(status)s” isian ini tidak dapat Anda ubah."),
            params={"status": before.get_status_display()},
        )
    if not changed:
        return
    if "office" in changed:
        _refuse_office(partner.office)
        _move(before, partner.office)
    columns = set(changed) - {"fields", "papers"}
    if partner.kind == Partner.Kind.PERSON and columns & {"name", "kind"}:
        partner.leader_name = partner.name
        columns.add("leader_name")
    partner.save_edit(revision, columns)
    if "fields" in changed:
        partner.fields.set(fields)
    for paper in papers:
        documents.attach(paper, partner, by=by)
    Entry.record(by, "partner.changed", partner, changed=changed)


@transaction.atomic
def remove_paper(partner: Partner, paper: Document, *, by: User) -> None:
    """Take back a paper that nobody has judged yet."""
    partner.lock()
    if partner.status not in {Status.DRAFT, Status.RETURNED} or (
        "papers" not in sections.editable(partner, by)
    ):
        raise ValidationError(_("Berkas ini sudah diajukan dan tidak dapat dihapus."))
    documents.discard(paper, by=by)


@transaction.atomic
def submit(partner: Partner, *, by: User) -> None:
    """Hand the registration to the unit. Doing it twice is harmless."""
    partner.lock()
    if partner.status == Status.SUBMITTED and partner.submitted_by == by:
        return
    partner.begin("submit", by=by)
    _refuse_incomplete(partner)
    partner.move_to(Status.SUBMITTED, by=by, submitted_by=by, verified_by=None)
    tell(
        partner,
        "submitted",
        next_in_turn(partner),
        _("Pendaftaran mitra menunggu pemeriksaan: %(name)s"),
        "%(kind)s",
        kind=partner.get_kind_display,
    )
    tell(
        partner,
        "received",
        own_people(partner),
        _("Pendaftaran %(name)s sudah kami terima"),
        _("Nomor pendaftaran: %(reference)s. Unit tujuan: %(office)s."),
        reference=partner.reference,
    )


def _refuse_incomplete(partner):
    empty = [label for labels in sections.missing(partner).values() for label in labels]
    if empty:
        raise ValidationError(
            _("Belum dapat diajukan. Masih kosong: %(labels)s."),
            params={"labels": ", ".join(map(str, empty))},
        )


def _refuse_office(office):
    if not Office.objects.choosable().filter(pk=office.pk).exists():
        raise ValidationError({"office": _("Pilih unit yang masih bekerja.")})


def _give_role(user, office):
    assignment, _made = Assignment.objects.get_or_create(
        user=user,
        office=office,
        role=Role.PARTNER,
        ends_on=None,
        defaults={"starts_on": office.today},
    )
    return assignment


def _move(partner, office):
    """The applicant's role goes with the draft to the unit he chose instead."""
    for row in partner.representatives.current().select_related("user"):
        roles = row.user.assignments.filter(role=Role.PARTNER, ends_on=None)
        others = Partner.objects.belonging_to(row.user).exclude(pk=partner.pk)
        stays = others.filter(office=partner.office).exists()
        if stays or roles.filter(office=office).exists():
            _give_role(row.user, office)
        else:
            roles.filter(office=partner.office).update(office=office)
