"""The demo accounts: who they are and how one signs in with them."""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import Role
from pokmas.offices.models import Office

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
