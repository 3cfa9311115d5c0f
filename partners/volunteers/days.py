"""When a volunteer has time: a day of the week and a part of the day, as one number."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Case, Func, Value, When
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.text import format_lazy
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("Senin")
    TUESDAY = 2, _("Selasa")
    WEDNESDAY = 3, _("Rabu")
    THURSDAY = 4, _("Kamis")
    FRIDAY = 5, _("Jumat")
    SATURDAY = 6, _("Sabtu")
    SUNDAY = 7, _("Minggu")


class Part(models.IntegerChoices):
    MORNING = 1, pgettext_lazy("part of a day", "pagi")
    AFTERNOON = 2, pgettext_lazy("part of a day", "siang")
    EVENING = 3, pgettext_lazy("part of a day", "malam")


def slot(weekday: int, part: int) -> int:
    return 10 * weekday + part


def slots_of(weekday: int) -> list[int]:
    return [slot(weekday, part) for part in Part]


SLOTS = [
    (slot(day, part), format_lazy("{} {}", day.label, part.label))
    for day in Weekday
    for part in Part
]
# The same under the name of each day, for a form.
BY_DAY = [
    (day.label, [(slot(day, part), part.label) for part in Part]) for day in Weekday
]


def in_words(slots: Iterable[int]) -> str:
    """Senin pagi, siang; Sabtu pagi."""
    chosen = set(slots)
    days = []
    for day in Weekday:
        parts = [str(part.label) for part in Part if slot(day, part) in chosen]
        if len(parts) == len(Part):
            parts = [say("sepanjang hari")]
        if parts:
            days.append(f"{day.label} {', '.join(parts)}")
    return "; ".join(days)


def in_brief(slots: str):
    """Sab, Min: the days of the column of this name, as the database says them."""
    named = [
        Case(
            When(
                **{f"{slots}__overlap": slots_of(day)},
                then=Value(WEEKDAYS_ABBR[day - 1], models.TextField()),
            )
        )
        for day in Weekday
    ]
    return Func(
        Value(", "), *named, function="concat_ws", output_field=models.TextField()
    )
