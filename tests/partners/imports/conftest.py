"""Lists as they go through the portal, with the worker's part done at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.documents.inspection import LISTS
from pokmas.imports import services
from pokmas.imports.models import Import
from pokmas.jobs import services as jobs
from tests.factories import UnitFactory, person
from tests.pokmas.imports.workbooks import xlsx


@pytest.fixture
def unit(db):
    return UnitFactory()


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


@pytest.fixture
def head(unit):
    return person(Role.UNIT_HEAD, unit)


@pytest.fixture
def read(operator):
    """Hand in rows (or a file's content), and have them read."""

    def _read(rows, *, name="mitra.xlsx", way="draft", by=None, **more):
        by = by or operator
        content = rows if isinstance(rows, bytes) else xlsx(rows)
        document = documents.store(
            SimpleUploadedFile(name, content), by=by, kinds=LISTS
        )
        more.setdefault("kind", "partners")
        record = Import(way=way, office=by.acting.office, **more)
        record = services.start(record, document=document, by=by)
        return worked(record)

    return _read


@pytest.fixture
def mended(operator):
    """Hand in rows that were put right, and have them read."""

    def _mended(record, rows):
        document = documents.store(
            SimpleUploadedFile("betul.xlsx", xlsx(rows)), by=operator, kinds=LISTS
        )
        services.mend(record, document=document, by=operator)
        return worked(record)

    return _mended


def worked(record: Import) -> Import:
    """The record once the worker is done with it."""
    jobs.run(record.job_id)
    record = Import.objects.get(pk=record.pk)
    assert record.job.reason == ""
    return record
