"""Whoever owes something is reminded of it once a day, by the clock of whoever asks.

Nothing is kept of it but the notices: the key of each says what it is about, and when.

    key = reminding.key(REMINDED, row.pk, today)
    last = reminding.last_days(REMINDED, Attendance, pks)
"""

import re
from collections.abc import Iterable
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from pokmas.notices.models import Notice

KEY = re.compile(r"(.+):(\d{4}-\d\d-\d\d)")


def key(kind: str, what: object, day: date) -> str:
    return f"{kind}:{what}:{day:%Y-%m-%d}"


def last_days(kind: str, model: type[Model], about: Iterable[int]) -> dict[str, date]:
    """Of what is about these records: on which day it was last reminded of."""
    told = sorted(keys_about(kind, model, about))
    found = filter(
        None, (KEY.fullmatch(each.removeprefix(f"{kind}:")) for each in told)
    )
    return {what: date.fromisoformat(day) for what, day in map(re.Match.groups, found)}


def keys_about(kind: str, model: type[Model], about: Iterable[int]) -> set[str]:
    """The keys of what was told about these records."""
    rows = Notice.objects.filter(
        about_type=ContentType.objects.get_for_model(model),
        about_id__in=set(about),
        kind=kind,
    )
    return set(rows.order_by().values_list("key", flat=True).distinct())
