"""Agreements."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from tests.partners.factories import PartnerFactory
from tests.pokmas.factories import DocumentFactory, UnitFactory


class FeasibilityFactory(DjangoModelFactory):
    """A sheet at the status asked for; one that became a draft has it."""

    class Meta:
        model = "agreements.Feasibility"

    office = factory.SubFactory(UnitFactory)
    partner = factory.SubFactory(
        PartnerFactory, status="active", office=factory.SelfAttribute("..office")
    )
    title = factory.Sequence("Rencana Uji {}".format)
    urgency = "Pendampingan diperlukan"
    form = "Pelatihan"
    subject = "Pelatihan menjahit bagi klien"
    starts_on = date(2026, 1, 10)
    ends_on = date(2027, 1, 9)
    status = "draft"

    class Params:
        is_drafted = factory.LazyAttribute(lambda row: row.status == "drafted")

    agreement = factory.Maybe(
        "is_drafted",
        factory.SubFactory(
            "tests.agreements.factories.AgreementFactory",
            office=factory.SelfAttribute("..office"),
            partner=factory.SelfAttribute("..partner"),
        ),
        None,
    )


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
    created_at = datetime(2026, 1, 2, tzinfo=UTC)
    our_signatory = "Kepala Uji"
    our_position = "Kepala Bapas Uji"
    partner_signatory = "Maria Uji"
    partner_position = "Ketua"
    status = "draft"
    reason = factory.LazyAttribute(
        lambda row: "Keliru" if row.status == "dropped" else ""
    )

    # What tests put side by side, nobody refuses; who tests that says False.
    is_overlap_kept = True

    class Params:
        papered = factory.LazyAttribute(
            lambda row: row.status in {"signed", "suspended", "terminated"}
        )

    our_number = factory.Maybe("papered", factory.Sequence("W.22-{}".format), "")
    number_year = factory.Maybe("papered", 2026, None)
    signed_on = factory.Maybe("papered", date(2026, 1, 10), None)
    scan = factory.Maybe("papered", factory.SubFactory(DocumentFactory))


class PlanItemFactory(DjangoModelFactory):
    class Meta:
        model = "agreements.PlanItem"

    agreement = factory.SubFactory(AgreementFactory)
    order = factory.Sequence(lambda place: place % 100)
    type_code = "legal_counselling"
    type_name = "Penyuluhan atau bantuan hukum"
    first_month = factory.LazyAttribute(
        lambda row: row.agreement.starts_on.replace(day=1)
    )
    last_month = factory.SelfAttribute("first_month")
    times = 2
    target = 20


class EvaluationFactory(DjangoModelFactory):
    """Of a year, handed in and waiting; ask for another status or kind."""

    class Meta:
        model = "agreements.Evaluation"

    agreement = factory.SubFactory(AgreementFactory, status="signed")
    kind = "yearly"
    due_on = date(2027, 1, 10)
    benefit = "Klien terlatih"
    advice = "continue"
    status = "submitted"
    submitted_by = factory.SubFactory("tests.pokmas.factories.UserFactory")

    class Params:
        judged = factory.LazyAttribute(lambda row: row.status == "confirmed")

    confirmed_by = factory.Maybe(
        "judged", factory.SubFactory("tests.pokmas.factories.UserFactory")
    )
    confirmed_at = factory.Maybe("judged", datetime(2027, 1, 20, tzinfo=UTC))
    reason = factory.LazyAttribute(
        lambda row: "Alasan uji" if row.status == "returned" else ""
    )
