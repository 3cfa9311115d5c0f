"""What a volunteer is asked, screen by screen, and who may change it when."""

from django.utils.translation import gettext_lazy as _

from partners.registry.sections import Section, is_answered
from partners.volunteers.models import Volunteer
from pokmas.accounts.models import User

Status = Volunteer.Status


WHO = ("name", "sex", "birth_year")
PLACE = ("office", "regency")
CONTACT = ("phone", "email", "occupation")
NIK = "nik"
OFFER = ("skills", "interests", "availability")

PARTS = [
    Section("person", _("Diri dan unit"), (*PLACE, *WHO)),
    Section("offer", _("Kontak, keahlian, dan waktu"), (*CONTACT, NIK, *OFFER)),
]
# The last screen shows all of it again.
CHECK = _("Periksa, berjanji, dan ajukan")
TITLES = [*(part.title for part in PARTS), CHECK]

ALL = frozenset({*PLACE, *WHO, *CONTACT, NIK, *OFFER})
# What an officer writes down for who has no account; his number is his own to give.
AT_THE_COUNTER = ALL - {NIK}
# What may be changed at each status: by himself, by an officer.
EDITABLE = {
    Status.DRAFT: (ALL, frozenset()),
    Status.RETURNED: (ALL - {"office", "regency"}, frozenset()),
    Status.ACTIVE: (frozenset(CONTACT + OFFER), frozenset(WHO + CONTACT + OFFER)),
    Status.SUSPENDED: (frozenset(CONTACT), frozenset(WHO + CONTACT + OFFER)),
}


def editable(volunteer: Volunteer, user: User) -> frozenset[str]:
    """The answers that `user` may change now; his own he changes as their owner."""
    if not user.has_perm("partners.change_volunteer"):
        return frozenset()
    by_himself, by_officer = EDITABLE.get(volunteer.status, ((), ()))
    if volunteer.is_represented_by(user):
        return frozenset(by_himself if user.acting.is_community else ())
    if volunteer.status == Status.DRAFT and volunteer.user_id is None:
        return AT_THE_COUNTER
    return frozenset(by_officer)


def editable_parts(volunteer: Volunteer, user: User) -> list[Section]:
    may = editable(volunteer, user)
    return [part for part in PARTS if may.intersection(part.asks)]


def missing(volunteer: Volunteer) -> list[tuple[Section, str]]:
    """The required answers that are still empty, with the screen that asks them."""
    return [
        (part, volunteer._meta.get_field(name).verbose_name)
        for part in PARTS
        for name in part.asks
        if not is_answered(volunteer, name)
    ]
