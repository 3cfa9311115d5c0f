"""Agreements."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from tests.partners.factories import PartnerFactory
from tests.pokmas.factories import DocumentFactory, UnitFactory


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

    class Params:
        papered = factory.LazyAttribute(
            lambda row: row.status in {"signed", "suspended", "terminated"}
        )

    our_number = factory.Maybe("papered", factory.Sequence("W.22-{}".format), "")
    number_year = factory.Maybe("papered", 2026, None)
    signed_on = factory.Maybe("papered", date(2026, 1, 10), None)
    scan = factory.Maybe("papered", factory.SubFactory(DocumentFactory))
