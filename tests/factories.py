"""Rows for tests. What a test is about is written in the test."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import factory
import pgtrigger
from factory.django import DjangoModelFactory

from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import Role
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
    from pokmas.accounts.roles import LEVELS

    if office is None:
        level = next(name for name in OFFICE_OF if name in LEVELS[role])
        office = OFFICE_OF[level]()
    return AssignmentFactory(
        role=role,
        office=office,
        user__full_name=fields.pop("full_name", f"{role.label} Uji"),
        **fields,
    ).user


# Partners and groups


class DocumentFactory(DjangoModelFactory):
    """A stored file as its row says; nothing is written to the disk."""

    class Meta:
        model = "documents.Document"

    file = factory.Sequence("documents/2026/01/uji-{}".format)
    name = "berkas.pdf"
    kind = "application/pdf"
    size = 1200
    sha256 = "0" * 64
    uploaded_by = factory.SubFactory(UserFactory)


class FieldFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Field"
        django_get_or_create = ["name"]

    name = "Hukum dan Kemasyarakatan"
    is_mandatory = factory.LazyAttribute(
        lambda field: (
            field.name in {"Hukum dan Kemasyarakatan", "Kemandirian dan Kepribadian"}
        )
    )


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Criterion"
        django_get_or_create = ["text"]

    text = factory.Sequence("Kriteria uji {}".format)


class PartnerFactory(DjangoModelFactory):
    """A complete partner, entered by an officer, with one field of work."""

    class Meta:
        model = "partners.Partner"
        skip_postgeneration_save = True

    office = factory.SubFactory(UnitFactory)
    regency = factory.SubFactory(RegencyFactory)
    kind = "foundation"
    name = factory.Sequence("Yayasan Uji {}".format)
    leader_name = "Maria Uji"
    leader_position = "Ketua"
    contact_name = "Yosef Uji"
    phone = "+6281234567890"
    address = "Jalan Uji 1"
    services = "Pelatihan menjahit"
    reason = factory.LazyAttribute(
        lambda partner: (
            "Alasan uji"
            if partner.status in {"returned", "declined", "suspended", "ended"}
            else ""
        )
    )
    status = "draft"

    @factory.post_generation
    def fields(self, create, extracted):
        if create:
            self.fields.set([FieldFactory()] if extracted is None else extracted)


class RepresentativeFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Representative"

    partner = factory.SubFactory(PartnerFactory)
    user = factory.LazyAttribute(lambda row: person(Role.PARTNER, row.partner.office))


class CommunityGroupFactory(DjangoModelFactory):
    """A group at the status asked for, with the decree that status needs."""

    class Meta:
        model = "partners.CommunityGroup"

    office = factory.SubFactory(UnitFactory)
    name = factory.Sequence("Pokmas Uji {}".format)
    field = factory.SubFactory(FieldFactory)
    status = "proposed"

    class Params:
        decreed = factory.LazyAttribute(
            lambda group: group.status not in {"proposed", "assessed", "withdrawn"}
        )

    decree_number = factory.LazyAttribute(lambda o: "W.22-1" if o.decreed else "")
    decree_on = factory.LazyAttribute(
        lambda group: date(2026, 1, 5) if group.decreed else None
    )
    decree = factory.Maybe(
        "decreed", factory.SubFactory("tests.factories.DocumentFactory")
    )
    inaugurated_on = factory.LazyAttribute(
        lambda group: (
            date(2026, 1, 12)
            if group.decreed and group.status != "established"
            else None
        )
    )
    reason = factory.LazyAttribute(
        lambda group: (
            "Alasan uji"
            if group.status in {"dormant", "dissolved", "withdrawn"}
            else ""
        )
    )


class GroupMembershipFactory(DjangoModelFactory):
    class Meta:
        model = "partners.GroupMembership"

    group = factory.SubFactory(CommunityGroupFactory)
    partner = factory.SubFactory(
        PartnerFactory, status="active", office=factory.SelfAttribute("..group.office")
    )
    starts_on = date(2026, 1, 5)


# Agreements and reports


class AgreementFactory(DjangoModelFactory):
    """An agreement at the status asked for, with the papers that status needs."""

    class Meta:
        model = "agreements.Agreement"

    office = factory.SubFactory(UnitFactory)
    partner = factory.SubFactory(
        PartnerFactory, status="active", office=factory.SelfAttribute("..office")
    )
    title = factory.Sequence("PKS Uji {}".format)
    urgency = "Pendampingan diperlukan"
    form = "Pelatihan"
    subject = "Pelatihan menjahit bagi klien"
    starts_on = date(2026, 1, 10)
    ends_on = date(2027, 1, 9)
    our_signatory = "Kepala Uji"
    our_position = "Kepala Bapas Uji"
    partner_signatory = "Maria Uji"
    partner_position = "Ketua"
    status = "draft"

    class Params:
        papered = factory.LazyAttribute(
            lambda row: row.status in {"signed", "suspended", "terminated"}
        )

    our_number = factory.Maybe("papered", factory.Sequence("W.22-{}".format), "")
    number_year = factory.Maybe("papered", 2026, None)
    signed_on = factory.Maybe("papered", date(2026, 1, 10), None)
    scan = factory.Maybe("papered", factory.SubFactory(DocumentFactory))


class ReportFactory(DjangoModelFactory):
    """The report of a month, as it is before any PDF was made."""

    class Meta:
        model = "reports.Report"

    office = factory.SubFactory(UnitFactory)
    month = date(2026, 9, 1)


# Activities


class ActivityTypeFactory(DjangoModelFactory):
    class Meta:
        model = "outreach.ActivityType"
        django_get_or_create = ["code"]

    code = "legal_counselling"
    name = "Penyuluhan atau bantuan hukum"


class ActivityFactory(DjangoModelFactory):
    """An activity at the status asked for, with what that status needs.

    `partners=[…]` and `counts={("adult_client", "male"): 12}` come with it.
    """

    class Meta:
        model = "outreach.Activity"
        skip_postgeneration_save = True

    office = factory.SubFactory(UnitFactory)
    type = factory.SubFactory(ActivityTypeFactory)
    title = factory.Sequence("Penyuluhan Uji {}".format)
    starts_at = datetime(2026, 9, 14, 2, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    held_on = factory.LazyAttribute(
        lambda row: row.starts_at.astimezone(ZoneInfo(row.office.zone)).date()
    )
    place = "Balai Desa Tarus"
    regency = factory.SubFactory(RegencyFactory)
    status = "planned"

    class Params:
        handed_in = factory.LazyAttribute(
            lambda row: row.status not in {"planned", "cancelled"}
        )

    output = factory.Maybe("handed_in", "Peserta memahami haknya.", "")
    is_declared = factory.SelfAttribute("handed_in")
    reason = factory.LazyAttribute(
        lambda row: "Alasan uji" if row.status in {"returned", "cancelled"} else ""
    )

    @factory.post_generation
    def partners(activity, create, partners, **kwargs):
        activity.partners.set(partners or [])

    @factory.post_generation
    def counts(activity, create, counts, **kwargs):
        with pgtrigger.ignore("outreach.BeneficiaryCount:locked_is_final"):
            for (category, sex), number in (counts or {}).items():
                activity.counts.create(category=category, sex=sex, number=number)


class EvidenceFactory(DjangoModelFactory):
    """A photo whose file belongs to it, so that who sees the photo may open it."""

    class Meta:
        model = "outreach.Evidence"
        skip_postgeneration_save = True

    activity = factory.SubFactory(ActivityFactory)
    kind = "photo"
    document = factory.SubFactory(DocumentFactory, kind="image/jpeg", name="foto.jpg")

    @factory.post_generation
    def ownership(evidence, create, extracted, **kwargs):
        evidence.document.owner = evidence
        evidence.document.save(update_fields=["owner_type", "owner_id"])
