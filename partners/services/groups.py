"""A community group from proposal to dissolution, and who belongs to it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.models import CommunityGroup, GroupMembership, Partner
from partners.services.standing import activate
from partners.services.telling import tell_members, tell_officers
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document

Status = CommunityGroup.Status


@transaction.atomic
def propose(group: CommunityGroup, *, by: User) -> CommunityGroup:
    """Open a proposal; the same form sent twice gives the same group."""
    if not by.acting.office.is_above(group.office):
        raise ValidationError({"office": _("Unit ini di luar kantor Anda.")})
    made = CommunityGroup.objects.filter(
        submission_key=group.submission_key, created_by=by
    )
    if (kept := made.first()) is not None:
        return kept
    group.validate_constraints()
    kept = group.save_new(by)
    if kept is group:
        Entry.record(by, "communitygroup.proposed", group)
    return kept


@transaction.atomic
def edit(group: CommunityGroup, *, revision: int, changed: list[str], by: User) -> None:
    """Correct name or field while no decree names them."""
    before = CommunityGroup.objects.select_for_update().get(pk=group.pk)
    if not before.is_editable:
        raise ValidationError(
            _("Nama dan bidang kelompok sudah tercantum dalam SK."), code="decreed"
        )
    if changed:
        group.validate_constraints()
        group.save_edit(revision, changed)
        Entry.record(by, "communitygroup.changed", group, changed=changed)


@transaction.atomic
def add_member(membership: GroupMembership, *, by: User) -> None:
    """Take a working partner of the same unit into the group."""
    group, partner = membership.group, membership.partner
    group.lock()
    partner.lock()
    group.expect(group.is_open)
    if not partner.is_working:
        raise ValidationError(
            {"partner": _("Mitra ini belum disetujui atau sudah tidak aktif.")}
        )
    if _unit_of(group.office) != _unit_of(partner.office):
        raise ValidationError({"partner": _("Mitra ini terdaftar pada unit lain.")})
    _refuse_future(group, starts_on=membership.starts_on)
    membership.validate_constraints()
    membership.save()
    Entry.record(
        by,
        "communitygroup.member_added",
        group,
        partner=str(partner),
        role=membership.role,
    )
    if group.status == Status.ACTIVE:
        activate(partner, by=by)


@transaction.atomic
def end_member(membership: GroupMembership, *, ends_on: date, by: User) -> None:
    """A partner leaves the group; the membership stays in its history."""
    group = membership.group
    group.lock()
    membership.refresh_from_db()
    group.expect(group.is_open)
    if membership.ends_on is not None:
        raise ValidationError(_("Keanggotaan ini sudah berakhir."))
    _refuse_future(group, ends_on=ends_on)
    membership.ends_on = ends_on
    membership.validate_constraints()
    membership.save(update_fields=["ends_on"])
    Entry.record(
        by, "communitygroup.member_ended", group, partner=str(membership.partner)
    )


@transaction.atomic
def assess(group: CommunityGroup, *, assessment: str, by: User) -> None:
    """Write down how the members meet the criteria; the head then decides."""
    group.lock()
    if not group.memberships.current().exists():
        raise ValidationError(_("Tambahkan anggota sebelum mencatat asesmen."))
    group.move_to(Status.ASSESSED, by=by, assessment=assessment.strip(), assessed_by=by)
    tell_officers(
        group,
        "partners.establish_communitygroup",
        "communitygroup.assessed",
        _("Kelompok menunggu penetapan: %(name)s"),
    )


@transaction.atomic
def withdraw(group: CommunityGroup, *, reason: str, by: User) -> None:
    """Take back a proposal before its decree; name and partners are free again."""
    group.lock()
    was_assessed = group.status == Status.ASSESSED
    group.move_to(Status.WITHDRAWN, by=by, reason=reason.strip())
    _end_memberships(group, group.office.today)
    if was_assessed:  # the head was told that it waits for him
        tell_officers(
            group,
            "partners.establish_communitygroup",
            "communitygroup.withdrawn",
            _("Usulan kelompok ditarik: %(name)s"),
            "%(reason)s",
        )


@transaction.atomic
def establish(
    group: CommunityGroup,
    *,
    decree_number: str,
    decree_on: date,
    decree: Document,
    by: User,
) -> None:
    """The head calls the group into being by decree; the assessor may not."""
    group.lock()
    group.refuse_own(by)
    _refuse_future(group, decree_on=decree_on)
    if decree is not None:
        documents.attach(decree, group, by=by)
    group.move_to(
        Status.ESTABLISHED,
        by=by,
        decree_number=decree_number.strip(),
        decree_on=decree_on,
        decree=decree,
    )
    title = _("Kelompok %(name)s ditetapkan")
    body = _("SK nomor %(number)s.")
    number = group.decree_number
    tell_officers(
        group,
        "partners.change_communitygroup",
        "communitygroup.established",
        title,
        body,
        number=number,
    )
    tell_members(group, "communitygroup.established.member", title, body, number=number)


@transaction.atomic
def inaugurate(
    group: CommunityGroup, *, inaugurated_on: date, inaugurated_by: str, by: User
) -> None:
    """Record the inauguration: the group is active, and so are its partners."""
    group.lock()
    if not group.awaits_inauguration:
        raise ValidationError(_("Hanya kelompok yang sudah ditetapkan dikukuhkan."))
    _refuse_future(group, inaugurated_on=inaugurated_on)
    if inaugurated_on < group.decree_on:
        raise ValidationError(
            {"inaugurated_on": _("Tanggal pengukuhan tidak boleh sebelum tanggal SK.")}
        )
    group.move_to(
        Status.ACTIVE,
        by=by,
        inaugurated_on=inaugurated_on,
        inaugurated_by=inaugurated_by.strip(),
    )
    _activate_members(group, by)
    tell_members(
        group,
        "communitygroup.active.member",
        _("Kelompok %(name)s sudah dikukuhkan"),
    )


@transaction.atomic
def rest(group: CommunityGroup, *, reason: str, by: User) -> None:
    """Say that the group does nothing for now."""
    group.lock()
    group.move_to(Status.DORMANT, by=by, reason=reason.strip())
    _tell_all(group, _("Kelompok %(name)s dinyatakan tidak aktif"))


@transaction.atomic
def revive(group: CommunityGroup, *, by: User) -> None:
    """The group works again."""
    group.lock()
    if group.status != Status.DORMANT:
        raise ValidationError(_("Kelompok ini tidak sedang berstatus tidak aktif."))
    group.move_to(Status.ACTIVE, by=by)
    _activate_members(group, by)
    _tell_all(group, _("Kelompok %(name)s aktif kembali"))


@transaction.atomic
def dissolve(
    group: CommunityGroup,
    *,
    reason: str,
    dissolution_number: str,
    dissolved_on: date,
    dissolution_decree: Document,
    by: User,
) -> None:
    """End the group by decree; its memberships end with it."""
    group.lock()
    _refuse_future(group, dissolved_on=dissolved_on)
    if group.decree_on and dissolved_on < group.decree_on:
        raise ValidationError(
            {"dissolved_on": _("Tanggal ini sebelum SK penetapan kelompok.")}
        )
    if dissolution_decree is not None:
        documents.attach(dissolution_decree, group, by=by)
    group.move_to(
        Status.DISSOLVED,
        by=by,
        reason=reason.strip(),
        dissolution_number=dissolution_number.strip(),
        dissolved_on=dissolved_on,
        dissolution_decree=dissolution_decree,
    )
    _tell_all(group, _("Kelompok %(name)s dibubarkan"))
    _end_memberships(group, dissolved_on)


def _end_memberships(group, day):
    for membership in group.memberships.current():
        membership.ends_on = max(membership.starts_on, day)
        membership.save(update_fields=["ends_on"])


def _activate_members(group, by):
    for membership in group.memberships.current().select_related("partner__office"):
        if membership.partner.status == Partner.Status.APPROVED:
            activate(membership.partner, by=by)


def _unit_of(office):
    """The unit in whose name a post works; for a unit itself."""
    return office.parent_id if office.level == office.Level.POST else office.pk


def _refuse_future(group, **dates):
    for name, day in dates.items():
        if day is None:
            raise ValidationError({name: _("Tanggal ini wajib diisi.")})
        if day > group.office.today:
            raise ValidationError({name: _("Tanggal ini belum tiba.")})


def _tell_all(group, title):
    kind = f"communitygroup.{group.status}"
    tell_members(group, f"{kind}.member", title, "%(reason)s")
    tell_officers(group, "partners.change_communitygroup", kind, title, "%(reason)s")
