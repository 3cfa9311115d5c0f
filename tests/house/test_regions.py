"""Whatever belongs to an office has the region of its office, by the database."""

import pytest
from django.db import connection

from pokmas.offices.models import OfficeScoped
from tests.house.rooms import models

pytestmark = pytest.mark.django_db
KEPT = "SELECT conrelid::regclass::text FROM pg_constraint WHERE conname = ANY(%s)"


def test_every_table_of_offices_keeps_the_region_true():
    scoped = {
        model._meta.db_table for model in models() if issubclass(model, OfficeScoped)
    }
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [[f"{table}_office_region" for table in scoped]])
        kept = {table for (table,) in cursor.fetchall()}

    assert len(scoped) > 20
    assert scoped - kept == set()
