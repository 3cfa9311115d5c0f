import pytest
from django.db import OperationalError, connection, transaction


@pytest.fixture
def given_up():
    """What the database says when a question took too long."""
    with (
        pytest.raises(OperationalError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(60)")
    return caught.value
