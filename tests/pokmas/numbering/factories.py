"""Number books."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.pokmas.factories import UnitFactory


class NumberBookFactory(DjangoModelFactory):
    class Meta:
        model = "numbering.NumberBook"

    office = factory.SubFactory(UnitFactory)
    year = 2026
    last = 1


class NumberFactory(DjangoModelFactory):
    class Meta:
        model = "numbering.Number"

    office = factory.SubFactory(UnitFactory)
    book = factory.SubFactory(
        NumberBookFactory, office=factory.SelfAttribute("..office")
    )
    kind = "letter"
    year = 2026
    sequence = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence("WP.22.PAS.3-UM.01.01-{:04d}".format)
    dated = date(2026, 3, 2)
    addressed_to = "Ketua Yayasan Uji"
    gist = "Undangan rapat"
    source = "portal"
