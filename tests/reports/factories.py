"""Reports."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.pokmas.factories import UnitFactory


class ReportFactory(DjangoModelFactory):
    """The report of a month, as it is before any PDF was made."""

    class Meta:
        model = "reports.Report"

    office = factory.SubFactory(UnitFactory)
    month = date(2026, 9, 1)
