"""Offices, people and files."""

import factory
from factory.django import DjangoModelFactory

from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import LEVELS, Role
from pokmas.offices.models import Office, Province, Regency

PASSWORD = "sandi-uji-yang-panjang"


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = Province
        django_get_or_create = ["code"]

    code = "53"
    name = "Nusa Tenggara Timur"


class RegencyFactory(DjangoModelFactory):
    class Meta:
        model = Regency
        django_get_or_create = ["code"]

    province = factory.SubFactory(ProvinceFactory)
    code = "53.71"
    name = "Kota Kupang"


class HeadquartersFactory(DjangoModelFactory):
    class Meta:
        model = Office
        django_get_or_create = ["code"]

    level = Office.Level.HEADQUARTERS
    code = "pusat"
    name = "Direktorat Jenderal Pemasyarakatan"


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Office

    level = Office.Level.REGIONAL
    parent = factory.SubFactory(HeadquartersFactory)
    code = factory.Sequence("kanwil-{}".format)
    name = factory.Sequence("Kanwil Uji {}".format)

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        instance.refresh_from_db()  # the trigger sets the region


class UnitFactory(RegionFactory):
    level = Office.Level.UNIT
    kind = Office.Kind.PROBATION
    parent = factory.SubFactory(RegionFactory)
    regency = factory.SubFactory(RegencyFactory)
    code = factory.Sequence("unit-{}".format)
    name = factory.Sequence("Bapas Uji {}".format)


class PostFactory(RegionFactory):
    level = Office.Level.POST
    parent = factory.SubFactory(UnitFactory)
    code = factory.Sequence("pos-{}".format)
    name = factory.Sequence("Pos Bapas Uji {}".format)


class UserFactory(DjangoModelFactory):
    """A person without any assignment."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("orang{}@contoh.test".format)
    full_name = factory.Sequence("Orang Uji {}".format)
    password = factory.django.Password(PASSWORD)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(UnitFactory)
    role = Role.UNIT_OPERATOR


OFFICE_OF = {
    "headquarters": HeadquartersFactory,
    "regional": RegionFactory,
    "unit": UnitFactory,
}


def person(role: Role, office: Office | None = None, **fields) -> User:
    """A user who holds `role` at `office` (a new one at the role's level if none)."""
    if office is None:
        level = next(name for name in OFFICE_OF if name in LEVELS[role])
        office = OFFICE_OF[level]()
    return AssignmentFactory(
        role=role,
        office=office,
        user__full_name=fields.pop("full_name", f"{role.label} Uji"),
        **fields,
    ).user


class DocumentFactory(DjangoModelFactory):
    """A stored file as its row says; nothing is written to the disk."""

    class Meta:
        model = "documents.Document"

    file = factory.Sequence("documents/2026/01/uji-{}".format)
    name = "berkas.pdf"
    kind = "application/pdf"
    size = 1200
    sha256 = factory.Sequence("{:064x}".format)
    uploaded_by = factory.SubFactory(UserFactory)
