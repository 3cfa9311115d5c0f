"""The base of every history table: what pghistory writes, never taken away again."""

import pghistory.models
import pgtrigger
from django.db import models


def never_truncated() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="never_truncated",
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
    )


def looked_up_by(*fields: str) -> dict:
    """For `pghistory.track(meta=…)`: pages ask for the states of rows by these fields.

    A history has no other index than by its row and by its context.
    """
    return {"indexes": [models.Index(fields=[field]) for field in fields]}


class Event(pghistory.models.Event):
    """One state of one row. The setting PGHISTORY_BASE_MODEL names this class."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True

    @classmethod
    def pghistory_setup(cls):
        super().pghistory_setup()
        if not cls._meta.abstract:
            pgtrigger.register(never_truncated())(cls)
