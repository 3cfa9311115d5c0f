"""Lists that came in."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.pokmas.factories import UnitFactory

HEADINGS = [
    {"place": 0, "title": "No", "name": "no", "samples": ["1"]},
    {"place": 1, "title": "Nama", "name": "name", "samples": ["Yayasan Kasih"]},
]


class ImportFactory(DjangoModelFactory):
    """A list of partners with one row that is new, read and waiting."""

    class Meta:
        model = "imports.Import"
        skip_postgeneration_save = True

    office = factory.SubFactory(UnitFactory)
    kind = "partners"
    way = "draft"
    name = "Daftar mitra uji.xlsx"
    document_id = 0
    status = "rehearsed"
    headings = HEADINGS
    counts = {"new": 1}
    written_at = factory.LazyAttribute(
        lambda record: timezone.now() if record.status == "written" else None
    )

    @factory.post_generation
    def rows(self, create, extracted):
        if create:
            self.rows.create(
                number=2,
                cells={"name": "Yayasan Kasih"},
                answers={"name": "Yayasan Kasih", "code": "2222-3333-4444"},
                result="new",
            )
