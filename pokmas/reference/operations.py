"""Migration operations for lists that the portal begins with."""

from collections.abc import Callable

from django.db.migrations.operations import RunPython


def first_rows(*fills: Callable) -> RunPython:
    """All that fill a list of an app, in one operation.

    Before each one Django builds all models anew.
    """

    def fill(apps, schema_editor):
        for each in fills:
            each(apps, schema_editor)

    return RunPython(fill, RunPython.noop)
