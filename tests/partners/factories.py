"""Partners and groups."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from pokmas.accounts.roles import Role
from tests.pokmas.factories import DocumentFactory, RegencyFactory, UnitFactory, person


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
    decree = factory.Maybe("decreed", factory.SubFactory(DocumentFactory))
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
