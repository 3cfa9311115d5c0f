"""Reports."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.pokmas.factories import DocumentFactory, UnitFactory


class ReportFactory(DjangoModelFactory):
    """The report of a month, as it is before any PDF was made."""

    class Meta:
        model = "reports.Report"

    office = factory.SubFactory(UnitFactory)
    month = date(2026, 9, 1)


class IndicatorFactory(DjangoModelFactory):
    """One that units enter, whole numbers that add up."""

    class Meta:
        model = "reports.Indicator"

    code = factory.Sequence(lambda number: f"UJI-{number + 10}")
    valid_from = date(2020, 1, 1)
    name = "Indikator uji"
    numerator = "Yang dihitung"
    unit = "orang"
    source = "entered"
    rhythm = "monthly"
    over_offices = "sum"
    over_time = "sum"
    legal_note = "Uji"


class TargetFactory(DjangoModelFactory):
    """Of a year, set by the Kanwil."""

    class Meta:
        model = "reports.Target"

    office = factory.SubFactory(UnitFactory)
    code = "KPI-01"
    kind = "yearly"
    starts_on = date(2026, 1, 1)
    value = 2
    set_by = factory.SelfAttribute("office.region")


class EnteredValueFactory(DjangoModelFactory):
    """Said by a unit, not confirmed yet."""

    class Meta:
        model = "reports.EnteredValue"

    office = factory.SubFactory(UnitFactory)
    code = "KPI-10"
    kind = "monthly"
    starts_on = date(2026, 9, 1)
    numerator = 12
    note = "Rekap uji"
    evidence = factory.SubFactory(DocumentFactory)
