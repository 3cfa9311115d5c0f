"""Reports and guidelines."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from tests.pokmas.factories import DocumentFactory, RegionFactory, UnitFactory


class ReportFactory(DjangoModelFactory):
    """The report of a month, as it is before any PDF was made."""

    class Meta:
        model = "reports.Report"

    office = factory.SubFactory(UnitFactory)
    month = date(2026, 9, 1)


class GuidelineFactory(DjangoModelFactory):
    """One of a Kanwil for its units and partners, as its status would have it."""

    class Meta:
        model = "reports.Guideline"
        skip_postgeneration_save = True

    class Params:
        is_published = factory.LazyAttribute(
            lambda made: made.status not in ("draft", "discarded")
        )

    office = factory.SubFactory(RegionFactory)
    region = factory.LazyAttribute(lambda made: made.office and made.office.region)
    title = "Pedoman Uji"
    about = "Cara mengisi daftar hadir."
    letter_number = "PAS-1.OT.02.02"
    letter_on = date(2026, 1, 5)
    in_force_from = date(2026, 2, 1)
    file = factory.SubFactory(DocumentFactory)
    status = "published"
    reason = factory.LazyAttribute(
        lambda made: "Alasan uji" if made.status == "withdrawn" else ""
    )
    published_on = factory.LazyAttribute(
        lambda made: date(2026, 1, 20) if made.is_published else None
    )
    news_at = factory.LazyAttribute(
        lambda made: datetime(2026, 1, 20, tzinfo=UTC) if made.is_published else None
    )
    told_at = factory.SelfAttribute("news_at")

    @factory.post_generation
    def owned(self, create, extracted):
        """Whoever sees it may read its file."""
        if create and self.file.owner_id is None:
            self.file.owner = self
            self.file.save(update_fields=["owner_type", "owner_id"])


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


class OfficePlanItemFactory(DjangoModelFactory):
    """Of the running quarter of the tests' world."""

    class Meta:
        model = "reports.PlanItem"

    office = factory.SubFactory(UnitFactory)
    code = "KPI-07"
    kind = "quarterly"
    starts_on = date(2026, 7, 1)


class PlanFileFactory(DjangoModelFactory):
    """A file of its own, which whoever sees the item may read."""

    class Meta:
        model = "reports.PlanFile"
        skip_postgeneration_save = True

    item = factory.SubFactory(OfficePlanItemFactory)
    document = factory.SubFactory(DocumentFactory)
    shows = "Notula rapat uji"

    @factory.post_generation
    def owned(self, create, extracted):
        self.document.owner = self.item
        self.document.save(update_fields=["owner_type", "owner_id"])
