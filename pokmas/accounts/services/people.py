"""Whom one may appoint, and what one does to the accounts below: invite, end, close."""

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pokmas.accounts.models import Assignment, Term, User
from pokmas.accounts.roles import APPOINTS, COMMUNITY, LEVELS, Role
from pokmas.audit.models import Entry
from pokmas.offices.models import Office
from pokmas.records.constraints import in_words

APPOINT = "accounts.appoint_user"


def appointable_roles(by: User) -> list[Role]:
    """The roles `by` may give to others, in the table's order."""
    if by.acting is None or not by.has_perm(APPOINT):
        return []
    return [role for role in Role if role in APPOINTS.get(by.acting.role, ())]


def refuse_unless_appoints(by: User, assignment, *, whom: User | None = None) -> None:
    """The one rule: a role below the own, at a fitting office of the own branch."""
    role, office = assignment.role, assignment.office
    if whom is not None and whom == by:
        raise ValidationError(
            _("Anda tidak boleh memberi penugasan kepada diri sendiri.")
        )
    if role not in appointable_roles(by):
        raise ValidationError(
            {
                "role": _("Peran Anda tidak boleh memberikan peran “%(role)s”.")
                % {"role": Role(role).label}
            }
        )
    if not by.acting.office.is_above(office):
        raise ValidationError(
            {"office": _("Kantor itu berada di luar lingkup kantor Anda.")}
        )
    if not office.is_active:
        raise ValidationError(
            {
                "office": _("%(office)s sudah ditutup; pilih kantor penggantinya.")
                % {"office": office}
            }
        )
    refuse_unless_fitting(role, office)


def refuse_unless_fitting(role: str, office: Office) -> None:
    if office.level not in LEVELS[role]:
        words = {
            "role": Role(role).label,
            "level": Office.Level(office.level).label,
        }
        text = _("Peran “%(role)s” tidak ada di %(level)s. Pilih kantor lain.")
        raise ValidationError({"office": text % words})


def refuse_if_held(term: Term, person: User, *, by: User) -> None:
    """Nobody holds one role at one office twice at the same time."""
    held = person.assignments.filter(
        Q(ends_on=None) | Q(ends_on__gte=term.starts_on),
        role=term.role,
        office=term.office,
        ended_at=None,
    )
    if term.ends_on:
        held = held.filter(starts_on__lte=term.ends_on)
    if held.exists():
        raise ValidationError(
            {
                "role": _("Anda sudah memegang peran ini di kantor itu.")
                if person == by
                else _("Orang ini sudah memegang peran ini di kantor itu.")
            }
        )


def refuse_unless_manages(by: User, person: User) -> None:
    """Accounts are closed and opened by whoever is above all of their assignments."""
    if person == by:
        raise ValidationError(_("Anda tidak boleh mengubah akun sendiri di sini."))
    if not by.has_perm(APPOINT):
        raise ValidationError(_("Peran Anda tidak mengelola akun."))
    held = list(person.assignments.not_over().select_related("office"))
    held = held or list(person.assignments.select_related("office"))
    manageable = {*appointable_roles(by), *COMMUNITY}
    if not held or not all(
        one.role in manageable and by.acting.office.is_above(one.office) for one in held
    ):
        raise ValidationError(
            _(
                "Akun ini juga bertugas di luar wewenang Anda. Minta admin di atas "
                "semua penugasannya."
            )
        )


def may_manage(by: User, person: User) -> bool:
    try:
        refuse_unless_manages(by, person)
    except ValidationError:
        return False
    return True


def may_end(by: User, assignment: Assignment) -> bool:
    return (
        assignment.user_id != by.pk
        and assignment.role in appointable_roles(by)
        and by.acting.office.is_above(assignment.office)
    )


class AddressInUse(ValidationError):
    """The address is somebody's: who invites must say that he means this person."""

    def __init__(self, owner: User):
        text = _("Alamat ini milik %(name)s.") % {"name": owner}
        super().__init__({"email": text})
        self.owner = owner


@in_words()
@transaction.atomic
def invite(
    assignment: Assignment,
    *,
    email: str,
    full_name: str,
    by: User,
    owner: int | None = None,
) -> User:
    """Give `assignment` to the owner of `email`, with an account if he has none.

    `owner` is the number of the person whom `by` knows to own the address already.
    Returns the person; `is_invited` says that a link to choose a password is due.
    """
    person = User.objects.filter(email=email.lower()).first()
    refuse_unless_appoints(by, assignment, whom=person)
    if person is None:
        person = _open_account(email, full_name)
    else:
        _refuse_unless_meant(person, assignment, owner=owner, by=by)
        if not has_proved_address(person):
            # Anybody may have signed up with it; only its owner gets the link.
            person.full_name = full_name
            person.set_unusable_password()
            person.save(update_fields=["full_name", "password"])
            end_sessions(person)
    assign(assignment, person, by=by)
    return person


def _refuse_unless_meant(person, assignment, *, owner, by):
    if not person.is_active:
        text = _("Akun dengan surel ini dinonaktifkan. Aktifkan dahulu akunnya.")
        raise ValidationError({"email": text})
    refuse_if_held(assignment, person, by=by)
    if person.pk != owner:
        raise AddressInUse(person)


def has_proved_address(person: User) -> bool:
    return EmailAddress.objects.filter(user=person, verified=True).exists()


@transaction.atomic
def invite_headquarters(email: str, full_name: str, office: Office) -> User:
    """The first account of a new portal, opened from the command line."""
    person = User.objects.filter(email=email.lower()).first()
    person = person or _open_account(email, full_name)
    assignment = Assignment(role=Role.HEADQUARTERS, office=office, user=person)
    assignment.full_clean(exclude=["created_by"])
    assignment.save()
    Entry.record(
        None, "user.assigned", person, role=assignment.role, office=str(office)
    )
    return person


@transaction.atomic
def renew_invitation(person: User, *, by: User) -> None:
    """Make every earlier link void, so that a new one can be sent."""
    refuse_unless_manages(by, person)
    if not person.is_invited:
        raise ValidationError(_("Orang ini sudah membuat kata sandi."))
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Entry.record(by, "user.invited_again", person)


@transaction.atomic
def accept_invitation(person: User, password: str) -> None:
    """Choose the first password: it also proves that the address is his."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_invited:
        raise ValidationError(_("Undangan ini sudah dipakai. Silakan masuk."))
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    Entry.record(person, "user.accepted", person)


@in_words()
@transaction.atomic
def assign(assignment: Assignment, person: User, *, by: User) -> Assignment:
    """Give `person` one more assignment."""
    refuse_unless_appoints(by, assignment, whom=person)
    refuse_if_held(assignment, person, by=by)
    assignment.user, assignment.created_by = person, by
    assignment.full_clean()
    assignment.save()
    Entry.record(
        by,
        "user.assigned",
        person,
        role=assignment.role,
        capacity=assignment.get_capacity_display(),
        office=str(assignment.office),
        starts_on=str(assignment.starts_on),
        ends_on=assignment.ends_on and str(assignment.ends_on),
        decree=assignment.decree_number,
    )
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, on: date, reason: str, by: User) -> None:
    """Let it end on a later day, or now: then it is void at the next request."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(
        pk=assignment.pk
    )
    if assignment.is_over:
        raise ValidationError(_("Penugasan ini sudah berakhir."))
    if not may_end(by, assignment):
        raise ValidationError(_("Penugasan ini di luar wewenang Anda."))
    refuse_without(reason)
    today = assignment.office.today
    if on < today:
        raise ValidationError({"on": _("Tanggal akhir tidak boleh sudah lewat.")})
    if on == today or on < assignment.starts_on:
        assignment.ended_at = timezone.now()
    assignment.ends_on = max(on, assignment.starts_on)
    assignment.full_clean()
    assignment.save(update_fields=["ends_on", "ended_at"])
    Entry.record(
        by,
        "user.unassigned",
        assignment.user,
        role=assignment.role,
        office=str(assignment.office),
        on=str(on),
        reason=reason,
    )


@transaction.atomic
def deactivate(person: User, *, reason: str, by: User) -> None:
    """Close the account and end its sessions; its records stay."""
    person = _managed(person, by)
    if not person.is_active:
        raise ValidationError(_("Akun ini sudah dinonaktifkan."))
    refuse_without(reason)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
    Entry.record(by, "user.deactivated", person, reason=reason)


@transaction.atomic
def reactivate(person: User, *, reason: str, by: User) -> None:
    person = _managed(person, by)
    if person.is_active:
        raise ValidationError(_("Akun ini sudah aktif."))
    refuse_without(reason)
    person.is_active = True
    person.save(update_fields=["is_active"])
    Entry.record(by, "user.reactivated", person, reason=reason)


@transaction.atomic
def reset_second_factor(person: User, *, reason: str, by: User) -> None:
    """For whoever lost telephone and recovery codes: he sets up a new one."""
    person = _managed(person, by)
    refuse_without(reason)
    removed, _models = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise ValidationError(_("Akun ini belum memakai langkah kedua."))
    end_sessions(person)
    Entry.record(by, "user.second_factor_reset", person, reason=reason)


def end_sessions(person: User) -> None:
    """Sign the person out of every device."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def _managed(person, by):
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_unless_manages(by, person)
    return person


def refuse_without(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya.")})


def _open_account(email, full_name):
    person = User(email=email.lower(), full_name=full_name)
    person.set_unusable_password()
    person.full_clean()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    return person
