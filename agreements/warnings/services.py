"""Before an agreement ends whom it concerns is told, once at each rung of a ladder.

A rung that was reached while nobody looked is due until it is told; of several only
the nearest to the end is, and the others are noted as passed. Who was told of one
learns nothing from another farther off, when headquarters sets a new ladder.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements.register.models import Agreement
from agreements.warnings.models import EndWarning, WarningLadder
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.services import notify
from pokmas.notices.telling import officers, own_people
from pokmas.offices.models import office_today
from pokmas.words import dates

# What no run has told for so long after the end is nobody's news any more.
LATE_DAYS = 60
# Who may prepare what follows, who decides, and who at the Kanwil judges its text.
TOLD = (
    "agreements.add_agreement",
    "agreements.terminate_agreement",
    "agreements.review_agreement",
)
KIND = "agreement.ending"
# The day of its office on which it came to its status.
SINCE = Func(
    "status_since",
    "office__zone",
    arg_joiner=" AT TIME ZONE ",
    template="(%(expressions)s)::date",
    output_field=DateField(),
)


def warn_of_ends(now: datetime | None = None) -> int:
    """Tell of every end that came as near as a rung; returns of how many."""
    now = now or timezone.now()
    ladder = WarningLadder.objects.holding(timezone.localdate(now))
    return sum(_warn(agreement, ladder, now) for agreement in due(ladder, now))


def due(ladder: Sequence[int], now: datetime) -> QuerySet[Agreement]:
    """Those whose nearest rung was reached and not told; `ladder` is in order."""
    if not ladder:
        return Agreement.objects.none()
    rung = Case(
        *(
            When(
                ends_on__lte=office_today(ahead=days, now=now),
                # Of a short one no rung lies before its first day.
                starts_on__lte=F("ends_on") - timedelta(days),
                then=days,
            )
            for days in ladder
        ),
        output_field=IntegerField(),
    )
    noted = EndWarning.objects.filter(
        agreement=OuterRef("pk"),
        ends_on=OuterRef("ends_on"),
        days__lte=OuterRef("rung"),
    )
    first, last = office_today(ahead=-LATE_DAYS, now=now), ladder[-1]
    near = Agreement.objects.unrenewed().filter(
        # An old paper that was put on record after its end warns of nothing.
        ends_on__gte=SINCE,
        status=Agreement.Status.SIGNED,
    )
    near = near.filter(
        ends_on__gte=first,
        ends_on__lte=office_today(ahead=last, now=now),
    )
    near = near.annotate(rung=rung).exclude(rung=None).filter(~Exists(noted))
    return near.select_related("office__parent", "partner").order_by("pk")


@transaction.atomic
def _warn(agreement: Agreement, ladder: Sequence[int], now: datetime) -> bool:
    seen = agreement.ends_on, agreement.status
    agreement.lock()
    today = timezone.localdate(now, agreement.office.tzinfo)
    reached = reached_rungs(agreement, ladder, today)
    known = set(
        agreement.end_warnings.filter(ends_on=agreement.ends_on).values_list(
            "days", flat=True
        )
    )
    has_moved = seen != (agreement.ends_on, agreement.status)
    if has_moved or any(days <= reached[0] for days in known):
        return False  # somebody was faster; if it moved on, the next run looks anew
    EndWarning.objects.bulk_create(
        EndWarning(
            agreement=agreement,
            ends_on=agreement.ends_on,
            days=days,
            is_sent=days == reached[0],
            noted_at=now,
        )
        for days in reached
        if days not in known
    )
    Entry.record(
        None, "agreement.warned", agreement, days=reached[0], end=str(agreement.ends_on)
    )
    _tell(agreement, reached[0], today, now)
    return True


def reached_rungs(
    agreement: Agreement, ladder: Sequence[int], today: date
) -> list[int]:
    """The nearest to the end first."""
    first, last = agreement.starts_on, agreement.ends_on
    return [days for days in ladder if first <= last - timedelta(days) <= today]


def people_of(agreement: Agreement) -> set[User]:
    """Who is warned: the unit, its Kanwil, and who acts for the partner."""
    found = {person for right in TOLD for person in officers(agreement, right)}
    return {*found, *own_people(agreement)}


def _tell(agreement, days, today, now):
    end = agreement.ends_on
    notify(
        people_of(agreement),
        kind=KIND,
        title="%(title)s",
        body=gettext_lazy(
            "%(office)s dan %(partner)s. Sepakati sebelum hari itu apa yang menyusul; "
            "sesudahnya kegiatan tidak lagi bernaung di bawah kerja sama ini."
        ),
        words={
            "title": lambda: in_words(agreement.title, end, today),
            "office": agreement.office,
            "partner": agreement.partner,
        },
        about=agreement,
        key=f"{KIND}:{agreement.pk}:{end}:{days}",
        due_at=now,
    )


def in_words(title: str, end: date, today: date) -> str:
    left = (end - today).days
    told = {"title": title, "day": dates.date_long(end), "count": dates.number(left)}
    if left < 0:
        return _("“%(title)s” sudah berakhir pada %(day)s") % told
    if left == 0:
        return _("“%(title)s” berakhir hari ini, %(day)s") % told
    words = ngettext(
        "“%(title)s” berakhir %(count)s hari lagi, %(day)s",
        "“%(title)s” berakhir %(count)s hari lagi, %(day)s",
        left,
    )
    return words % told
