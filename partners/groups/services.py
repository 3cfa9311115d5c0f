"""A community group from proposal to dissolution, and who belongs to it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.groups import compliance
from partners.groups.models import CommunityGroup, GroupMembership
from partners.registry.models import Partnership
from partners.standing.services import activate
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import next_in_turn, officers, own_people, tell
from pokmas.words.naming import first_of

Status = CommunityGroup.Status
BEFORE_DECREE = _("Tanggal pengukuhan tidak boleh sebelum tanggal SK.")
DECREED = {Status.ESTABLISHED, Status.ACTIVE, Status.DORMANT}
# How many partners a message names.
NAMED = 3
NO_DECREE = {
    "decree_number": "",
    "decree_on": None,
    "decree": None,
    "ceremony_at": None,
    "ceremony_place": "",
    "inaugurated_by": "",
}


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
def change(
    group: CommunityGroup, *, revision: int, fields: list[str], by: User
) -> None:
    """Correct name or field until the members are assessed."""
    CommunityGroup.objects.get(pk=group.pk).begin("change", by=by)
    if fields:
        group.validate_constraints()
        group.save_edit(revision, fields)
        Entry.record(by, "communitygroup.changed", group, changed=fields)


@transaction.atomic
def add_members(
    group: CommunityGroup,
    *,
    members: list[tuple[Partnership, str]],
    starts_on: date,
    by: User,
) -> None:
    """Take working partners of the same unit into the group, each with its role."""
    group.begin("add_member", by=by)
    _refuse_future(group, starts_on=starts_on)
    for partnership, role in sorted(members, key=lambda pair: pair[0].pk):
        _add_member(group, partnership, role, starts_on, by)
    group.touch()


def _add_member(group, partnership, role, starts_on, by):
    partnership.lock()
    named = {"partner": partnership}
    if not partnership.is_working:
        raise ValidationError(
            {
                "members": _("%(partner)s belum disetujui atau sudah tidak aktif.")
                % named
            }
        )
    if group.office.unit != partnership.office.unit:
        raise ValidationError(
            {"members": _("%(partner)s terdaftar pada unit lain.") % named}
        )
    _place(group, partnership, role, starts_on)
    Entry.record(
        by, "communitygroup.member_added", group, partner=str(partnership), role=role
    )
    if group.status == Status.ACTIVE:
        activate(partnership, by=by)


def _place(group, partnership, role, starts_on):
    membership = GroupMembership(
        group=group, partnership=partnership, role=role, starts_on=starts_on
    )
    membership.validate_constraints()
    membership.save()


@transaction.atomic
def change_role(
    group: CommunityGroup,
    *,
    membership: GroupMembership,
    role: str,
    starts_on: date,
    by: User,
) -> str:
    """End one place of a member and begin another; both stay in its history."""
    group.begin("change_role", by=by)
    before = compliance.lacks(group)
    _refuse_ended(membership)
    if role == membership.role:
        raise ValidationError({"role": _("Kedudukannya sudah ini.")})
    _refuse_future(group, starts_on=starts_on)
    if starts_on < membership.starts_on:
        raise ValidationError(
            {"starts_on": _("Tanggal ini sebelum kedudukan yang sekarang dimulai.")}
        )
    was, membership.ends_on = membership.role, starts_on
    membership.save(update_fields=["ends_on"])
    _place(group, membership.partnership, role, starts_on)
    group.touch()
    Entry.record(
        by,
        "communitygroup.role_changed",
        group,
        partner=str(membership.partnership),
        was=was,
        role=role,
    )
    done = _("Kedudukan diubah; yang lama tetap tercatat.")
    return " ".join([str(done), *compliance.in_words(_lost(group, before))])


@transaction.atomic
def end_member(
    group: CommunityGroup, *, membership: GroupMembership, ends_on: date, by: User
) -> str:
    """A partner leaves the group; the membership stays in its history.

    If the group now lacks what the guidebook asks for, the head hears of it.
    """
    group.begin("end_member", by=by)
    before = compliance.lacks(group)
    _refuse_ended(membership)
    _refuse_future(group, ends_on=ends_on)
    membership.ends_on = ends_on
    membership.validate_constraints()
    membership.save(update_fields=["ends_on"])
    group.touch()
    Entry.record(
        by, "communitygroup.member_ended", group, partner=str(membership.partnership)
    )
    lost = _lost(group, before)
    if lost and group.status in DECREED:
        tell(
            group,
            "lacking",
            officers(group, "partners.establish_communitygroup"),
            _("Kelompok %(name)s perlu dilengkapi"),
            "%(lacking)s",
            by=by,
            lacking=lambda: " ".join(compliance.in_words(lost)),
        )
    return " ".join([str(_("Keanggotaan berakhir.")), *compliance.in_words(lost)])


def _lost(group, before):
    """What the group lacks now and did not before."""
    now = compliance.lacks(group)
    return {name: numbers for name, numbers in now.items() if name not in before}


@transaction.atomic
def assess(group: CommunityGroup, *, assessment: str, by: User) -> None:
    """Write down how the members meet the criteria; the head then decides."""
    group.begin("assess", by=by)
    group.move_to(Status.ASSESSED, by=by, assessment=assessment.strip(), assessed_by=by)
    tell(
        group,
        "assessed",
        next_in_turn(group),
        _("Kelompok menunggu penetapan: %(name)s"),
    )


@transaction.atomic
def send_back(group: CommunityGroup, *, reason: str, by: User) -> None:
    """The head wants other members, another assessment, or another decree.

    A decree that was recorded goes back with it; what it said stays in the history.
    """
    group.begin("send_back", by=by, reason=reason)
    if group.status == Status.ESTABLISHED:
        group.move_to(
            Status.ASSESSED, by=by, reason=reason, verb="decree_undone", **NO_DECREE
        )
    else:
        group.move_to(Status.PROPOSED, by=by, reason=reason, verb="sent_back")
    keepers = officers(group, "partners.change_communitygroup")
    tell(
        group,
        "returned",
        {*next_in_turn(group), *keepers},
        _("Usulan kelompok dikembalikan: %(name)s"),
        "%(reason)s",
        by=by,
    )


@transaction.atomic
def withdraw(group: CommunityGroup, *, reason: str, by: User) -> None:
    """Take back a proposal before its decree; name and partners are free again."""
    group.begin("withdraw", by=by, reason=reason)
    waiting = list(next_in_turn(group)) if group.status == Status.ASSESSED else []
    group.move_to(Status.WITHDRAWN, by=by, reason=reason)
    _end_memberships(group, group.office.today)
    tell(
        group,
        "withdrawn",
        waiting,
        _("Usulan kelompok ditarik: %(name)s"),
        "%(reason)s",
    )


@transaction.atomic
def revoke(group: CommunityGroup, *, reason: str, by: User) -> None:
    """Take back a group that was decreed and never inaugurated; its name is free."""
    group.begin("revoke", by=by, reason=reason)
    people = [*own_people(group), *officers(group, "partners.change_communitygroup")]
    group.move_to(Status.WITHDRAWN, by=by, reason=reason, verb="revoked")
    _end_memberships(group, group.office.today)
    tell(
        group,
        "revoked",
        people,
        _("Penetapan kelompok dibatalkan: %(name)s"),
        "%(reason)s",
        by=by,
    )


@transaction.atomic
def plan_ceremony(
    group: CommunityGroup,
    *,
    ceremony_at: datetime,
    ceremony_place: str,
    inaugurated_by: str,
    by: User,
) -> None:
    """Where and when it will be inaugurated: the invitation says so."""
    group.begin("plan_ceremony", by=by)
    if ceremony_at.astimezone(group.office.tzinfo).date() < group.decree_on:
        raise ValidationError({"ceremony_at": BEFORE_DECREE})
    group.ceremony_at, group.ceremony_place = ceremony_at, ceremony_place.strip()
    group.inaugurated_by = inaugurated_by.strip()
    group.save(update_fields=["ceremony_at", "ceremony_place", "inaugurated_by"])
    group.touch()
    Entry.record(by, "communitygroup.ceremony_planned", group)


@transaction.atomic
def establish(
    group: CommunityGroup,
    *,
    decree_number: str,
    decree_on: date,
    decree: Document,
    by: User,
) -> str:
    """The head calls the group into being by decree; the assessor may not."""
    group.begin("establish", by=by)
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
    tell(
        group,
        "established",
        [*next_in_turn(group), *own_people(group)],
        _("Kelompok %(name)s ditetapkan"),
        _("SK nomor %(number)s."),
        number=group.decree_number,
    )
    later = group.memberships.current().filter(starts_on__gt=decree_on)
    names = [
        str(each.partnership)
        for each in later.select_related("partnership__partner").order_by(
            "starts_on", "pk"
        )
    ]
    said = [str(_("Kelompok ditetapkan."))]
    if names:
        said.append(
            _("Perhatikan: SK ini bertanggal sebelum keanggotaan %(partners)s dimulai.")
            % {"partners": first_of(names, NAMED)}
        )
    return " ".join(said)


@transaction.atomic
def inaugurate(
    group: CommunityGroup, *, inaugurated_on: date, inaugurated_by: str, by: User
) -> None:
    """Record the inauguration: the group is active, and so are its partners."""
    group.begin("inaugurate", by=by)
    _refuse_future(group, inaugurated_on=inaugurated_on)
    if inaugurated_on < group.decree_on:
        raise ValidationError({"inaugurated_on": BEFORE_DECREE})
    group.move_to(
        Status.ACTIVE,
        by=by,
        inaugurated_on=inaugurated_on,
        inaugurated_by=inaugurated_by.strip(),
    )
    _activate_members(group, by)
    tell(
        group,
        "inaugurated",
        own_people(group),
        _("Kelompok %(name)s sudah dikukuhkan"),
    )


@transaction.atomic
def rest(group: CommunityGroup, *, reason: str, by: User) -> None:
    """Say that the group does nothing for now."""
    group.begin("rest", by=by, reason=reason)
    group.move_to(Status.DORMANT, by=by, reason=reason)
    _tell_all(group, _("Kelompok %(name)s dinyatakan tidak aktif"))


@transaction.atomic
def revive(group: CommunityGroup, *, by: User) -> None:
    """The group works again."""
    group.begin("revive", by=by)
    group.move_to(Status.ACTIVE, by=by, verb="revived")
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
    group.begin("dissolve", by=by, reason=reason)
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
        reason=reason,
        dissolution_number=dissolution_number.strip(),
        dissolved_on=dissolved_on,
        dissolution_decree=dissolution_decree,
    )
    _tell_all(group, _("Kelompok %(name)s dibubarkan"))
    _end_memberships(group, dissolved_on)


def _refuse_ended(membership):
    membership.refresh_from_db()
    if membership.ends_on is not None:
        raise ValidationError(_("Keanggotaan ini sudah berakhir."))


def _end_memberships(group, day):
    for membership in group.memberships.current():
        membership.ends_on = max(membership.starts_on, day)
        membership.save(update_fields=["ends_on"])


def _activate_members(group, by):
    related = group.memberships.current().select_related("partnership__office")
    for membership in related:
        if membership.partnership.status == Partnership.Status.APPROVED:
            activate(membership.partnership, by=by)


def _refuse_future(group, **dates):
    for name, day in dates.items():
        if day is None:
            raise ValidationError({name: _("Tanggal ini wajib diisi.")})
        if day > group.office.today:
            raise ValidationError({name: _("Tanggal ini belum tiba.")})


def _tell_all(group, title):
    keepers = officers(group, "partners.change_communitygroup")
    people = [*own_people(group), *keepers]
    tell(group, group.status, people, title, "%(reason)s")
