"""A code is printed for who has no account yet; with it he takes his record over."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from partners.door.models import Slip
from partners.registration.services import give_role
from partners.registry.models import Partner, Partnership, Representative
from partners.volunteers.models import Volunteer
from partners.volunteers.services import give_role as give_volunteers_role
from partners.volunteers.services import running_of
from pokmas.accounts import sealed
from pokmas.accounts.models import User
from pokmas.accounts.roles import STAFF
from pokmas.accounts.services.people import has_proved_address
from pokmas.audit.models import Entry
from pokmas.documents.models import ALPHABET
from pokmas.notices.telling import officers, tell
from pokmas.records.constraints import in_words

PRINT = "partners.print_slip"
# How many days a code may be used.
DAYS = 60
# The same whatever is wrong, so that nobody learns which codes there are.
REFUSAL = _(
    "Kode ini tidak dapat dipakai dengan akun Anda. Periksa lagi hurufnya. Mungkin "
    "kodenya sudah dipakai, diganti, atau lewat waktunya, atau akun Anda sudah "
    "terdaftar; mintalah slip baru kepada petugas unit."
)
OVER = _("Kode dari halaman ini sudah tidak berlaku. Cetak slip baru.")

Owner = Partnership | Volunteer


@transaction.atomic
def print_slip(owner: Owner, *, seed: str, by: User) -> tuple[Slip, str]:
    """Give out a code in the place of any earlier one, and tell it this once.

    Who sends the same page again, by its `seed`, gets the same code.
    """
    owner.begin("print_slip", by=by)
    code = _code_of(owner, seed)
    if (made := _slips_of(owner).with_code(code).first()) is not None:
        if not made.is_open:
            raise ValidationError(OVER)
        return made, code
    _end_open(owner)
    slip = Slip.objects.create(
        **{owner._meta.model_name: owner},
        digest=sealed.digests(code)[0],
        printed_by=by,
        ends_on=owner.office.today + timedelta(days=DAYS),
    )
    action = f"{owner._meta.model_name}.slip_printed"
    Entry.record(by, action, owner, ends_on=str(slip.ends_on))
    return slip, code


@transaction.atomic
def revoke(owner: Owner, *, by: User) -> None:
    """The code on the paper leads nowhere from now on."""
    owner.begin("revoke_slip", by=by)
    _end_open(owner)
    Entry.record(by, f"{owner._meta.model_name}.slip_revoked", owner)


def refusal_of(user: User):
    """Why this account cannot take over anything, in words; None if it can."""
    if user.assignments.current().filter(role__in=STAFF).exists():
        return _(
            "Anda masuk dengan akun petugas. Kode ini untuk akun pimpinan kelompok "
            "atau Sahabat itu sendiri."
        )
    if not has_proved_address(user):
        return _("Pastikan dahulu alamat surel Anda lewat tautannya.")
    return None


@in_words()
@transaction.atomic
def take_over(code: str, *, by: User) -> Owner:
    """Let `by` act for whom the code was printed. Doing it twice is harmless."""
    User.objects.select_for_update().get(pk=by.pk)
    if refusal := refusal_of(by):
        raise ValidationError(refusal)
    found = Slip.objects.with_code(code).first()
    if found is None:
        raise ValidationError(REFUSAL)
    owner = found.owner
    _hold(owner)
    slip = Slip.objects.select_for_update().get(pk=found.pk)
    if slip.taken_by_id == by.pk and owner.is_represented_by(by):
        return owner
    is_free = owner.refusal(owner.STEPS["print_slip"], by) is None
    if not (is_free and slip.holds_on(owner.office.today)) or _is_taken(owner, by):
        raise ValidationError(REFUSAL)
    by.acting = _hand_over(owner, by)
    _fill_email(owner, by)
    slip.taken_by, slip.taken_at = by, timezone.now()
    slip.save(update_fields=["taken_by", "taken_at"])
    Entry.record(by, f"{owner._meta.model_name}.taken_over", owner)
    tell(
        owner,
        f"taken_over.{slip.pk}",
        officers(owner, PRINT),
        _("Akun %(name)s sudah diambil alih"),
        _("Dengan kode pada slip, oleh %(person)s."),
        by=by,
        person=by,
    )
    return owner


def _hold(owner):
    """A partner may have a slip of each of its units: only one of them wins."""
    if isinstance(owner, Partnership):
        Partner.objects.select_for_update().get(pk=owner.partner_id)
    owner.lock()


def _is_taken(owner, person) -> bool:
    """Whether he is a volunteer already: nobody is one twice."""
    return isinstance(owner, Volunteer) and running_of(person) is not None


def _hand_over(owner, person):
    """What his own registration would have given him, and nothing else."""
    if isinstance(owner, Partnership):
        Representative.objects.create(partner=owner.partner, user=person)
        return give_role(person, owner.office)
    owner.user = person
    owner.save(update_fields=["user"])
    return give_volunteers_role(person, owner.office)


def _fill_email(owner, person):
    """With the address he has just proved; one that an officer wrote down stays."""
    if not owner.email:
        owner.email = person.email
        owner.save_edit(owner.revision, {"email"})


def _slips_of(owner):
    return Slip.objects.filter(**{owner._meta.model_name: owner})


def _end_open(owner):
    _slips_of(owner).open().update(revoked_at=timezone.now())


def _code_of(owner, seed: str) -> str:
    """Made of what the page carries and the key of the portal: kept nowhere."""
    salt = f"partners.door.{owner._meta.model_name}.{owner.pk}"
    number = int.from_bytes(salted_hmac(salt, seed, algorithm="sha256").digest())
    letters = []
    for _place in range(12):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    text = "".join(letters)
    return "-".join([text[:4], text[4:8], text[8:]])
