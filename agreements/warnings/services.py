"""Before an agreement ends whom it concerns is told, once at each rung of a ladder.

A rung that was reached while nobody looked is due until it is told; of several only
the nearest to the end is, and the others are noted as passed. Who was told of one
learns nothing from another farther off, when headquarters sets a new ladder.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements.register.models import Agreement
from agreements.register.validity import since
from agreements.warnings.models import EndWarning, WarningLadder
from pokmas.audit.models import Entry
from pokmas.notices.services import notices_to, send
from pokmas.notices.telling import ABOVE, officers_of
from pokmas.offices.models import office_today
from pokmas.words import dates

# What no run has told for so long after the end is nobody's news any more.
LATE_DAYS = 60
# So many are told in one transaction.
TOGETHER = 500
# Who may prepare what follows, who decides, and who at the Kanwil judges its text.
TOLD = (
    "agreements.add_agreement",
    "agreements.terminate_agreement",
    "agreements.review_agreement",
)
KIND = "agreement.ending"


def warn_of_ends(now: datetime | None = None) -> int:
    """Tell of every end that came as near as a rung; returns of how many."""
    now = now or timezone.now()
    ladder = WarningLadder.objects.holding(timezone.localdate(now))
    told = after = 0
    while after is not None:
        many, after = _warn_of_some(ladder, now, after)
        told += many
    return told


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
        ends_on__gte=since(),
        status=Agreement.Status.SIGNED,
    )
    near = near.filter(
        ends_on__gte=first,
        ends_on__lte=office_today(ahead=last, now=now),
    )
    near = near.annotate(rung=rung).exclude(rung=None).filter(~Exists(noted))
    return near.order_by("pk")


@transaction.atomic
def _warn_of_some(ladder, now: datetime, after: int) -> tuple[int, int | None]:
    """Of the next `TOGETHER` behind the number `after`: how many were told, and the
    number of the last one, if there may be more."""
    rows = due(ladder, now).filter(pk__gt=after).select_for_update(of=("self",))
    rows = rows.select_related("partner", ABOVE)
    locked = list(rows[:TOGETHER])
    known: dict[int, set[int]] = {each.pk: set() for each in locked}
    # Whoever was faster than this lock has noted what he told.
    noted = EndWarning.objects.filter(
        agreement__in=locked, ends_on=F("agreement__ends_on")
    )
    for pk, days in noted.values_list("agreement", "days"):
        known[pk].add(days)
    reached = {}
    for each in locked:
        rungs = reached_rungs(each, ladder, _today_of(each, now))
        if rungs and not any(days <= rungs[0] for days in known[each.pk]):
            reached[each] = rungs
    _note(reached, known, now)
    _tell(reached, now)
    return len(reached), locked[-1].pk if len(locked) == TOGETHER else None


def _today_of(agreement: Agreement, now: datetime) -> date:
    return timezone.localdate(now, agreement.office.tzinfo)


def _note(reached: dict[Agreement, list[int]], known, now: datetime) -> None:
    EndWarning.objects.bulk_create(
        EndWarning(
            agreement=agreement,
            ends_on=agreement.ends_on,
            days=days,
            is_sent=days == rungs[0],
            noted_at=now,
        )
        for agreement, rungs in reached.items()
        for days in rungs
        if days not in known[agreement.pk]
    )
    Entry.record_all(
        None,
        "agreement.warned",
        [
            (agreement, {"days": rungs[0], "end": str(agreement.ends_on)})
            for agreement, rungs in reached.items()
        ],
    )


def reached_rungs(
    agreement: Agreement, ladder: Sequence[int], today: date
) -> list[int]:
    """The nearest to the end first."""
    first, last = agreement.starts_on, agreement.ends_on
    return [days for days in ladder if first <= last - timedelta(days) <= today]


def _tell(reached: dict[Agreement, list[int]], now: datetime) -> None:
    """The unit, its Kanwil, and who acts for the partner."""
    officers = officers_of(reached, *TOLD)
    partners = Agreement.objects.people_of_partners(reached)
    told = []
    for agreement, rungs in reached.items():
        told += notices_to(
            officers[agreement.office_id] | partners[agreement.pk],
            kind=KIND,
            title="%(title)s",
            body=gettext_lazy(
                "%(office)s dan %(partner)s. Sepakati sebelum hari itu apa yang "
                "menyusul; sesudahnya kegiatan tidak lagi bernaung di bawah kerja sama "
                "ini."
            ),
            words={
                "title": partial(
                    in_words,
                    agreement.title,
                    agreement.ends_on,
                    _today_of(agreement, now),
                ),
                "office": agreement.office,
                "partner": agreement.partner,
            },
            about=agreement,
            key=f"{KIND}:{agreement.pk}:{agreement.ends_on}:{rungs[0]}",
            due_at=now,
        )
    send(told)


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
