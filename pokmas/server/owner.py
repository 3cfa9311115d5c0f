"""Two roles of the database: one owns the tables, the portal itself may only use them.

Who owns a table may switch its triggers off, or drop it. So the programs of the portal
sign in with `DATABASE_URL`, as a role that may do what `pokmas/audit/grants.py` says.
`migrate` alone does it as the owner, with `POKMAS_OWNER_DATABASE_URL`, which the others
are not given; and the demo, which writes a history of days that are over.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

LOGIN = ("USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def as_owner() -> Iterator[None]:
    """The connection in the hands of the owner, if one is named and it is not yet."""
    if not settings.OWNER_DATABASE or is_owner():
        yield
        return
    usual = connection.settings_dict
    connection.close()
    owner = {name: settings.OWNER_DATABASE[name] for name in LOGIN}
    owner["OPTIONS"] = usual["OPTIONS"] | settings.OWNER_DATABASE.get("OPTIONS", {})
    connection.settings_dict = usual | owner
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = usual


def is_owner() -> bool:
    """Whether the connection is in the hands of the owner."""
    user = connection.settings_dict["USER"]
    return bool(settings.OWNER_DATABASE) and user == settings.OWNER_DATABASE["USER"]
