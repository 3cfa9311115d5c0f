"""What looks odd in a report: its author answers in one line before it is sent.

Nothing here stands in the way: whatever he answers, the report goes on, and who
verifies it reads both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import quantiles

from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import ValidationError
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    FloatField,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Agreement
from outreach.activities.models import Activity
from outreach.evidence.look import NEAR
from outreach.evidence.models import Evidence
from pokmas.words import dates

Status = Activity.Status
# How many activities of the same type tell what is usual, and since when.
LEAST, MOST, SINCE = 8, 60, timedelta(days=731)
# How many times the middle half lies between the usual and the odd.
FAR = 3
# Where texts of so many letters are so much alike, one was copied.
LETTERS, ALIKE = 40, 0.85
# The same photo is looked for among the activities of so long before and after.
AROUND = timedelta(days=366)
NAMED = 3

# Code → what its answer is called in the form.
CODES: dict[str, str | Promise] = {
    "range": gettext_lazy("Mengapa jumlahnya jauh dari biasanya"),
    "agreement": gettext_lazy("Mengapa di luar masa kerja sama"),
    "photo": gettext_lazy("Mengapa fotonya sama"),
    "copied": gettext_lazy("Mengapa hasilnya sama dengan laporan lain"),
}


@dataclass(frozen=True)
class Question:
    code: str
    words: str


class Unanswered(ValidationError):
    """What the author has not answered yet."""

    def __init__(self, questions: list[Question]):
        super().__init__([question.words for question in questions])
        self.questions = questions


def questions(
    activity: Activity, served: int, photos: Iterable[Evidence]
) -> list[Question]:
    found = {
        "range": _far_from_usual(activity, served),
        "agreement": _out_of_agreement(activity),
        **_like_others(activity, photos),
    }
    return [Question(code, words) for code, words in found.items() if words]


def _far_from_usual(activity, served) -> str:
    """Against the middle half of those of the same type and unit."""
    rows = others_of(activity).counted().filter(type=activity.type_id)
    rows = rows.filter(held_on__gte=activity.held_on - SINCE).order_by("-held_on")
    usual = list(rows.with_served().values_list("served", flat=True)[:MOST])
    if len(usual) < LEAST:
        return ""
    first, middle, third = quantiles(usual, n=4)
    room = FAR * max(third - first, middle / 4, 2)
    if first - room <= served <= third + room:
        return ""
    return _(
        "Terlayani %(served)s orang; pada %(count)s kegiatan sejenis unit ini biasanya "
        "%(first)s sampai %(third)s orang."
    ) % {
        "served": dates.number(served),
        "count": dates.number(len(usual)),
        "first": dates.number(round(first)),
        "third": dates.number(round(third)),
    }


def _out_of_agreement(activity) -> str:
    if activity.agreement_id is None:
        return ""
    in_force = Agreement.objects.in_force(activity.held_on)
    if in_force.filter(pk=activity.agreement_id).exists():
        return ""
    return _("Pada %(day)s kerja sama “%(title)s” tidak berlaku.") % {
        "day": dates.date_long(activity.held_on),
        "title": activity.agreement.title,
    }


def _like_others(activity, photos) -> dict[str, str]:
    """Those that show the same photo, and one that says the same."""
    shown, day = showing(photos), activity.held_on
    of_late = near(activity).filter(held_on__range=(_month_before(day), day))
    rows = near(activity).filter(pk__in=of_late.order_by().values("pk").union(shown))
    rows = rows.annotate(shows=Q(pk__in=shown), alike=_alike(activity))
    others = rows.filter(Q(shows=True) | Q(alike__gte=ALIKE))
    others = list(others.order_by("-alike", "-held_on")[:NAMED])
    same = [other.title for other in others if other.shows]
    copied = next((other for other in others if other.alike >= ALIKE), None)
    return {
        "photo": same
        and _("Foto yang sama dipakai juga pada: %(titles)s.")
        % {"titles": ", ".join(same)},
        "copied": copied
        and _("Hasilnya hampir sama dengan laporan “%(title)s”, %(day)s.")
        % {"title": copied.title, "day": dates.date_long(copied.held_on)},
    }


def _alike(activity) -> Case | Value:
    """How much the text of another is like its own, if it is of about that month."""
    text, day = activity.output.strip(), activity.held_on
    never = Value(0.0)
    if len(text) < LETTERS:
        return never
    of_late = When(
        held_on__range=(_month_before(day), day), then=TrigramSimilarity("output", text)
    )
    return Case(of_late, default=never, output_field=FloatField())


def near(activity: Activity):
    """Others of the unit, within about a year."""
    day = activity.held_on
    return others_of(activity).filter(held_on__range=(day - AROUND, day + AROUND))


def showing(photos: Iterable[Evidence]) -> QuerySet:
    """The activities, by their keys, that show the very same file, or the same picture
    saved anew; each way by its index."""
    photos = list(photos)
    rows = Evidence.objects.present().order_by().values("activity")
    prints = {photo.document.sha256 for photo in photos}
    found = [rows.filter(document__sha256__in=prints)]
    for look in {photo.look for photo in photos} - {None}:
        near_it = rows.looking_like(look).alias(off=_differing(look))
        found.append(near_it.filter(off__lte=NEAR))
    return found[0].union(*found[1:])


def _differing(look: int) -> Func:
    """In how many bits a photo looks otherwise."""
    return Func(
        F("look"),
        Cast(Value(look), BigIntegerField()),
        template="bit_count((%(expressions)s)::bit(64))",
        arg_joiner=" # ",
        output_field=IntegerField(),
    )


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def others_of(activity: Activity):
    """Of the same unit, so that who judges may open them; not what it corrects."""
    rows = Activity.objects.filter(office=activity.office_id, superseded_on=None)
    rows = rows.exclude(status=Status.CANCELLED).order_by("held_on", "pk")
    return rows.exclude(pk__in=[activity.pk, activity.corrects_id or activity.pk])
