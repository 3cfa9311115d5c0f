"""The demo accounts: who they are and how one signs in with them."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import Role
from pokmas.offices.models import Office
from reports.demo.world import World

PASSWORD = "contoh-pokmas-2026"
DOMAIN = "demo.pokmas.test"


@dataclass(frozen=True)
class Login:
    """One demo account; `office` is the name of a real office."""

    name: str
    full_name: str
    role: Role
    office: str

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


HQ = "Direktorat Jenderal Pemasyarakatan"
NTT = "Kanwil Ditjenpas Nusa Tenggara Timur"
KUPANG = "Bapas Kelas II Kupang"
LOGINS = [
    Login("pusat", "Ratna Umpama", Role.HEADQUARTERS, HQ),
    Login("kepala.kanwil", "Gregorius Andaikata", Role.REGIONAL_HEAD, NTT),
    Login("admin.kanwil", "Theresia Rekaan", Role.REGIONAL_ADMIN, NTT),
    Login("penelaah", "Dominikus Misalnya", Role.REGIONAL_REVIEWER, NTT),
    Login("kepala.bapas", "Fransiska Contohan", Role.UNIT_HEAD, KUPANG),
    Login("operator.bapas", "Yohanes Semisal", Role.UNIT_OPERATOR, KUPANG),
    Login("duta", "Maria Ibarat", Role.AMBASSADOR, KUPANG),
    Login("mitra", "Petrus Khayalan", Role.PARTNER, KUPANG),
    Login("sahabat", "Agustina Angan", Role.VOLUNTEER, KUPANG),
    Login(
        "operator.denpasar",
        "Ni Made Umpama",
        Role.UNIT_OPERATOR,
        "Bapas Kelas I Denpasar",
    ),
]


@transaction.atomic
def make_logins(offices: dict[str, Office], since: date) -> dict[str, User]:
    """The accounts by name, each with a verified address and its assignment."""
    password = make_password(PASSWORD)
    users = {}
    for login in LOGINS:
        if login.office not in offices:
            continue
        user, _made = User.objects.update_or_create(
            email=login.email,
            defaults={
                "full_name": login.full_name,
                "password": password,
                "is_demo": True,
                "is_active": True,
            },
        )
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        Assignment.objects.get_or_create(
            user=user,
            office=offices[login.office],
            role=login.role,
            defaults={"starts_on": since},
        )
        users[login.name] = user
    return users


def staff(world: World) -> None:
    """A head and an operator for every unit; the demo logins keep their chairs."""
    held = {
        (assignment.office_id, assignment.role): assignment.user
        for assignment in Assignment.objects.filter(
            office__in=world.offices.values()
        ).select_related("user")
    }
    missing = [
        (unit, role)
        for unit in world.units
        for role in (Role.UNIT_HEAD, Role.UNIT_OPERATOR)
        if (unit.pk, role) not in held
    ]
    users = User.objects.bulk_create(
        User(
            email=f"{role.replace('_', '.')}.{unit.code}@demo.pokmas.test",
            full_name=world.person(),
            password="!",
            is_demo=True,
        )
        for unit, role in missing
    )
    Assignment.objects.bulk_create(
        Assignment(
            user=user,
            office=unit,
            role=role,
            starts_on=world.today - timedelta(days=400),
        )
        for user, (unit, role) in zip(users, missing, strict=True)
    )
    pairs = zip(missing, users, strict=True)
    world.staff = held | {(unit.pk, role): user for (unit, role), user in pairs}
    for place, unit in enumerate(world.units):
        unit.head_name = world.who(unit, Role.UNIT_HEAD).full_name
        unit.head_nip = f"197501012000031{place % 1000:03d}"
        unit.address = unit.address or f"Jalan Contoh Nomor {place + 1}"
    Office.objects.bulk_update(world.units, ["head_name", "head_nip", "address"])
    for office in world.offices.values():
        if head := world.staff.get((office.pk, Role.REGIONAL_HEAD)):
            office.head_name = head.full_name
            office.save(update_fields=["head_name"])
