"""Partners and groups."""

from datetime import UTC, date, datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from partners.declarations.models import Declaration
from partners.registry.models import REASONED
from partners.volunteers.models import Promise, Volunteer
from pokmas.accounts.roles import Role
from tests.pokmas.factories import (
    DocumentFactory,
    RegencyFactory,
    UnitFactory,
    UserFactory,
    person,
)


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


class PartnerKindFactory(DjangoModelFactory):
    class Meta:
        model = "partners.PartnerKind"
        django_get_or_create = ["code"]

    code = "foundation"
    name = factory.LazyAttribute(lambda kind: f"Jenis {kind.code}")


class RequiredPaperFactory(DjangoModelFactory):
    class Meta:
        model = "partners.RequiredPaper"
        django_get_or_create = ["kind", "name"]

    kind = factory.SubFactory(PartnerKindFactory)
    name = "SK AHU"


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Criterion"
        django_get_or_create = ["text"]

    text = factory.Sequence("Kriteria uji {}".format)


class PartnerFactory(DjangoModelFactory):
    """A complete partner and its one partnership; `office=` and what else is the
    partnership's goes there."""

    class Meta:
        model = "partners.Partner"

    regency = factory.SubFactory(RegencyFactory)
    # Of this kind no paper is asked for.
    kind = factory.LazyFunction(lambda: PartnerKindFactory(code="media"))
    name = factory.Sequence("Yayasan Uji {}".format)
    leader_name = "Maria Uji"
    leader_position = "Ketua"
    address = "Jalan Uji 1"

    @classmethod
    def _create(cls, model, *args, **answers):
        theirs = {field.name for field in model._meta.get_fields()} | {"regency_id"}
        own = {name: answers.pop(name) for name in [*answers] if name in theirs}
        partner = super()._create(model, *args, **own)
        PartnershipFactory(partner=partner, **answers)
        return partner


class PartnershipFactory(DjangoModelFactory):
    """A complete registration, entered by an officer, with one field of work.

    `name=` and what else is the partner's goes to a partner made for it.
    """

    class Meta:
        model = "partners.Partnership"
        skip_postgeneration_save = True

    office = factory.SubFactory(UnitFactory)
    contact_name = "Yosef Uji"
    phone = "+6281234567890"
    services = "Pelatihan menjahit"
    reason = factory.LazyAttribute(
        lambda partnership: "Alasan uji" if partnership.status in REASONED else ""
    )
    status = "draft"

    @classmethod
    def _create(cls, model, *args, **answers):
        ours = {field.name for field in model._meta.get_fields()}
        theirs = {name: answers.pop(name) for name in [*answers] if name not in ours}
        if "partner" not in answers:
            answers["partner"] = _partner(**theirs)
        return super()._create(model, *args, **answers)

    @factory.post_generation
    def fields(self, create, extracted):
        if create:
            self.fields.add(*([FieldFactory()] if extracted is None else extracted))


def _partner(**answers):
    """A partner without a partnership."""
    regency = answers.pop("regency", None) or RegencyFactory()
    built = PartnerFactory.build(regency=None, **answers)
    built.regency = regency
    built.save()
    return built


class DeclarationFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Declaration"

    title = factory.Sequence("Pernyataan uji {}".format)
    text = "Kami menyatakan demikian."
    valid_from = date(2026, 1, 1)


class DeclarationAnswerFactory(DjangoModelFactory):
    class Meta:
        model = "partners.DeclarationAnswer"

    partnership = factory.SubFactory(PartnershipFactory)
    declaration = factory.SubFactory(DeclarationFactory)
    answered_at = datetime(2026, 3, 2, 1, tzinfo=UTC)
    answered_by = factory.SubFactory(UserFactory)


def declared_today() -> list[Declaration]:
    """All that an applicant has to declare."""
    return list(Declaration.objects.holding(timezone.localdate()))


def ticks() -> dict[str, str]:
    """The same as the form on the page sends it."""
    return {f"declares_{each.pk}": "on" for each in declared_today()}


class FieldVisitFactory(DjangoModelFactory):
    """A visit that found the place fit."""

    class Meta:
        model = "partners.FieldVisit"

    partnership = factory.SubFactory(PartnershipFactory, status="submitted")
    visited_on = date(2026, 1, 5)
    visitors = "Petugas Uji"
    result = "fit"
    created_by = factory.LazyAttribute(
        lambda visit: person(Role.UNIT_OPERATOR, visit.partnership.office)
    )


class LegalPaperFactory(DjangoModelFactory):
    """A paper that was handed in; `required=` is which."""

    class Meta:
        model = "partners.LegalPaper"

    partnership = factory.SubFactory(PartnershipFactory)
    required = factory.SubFactory(
        RequiredPaperFactory, kind=factory.SelfAttribute("..partnership.partner.kind")
    )
    number = factory.Sequence("UJI-{}".format)
    issuer = "Notaris Uji"
    issued_on = date(2024, 1, 5)
    document = factory.SubFactory(
        DocumentFactory, owner=factory.SelfAttribute("..partnership")
    )
    added_by = factory.SubFactory(UserFactory)


class RepresentativeFactory(DjangoModelFactory):
    """Who acts for a partner; `partner=` may be one of its partnerships."""

    class Meta:
        model = "partners.Representative"

    partner = factory.SubFactory(PartnershipFactory)
    user = factory.LazyAttribute(
        lambda row: person(Role.PARTNER, _partnership(row.partner).office)
    )

    @classmethod
    def _create(cls, model, *args, partner, **answers):
        partnership = _partnership(partner)
        partner = partnership.partner
        made = super()._create(model, *args, partner=partner, **answers)
        made.partnership = partnership
        return made


class InvitationFactory(DjangoModelFactory):
    """A link that was sent to a colleague by who answers for the partner."""

    class Meta:
        model = "partners.Invitation"

    partnership = factory.SubFactory(PartnershipFactory)
    email = factory.Sequence("rekan{}@contoh.test".format)
    role = Role.PARTNER_WRITER
    invited_by = factory.LazyAttribute(
        lambda row: RepresentativeFactory(partner=row.partnership).user
    )


def _partnership(record):
    """The record, or the first partnership of a partner."""
    return record.partnerships.first() if hasattr(record, "partnerships") else record


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = "partners.Skill"
        django_get_or_create = ["name"]

    name = "Bimbingan rohani"


class VolunteerFactory(DjangoModelFactory):
    """A complete volunteer, with an account where `user=` gives one."""

    class Meta:
        model = "partners.Volunteer"
        skip_postgeneration_save = True

    office = factory.SubFactory(UnitFactory)
    regency = factory.SubFactory(RegencyFactory)
    name = factory.Sequence("Sahabat Uji {}".format)
    sex = "female"
    birth_year = 1990
    phone = "+6281234567890"
    availability = [11, 61]
    status = "active"
    stage = factory.LazyAttribute(
        lambda row: "initial_approach" if row.status in Volunteer.ACCEPTED else ""
    )
    promise = factory.LazyAttribute(
        lambda row: Promise.objects.last() if row.status in Volunteer.ACCEPTED else None
    )
    promised_at = factory.LazyAttribute(lambda row: row.promise and timezone.now())
    reason = factory.LazyAttribute(
        lambda row: (
            "Alasan uji"
            if row.status in {"returned", "declined", "suspended", "ended"}
            else ""
        )
    )

    @factory.post_generation
    def skills(self, create, extracted):
        if create:
            self.skills.set([SkillFactory()] if extracted is None else extracted)

    @factory.post_generation
    def interests(self, create, extracted):
        if create:
            self.interests.set([FieldFactory()] if extracted is None else extracted)


def volunteer_of(office=None, **answers):
    """A person who acts as a volunteer, with his record."""
    user = person(Role.VOLUNTEER, office)
    VolunteerFactory(user=user, office=user.acting.office, **answers)
    return user


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
    """A membership; `partner=` is who has its first partnership in the group."""

    class Meta:
        model = "partners.GroupMembership"

    group = factory.SubFactory(CommunityGroupFactory)
    partner = factory.SubFactory(
        PartnershipFactory,
        status="active",
        office=factory.SelfAttribute("..group.office"),
    )
    starts_on = date(2026, 1, 5)

    @classmethod
    def _create(cls, model, *args, partner, **answers):
        answers["partnership"] = _partnership(partner)
        return super()._create(model, *args, **answers)
