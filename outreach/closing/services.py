"""A month is closed once; what is being verified meanwhile is waited for."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from outreach.closing.models import ClosedMonth, is_over


def close(offices: Iterable[int], month: date) -> None:
    """Close `month` (its first day) at these offices until the end of time.

    Lock the month's activities after this: nothing can be verified into it any more.
    """
    offices = sorted(offices)
    for office in offices:
        _ask("SELECT pg_advisory_xact_lock(%s, %s)", office, month)
    ClosedMonth.objects.bulk_create(
        [ClosedMonth(office_id=office, month=month) for office in offices],
        ignore_conflicts=True,
    )


def hold(office: int, day: date) -> bool:
    """Keep the month of `day` open until the transaction ends; False if it is not."""
    if not is_over(day):
        return True
    _ask("SELECT pg_advisory_xact_lock_shared(%s, %s)", office, day)
    return not ClosedMonth.objects.cover(office, day)


def _ask(statement: str, office: int, day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [office, day.year * 12 + day.month])
