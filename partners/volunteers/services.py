"""A volunteer registers himself; a unit decides; it comes to an end."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.nik import services as numbers
from partners.nik.models import Nik
from partners.registration.services import refuse_closed
from partners.volunteers import parts, term
from partners.volunteers.models import Promise, Skill, Volunteer
from partners.volunteers.papers import VolunteersPromise
from pokmas.accounts.models import Assignment, Consent, ConsentText, User
from pokmas.accounts.roles import STAFF, Role
from pokmas.accounts.services import own
from pokmas.accounts.services.people import has_proved_address
from pokmas.audit.models import Entry
from pokmas.notices.telling import next_in_turn, officers, own_people, tell
from pokmas.papers import services as papers
from pokmas.rules.models import Rule

Status = Volunteer.Status
DECIDE = "partners.decide_volunteer"
# Where nobody decides unless the applicant goes on.
LEFT_BEHIND = (Status.DRAFT, Status.RETURNED)

# Registering


@transaction.atomic
def start(volunteer: Volunteer, *, by: User) -> Volunteer:
    """Open a registration and give its applicant his role at once.

    Whoever has one that runs goes on with that one.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if by.assignments.current().filter(role__in=STAFF).exists():
        raise ValidationError(_("Akun petugas tidak dapat mendaftar sebagai Sahabat."))
    if not has_proved_address(by):
        raise ValidationError(_("Pastikan dahulu alamat surel Anda lewat tautannya."))
    if (running := running_of(by)) is not None:
        return running
    refuse_closed(volunteer.office)
    refuse_too_young(volunteer.birth_year, volunteer.office.today)
    volunteer.user, volunteer.phone, volunteer.email = by, by.phone, by.email
    kept = volunteer.save_new(by)
    if kept is volunteer:
        by.acting = give_role(by, volunteer.office)
        Entry.record(by, "volunteer.started", volunteer)
    return kept


@transaction.atomic
def enter(volunteer: Volunteer, *, by: User) -> Volunteer:
    """Write down who stands at the counter without an account.

    The promise, the consent and the submission are his own, once he has one.
    """
    refuse_closed(volunteer.office)
    if not by.acting.office.is_above(volunteer.office):
        raise ValidationError({"office": _("Unit ini di luar kantor Anda.")})
    refuse_too_young(volunteer.birth_year, volunteer.office.today)
    kept = volunteer.save_new(by)
    if kept is volunteer:
        Entry.record(by, "volunteer.entered", volunteer)
    return kept


def running_of(user: User) -> Volunteer | None:
    """The registration or service of this person that has not come to an end."""
    return Volunteer.objects.belonging_to(user).unfinished().first()


def youngest(today) -> int:
    """From which age one may be a volunteer."""
    return Rule.objects.holding(today)[Rule.Code.VOLUNTEER_AGE]


def refuse_too_young(birth_year: int, today) -> None:
    """Who cannot be old enough this year; he himself says that he had his birthday."""
    age = youngest(today)
    if today.year - birth_year < age:
        raise ValidationError(
            {
                "birth_year": _(
                    "Sahabat Pemasyarakatan berumur %(age)s tahun ke atas. Data Anda "
                    "tidak disimpan. Silakan kembali pada tahun %(year)s."
                )
                % {"age": age, "year": birth_year + age}
            }
        )


@transaction.atomic
def edit(
    volunteer: Volunteer,
    *,
    revision: int,
    changed: list[str],
    skills: list[Skill] = (),
    interests: list[Field] = (),
    nik: str = "",
    by: User,
) -> None:
    """Save the `changed` answers, if `by` may change them at the present status."""
    before = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if not parts.editable(before, by).issuperset(changed):
        raise ValidationError(
            _("Pada status “%(status)s” isian ini tidak dapat Anda ubah."),
            params={"status": before.get_status_display()},
        )
    if not changed:
        return
    if "birth_year" in changed:
        refuse_too_young(volunteer.birth_year, before.office.today)
    if "office" in changed:
        refuse_closed(volunteer.office)
        if before.user:
            give_role(before.user, volunteer.office, instead_of=before.office)
    columns = set(changed) - {"skills", "interests"}
    if parts.NIK in changed:
        volunteer.nik = numbers.keep(nik) if nik else None
    volunteer.save_edit(revision, columns)
    if parts.NIK in changed and before.nik:
        before.nik.delete()
    if "skills" in changed:
        volunteer.skills.set(skills)
    if "interests" in changed:
        volunteer.interests.set(interests)
    Entry.record(by, "volunteer.changed", volunteer, changed=changed)


@transaction.atomic
def submit(
    volunteer: Volunteer, *, promise: Promise, consent: ConsentText, by: User
) -> None:
    """Promise, consent, and hand the registration to the unit. Twice is harmless."""
    volunteer.lock()
    if volunteer.status == Status.SUBMITTED and volunteer.user == by:
        return
    volunteer.begin("submit", by=by)
    if empty := parts.missing(volunteer):
        raise ValidationError(
            _("Belum dapat diajukan. Masih kosong: %(labels)s."),
            params={"labels": ", ".join(str(label) for _part, label in empty)},
        )
    refuse_too_young(volunteer.birth_year, volunteer.office.today)
    if not Consent.objects.filter(user=by, text=consent, withdrawn_at=None).exists():
        own.give_consent(by, consent)
    if volunteer.promise != promise:
        volunteer.promise, volunteer.promised_at = promise, timezone.now()
    volunteer.move_to(
        Status.SUBMITTED,
        by=by,
        promise=volunteer.promise,
        promised_at=volunteer.promised_at,
        consent=consent,
    )
    papers.ask(VolunteersPromise.kind, volunteer, by=by)
    tell(
        volunteer,
        "submitted",
        next_in_turn(volunteer),
        _("Calon Sahabat menunggu keputusan: %(name)s"),
        _("Unit tujuan: %(office)s."),
    )
    tell(
        volunteer,
        "received",
        own_people(volunteer),
        _("Pendaftaran Anda sebagai Sahabat sudah kami terima"),
        _("Nomor pendaftaran: %(reference)s. Unit tujuan: %(office)s."),
        reference=volunteer.reference,
    )


# Deciding


@transaction.atomic
def accept(volunteer: Volunteer, *, by: User) -> None:
    """Take him as a volunteer of the unit, at the first stage, for a term if there is
    one."""
    volunteer.begin("decide", by=by)
    today = volunteer.office.today
    volunteer.move_to(
        Status.ACTIVE,
        by=by,
        stage=Volunteer.Stage.INITIAL_APPROACH,
        accepted_until=term.last_day(today, today),
        decided_by=by,
        decided_at=timezone.now(),
    )
    tell(
        volunteer,
        "accepted",
        own_people(volunteer),
        _("Selamat, Anda diterima sebagai Sahabat Pemasyarakatan"),
        _("%(office)s akan menghubungi Anda. Kegiatan unit sekarang dapat Anda lihat."),
    )


@transaction.atomic
def return_for_repair(volunteer: Volunteer, *, reason: str, by: User) -> None:
    volunteer.begin("decide", by=by, reason=reason)
    volunteer.move_to(Status.RETURNED, by=by, reason=reason)
    title = _("Pendaftaran Anda sebagai Sahabat perlu diperbaiki")
    tell(volunteer, "returned", own_people(volunteer), title, "%(reason)s")


@transaction.atomic
def decline(volunteer: Volunteer, *, reason: str, by: User) -> None:
    volunteer.begin("decide", by=by, reason=reason)
    volunteer.move_to(
        Status.DECLINED,
        by=by,
        reason=reason,
        decided_by=by,
        decided_at=timezone.now(),
    )
    _withdraw_promise(volunteer, by)
    title = _("Pendaftaran Anda sebagai Sahabat ditolak")
    tell(volunteer, "declined", own_people(volunteer), title, "%(reason)s")


# What follows


@transaction.atomic
def withdraw(volunteer: Volunteer, *, by: User) -> None:
    """Take back a registration that nobody has accepted."""
    volunteer.begin("withdraw", by=by)
    was_submitted = volunteer.status == Status.SUBMITTED
    volunteer.move_to(Status.WITHDRAWN, by=by)
    _close(volunteer, by)
    if was_submitted:
        people = officers(volunteer, DECIDE)
        tell(volunteer, "withdrawn", people, _("Calon Sahabat %(name)s menarik diri"))


@transaction.atomic
def drop(volunteer: Volunteer, *, by: User) -> None:
    """He never came back for what an officer wrote down."""
    volunteer.begin("drop", by=by)
    volunteer.move_to(Status.WITHDRAWN, by=by, verb="dropped")


@transaction.atomic
def suspend(volunteer: Volunteer, *, reason: str, by: User) -> None:
    volunteer.begin("suspend", by=by, reason=reason)
    volunteer.move_to(Status.SUSPENDED, by=by, reason=reason)
    title = _("Tugas Anda sebagai Sahabat ditangguhkan")
    tell(volunteer, "suspended", own_people(volunteer), title, "%(reason)s")


@transaction.atomic
def resume(volunteer: Volunteer, *, by: User) -> None:
    volunteer.begin("resume", by=by)
    volunteer.move_to(Status.ACTIVE, by=by, verb="resumed")
    title = _("Tugas Anda sebagai Sahabat dilanjutkan")
    tell(volunteer, "resumed", own_people(volunteer), title)


@transaction.atomic
def end(volunteer: Volunteer, *, reason: str, by: User) -> None:
    """The unit ends it."""
    volunteer.begin("end", by=by, reason=reason)
    volunteer.move_to(Status.ENDED, by=by, reason=reason)
    _close(volunteer, by)
    title = _("Tugas Anda sebagai Sahabat berakhir")
    tell(volunteer, "ended", own_people(volunteer), title, "%(reason)s")


@transaction.atomic
def leave(volunteer: Volunteer, *, reason: str, by: User) -> None:
    """He ends it himself; the unit hears why."""
    volunteer.begin("leave", by=by, reason=reason)
    volunteer.move_to(Status.ENDED, by=by, reason=reason, verb="left")
    _close(volunteer, by)
    title = _("Sahabat %(name)s berhenti")
    tell(volunteer, "left", officers(volunteer, DECIDE), title, "%(reason)s")


@transaction.atomic
def stop_processing(user: User) -> None:
    """He took back his consent: whatever of his still runs comes to its end."""
    for volunteer in Volunteer.objects.belonging_to(user).unfinished():
        if Status.ENDED in volunteer.next_statuses:
            leave(volunteer, reason=_("Persetujuan data ditarik."), by=user)
        else:
            withdraw(volunteer, by=user)


# The number


@transaction.atomic
def show_nik(volunteer: Volunteer, *, reason: str, by: User) -> str:
    """Read the number in clear; who did so and why stands in the trail."""
    volunteer.begin("nik", by=by, reason=reason)
    Entry.record(by, "volunteer.nik_shown", volunteer, reason=reason)
    return numbers.read(volunteer.nik)


@transaction.atomic
def find_by_nik(number: str, *, by: User) -> tuple[list[Volunteer], int]:
    """Those whom `by` may see, and how many others there are; the search is noted."""
    rows = Volunteer.objects.filter(nik__in=Nik.objects.of(number))
    seen = list(Volunteer.objects.visible_to(by).for_list().filter(pk__in=rows))
    Entry.record(by, "volunteer.nik_searched", found=len(seen))
    return seen, rows.count() - len(seen)


def nik_days(today) -> int:
    """How many days a number is kept after the decision."""
    return Rule.objects.holding(today)[Rule.Code.NIK_DAYS]


def nik_kept_until(volunteer: Volunteer) -> date | None:
    """The last day of his number; None while it is not known, or there is none."""
    left_behind = volunteer.status in LEFT_BEHIND and volunteer.status_since
    since = volunteer.decided_at or left_behind
    if not since or volunteer.nik_id is None:
        return None
    return timezone.localdate(since) + timedelta(nik_days(volunteer.office.today))


def purge_niks(now: datetime) -> int:
    """Forget the numbers of those who were decided about long enough ago, and of
    those who never went on; each in a transaction of its own."""
    before = now - timedelta(days=nik_days(now.date()))
    decided = Q(decided_at__lt=before)
    left_behind = Q(status__in=LEFT_BEHIND, status_since__lt=before)
    rows = Volunteer.objects.exclude(nik=None).filter(decided | left_behind)
    keys = list(rows.values_list("pk", flat=True))
    return sum(_purge(pk) for pk in keys)


@transaction.atomic
def _purge(pk: int) -> int:
    volunteer = Volunteer.objects.select_for_update(of=("self",)).get(pk=pk)
    return _forget_nik(volunteer, None)


def _close(volunteer: Volunteer, by: User) -> None:
    """What came to its end leaves no number behind, and no paper that is valid."""
    _withdraw_promise(volunteer, by)
    _forget_nik(volunteer, by)


def _withdraw_promise(volunteer: Volunteer, by: User) -> None:
    reason = str(_("Pendaftaran atau tugas Sahabat ini sudah selesai."))
    papers.withdraw(VolunteersPromise.kind, volunteer, by=by, reason=reason)


def _forget_nik(volunteer: Volunteer, by: User | None) -> int:
    if volunteer.nik is None:
        return 0
    volunteer.nik.delete()
    volunteer.refresh_from_db()
    Entry.record(by, "volunteer.nik_purged", volunteer)
    return 1


def give_role(user, office, *, instead_of=None) -> Assignment:
    """The role of a volunteer at his unit; it goes along when a draft is moved."""
    held = user.assignments.filter(role=Role.VOLUNTEER, ends_on=None, ended_at=None)
    if (there := held.filter(office=office).first()) is not None:
        return there
    if instead_of and (moved := held.filter(office=instead_of).first()) is not None:
        moved.office = office
        moved.save(update_fields=["office"])
        return moved
    return Assignment.objects.create(
        user=user, office=office, role=Role.VOLUNTEER, starts_on=office.today
    )
