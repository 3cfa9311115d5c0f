"""When an agreement is evaluated: at the end of each of its years, and at its end."""

from datetime import date, timedelta

from django.db.models import (
    DateField,
    DurationField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Least
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from agreements.evaluations.models import Evaluation
from agreements.register.models import Agreement
from agreements.register.validity import EXPIRING_DAYS, terminated_on
from pokmas.offices.models import office_today
from pokmas.records.lifecycle import KNOWN

Kind, Status = Evaluation.Kind, Evaluation.Status
# So many days before its day it may be written, and so many after the agreement ended
# it is still asked for.
AHEAD, AFTER = 30, 90
REPORT_DAYS = 30
# Who confirms has so many days for it.
CONFIRM_DAYS = 14
_JUDGED = f"{KNOWN}evaluations"


def judged(agreement: Agreement) -> list[Evaluation]:
    """All there is, newest first; asked once, and again after `lock`."""
    return agreement.once(_JUDGED, lambda: list(agreement.evaluations.all()))


def forget(agreement: Agreement) -> None:
    """Something was written: ask again."""
    agreement.__dict__.pop(_JUDGED, None)


# At the end of a year


def day_of(agreement: Agreement) -> date:
    """The last day of the newest year that is over, or will be in AHEAD days."""
    start, now = agreement.starts_on, agreement.office.today + timedelta(days=AHEAD + 1)
    years = now.year - start.year - ((now.month, now.day) < (start.month, start.day))
    try:
        following = start.replace(year=start.year + years)
    except ValueError:  # begun on 29 February
        following = start.replace(year=start.year + years, day=28)
    return following - timedelta(days=1)


def is_due(agreement: Agreement) -> bool:
    """Of a year that no evaluation speaks of, nor a report on its end."""
    day, today = day_of(agreement), agreement.office.today
    return (
        not agreement.is_amendment
        and agreement.starts_on < day <= agreement.ends_on
        and agreement.ends_on >= today - timedelta(days=AFTER)
        and pending(agreement) is None
        and not any(
            each.status != Status.RETURNED and each.due_on >= day
            for each in judged(agreement)
        )
    )


def day(starts_on: str | Combinable = "starts_on", office: str = "office") -> Func:
    """The same of the rows, or of what they ask about."""
    starts_on = F(starts_on) if isinstance(starts_on, str) else starts_on
    years = Func(
        office_today(office, ahead=AHEAD + 1),
        starts_on,
        template="EXTRACT(YEAR FROM AGE(%(expressions)s))::int",
        output_field=IntegerField(),
    )
    span = Func(
        years,
        template="make_interval(years => %(expressions)s)",
        output_field=DurationField(),
    )
    return Func(
        starts_on,
        span,
        arg_joiner=" + ",
        template="((%(expressions)s)::date - 1)",
        output_field=DateField(),
    )


def due() -> Q:
    evaluated = Evaluation.objects.standing().filter(
        agreement=OuterRef("pk"),
        due_on__gte=day(OuterRef("starts_on"), "agreement__office"),
    )
    return (
        Q(amends=None)
        & Q(starts_on__lte=_year_before(office_today(ahead=AHEAD + 1)))
        & Q(ends_on__gte=office_today(ahead=-AFTER))
        & Q(ends_on__gte=day())
        & ~Q(Exists(evaluated))
        & ~waits()
    )


def _year_before(day) -> Func:
    return Func(
        day,
        template="(%(expressions)s - interval '1 year')::date",
        output_field=DateField(),
    )


# At the end of all


def ends() -> Q:
    """In sight of its end, or ended before, without a report of it."""
    reported = Evaluation.objects.standing().filter(
        agreement=OuterRef("pk"), kind=Kind.FINAL
    )
    near = Q(ends_on__lte=office_today(ahead=EXPIRING_DAYS))
    over = Q(status=Agreement.Status.TERMINATED)
    return Q(amends=None) & (near | over) & ~Q(Exists(reported))


def owed() -> Q:
    """Over for not longer than AFTER days, and no report of it yet."""
    recently = office_today(ahead=-AFTER)
    over = Q(status=Agreement.Status.SIGNED, ends_on__lt=office_today())
    ended = Q(status=Agreement.Status.TERMINATED)
    ended &= Q(GreaterThanOrEqual(terminated_on(), recently))
    reported = Evaluation.objects.standing().filter(
        agreement=OuterRef("pk"), kind=Kind.FINAL
    )
    recent = Q(amends=None, is_archived=False) & (over | ended)
    return recent & Q(ends_on__gte=recently) & ~Q(Exists(reported))


def is_owed(agreement: Agreement) -> bool:
    today, day = agreement.office.today, agreement.lasts_until
    is_over = agreement.ended_on is not None or day < today
    is_recent = day >= today - timedelta(days=AFTER)
    return is_over and is_recent and not agreement.is_archived and is_ending(agreement)


def report_by() -> Func:
    """So many days after its last one a report of it is expected."""
    last = Least("ends_on", terminated_on())
    return Func(
        last,
        template=f"(%(expressions)s + {REPORT_DAYS})",
        output_field=DateField(),
    )


def report_day_of(agreement: Agreement) -> date:
    return agreement.lasts_until + timedelta(days=REPORT_DAYS)


def is_ending(agreement: Agreement) -> bool:
    last = agreement.office.today + timedelta(days=EXPIRING_DAYS)
    near = agreement.ends_on <= last
    is_reported = any(
        each.is_final and each.status != Status.RETURNED for each in judged(agreement)
    )
    is_over = agreement.status == Agreement.Status.TERMINATED
    return (near or is_over) and not (is_reported or agreement.is_amendment)


def end_report_of(agreement: Agreement) -> Evaluation | None:
    """The confirmed report on how it ended: whoever renews it asks for this."""
    rows = agreement.evaluations.filter(kind=Kind.FINAL, status=Status.CONFIRMED)
    return rows.first()


def waiting_end_report_of(agreement: Agreement) -> Evaluation | None:
    rows = agreement.evaluations.filter(kind=Kind.FINAL, status=Status.SUBMITTED)
    return rows.first()


# Until somebody confirms


def pending(agreement: Agreement) -> Evaluation | None:
    """The one that waits longest."""
    waiting = [each for each in judged(agreement) if each.status == Status.SUBMITTED]
    return min(waiting, key=lambda each: each.submitted_at, default=None)


def _agreements_waiting(**by) -> Q:
    """Found from the few that wait, not looked for in each agreement."""
    rows = Evaluation.objects.filter(status=Status.SUBMITTED, **by)
    return Q(pk__in=rows.order_by().values("agreement"))


def waits() -> Q:
    return _agreements_waiting()


def is_own(user) -> Q:
    """Those of which this very person wrote what waits."""
    if user is None:
        return Q(pk__in=[])
    return _agreements_waiting(submitted_by=user)


def confirm_by() -> Func:
    waiting = Evaluation.objects.filter(
        agreement=OuterRef("pk"), status=Status.SUBMITTED
    )
    first = Subquery(waiting.order_by("submitted_at").values("submitted_at")[:1])
    return Func(
        first,
        template=f"((%(expressions)s)::date + {CONFIRM_DAYS})",
        output_field=DateField(),
    )


def confirm_day_of(agreement: Agreement) -> date | None:
    waiting = pending(agreement)
    if waiting is None:
        return None
    day = timezone.localdate(waiting.submitted_at, agreement.office.tzinfo)
    return day + timedelta(days=CONFIRM_DAYS)
