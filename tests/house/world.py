"""One unit with one record of each kind, and a person of each role around it."""

from dataclasses import dataclass, field

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.offices.models import Office
from tests.factories import HeadquartersFactory, UnitFactory, person
from tests.house.rooms import OWN, WORDS, collect


@dataclass
class World:
    unit: Office
    people: dict[Role, User]
    records: dict = field(default_factory=dict)

    def find(self, name: str, user: User):
        """The argument an address takes: a word, a code, or the id of a record."""
        if name in WORDS:
            return WORDS[name]
        if name in OWN:
            return OWN[name](user).pk
        record = self.records[name]
        return record if isinstance(record, str) else record.pk


def build() -> World:
    unit = UnitFactory()
    offices = {"headquarters": HeadquartersFactory(), "regional": unit.region}
    people = {role: person(role, offices.get(_level(role), unit)) for role in Role}
    for user in people.values():
        RecoveryCodes.activate(user)
        if user.acting.is_community:
            TOTP.activate(user, generate_totp_secret())
    world = World(unit, people)
    for room in collect():
        if hasattr(room, "rows"):
            made = room.rows(world)
            twice = made.keys() & world.records.keys()
            assert not twice, f"{room.__name__}: {twice} made twice"
            world.records |= made
    return world


def _level(role: Role) -> str:
    if role == Role.HEADQUARTERS:
        return "headquarters"
    return "regional" if role.startswith("regional") else "unit"
