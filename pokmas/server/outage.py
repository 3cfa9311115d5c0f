"""How it shows that the database went away in the middle of something."""

import psycopg
from django.db import InterfaceError, OperationalError

# The driver's own errors too: Django does not wrap what the close of a cursor raises.
DATABASE_LOST = (
    OperationalError,
    InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
