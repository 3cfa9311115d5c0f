"""What follows from the days of agreements: in force, expiring, renewed, silent, lost.

Asked of the database and never stored.
"""

from datetime import date, timedelta

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from partners.registry.legal import LegalPaper
from pokmas.offices.models import Office, office_today

EXPIRING_DAYS = 90
# So long without a verified activity an agreement in force is one on paper only.
SILENT_DAYS = 90
# What `with_validity` calls those that are signed and within their dates.
IN_FORCE = ("in_force", "expiring")
SIGNED = "signed"
# A longer term than so many years is unusual, and never refused.
MOST_YEARS = 5


class MonthOfYears(Func):
    """The month in which the years of an agreement end, counted from its first day."""

    template = "date_part('month', %(expressions)s - 1)"
    output_field = FloatField()

    def __init__(self, starts_on="starts_on", **extra):
        super().__init__(starts_on, **extra)


def term_cautions(starts_on: date, ends_on: date) -> list:
    """What a reader should know of a term before it is agreed on."""
    year = starts_on.year + MOST_YEARS
    is_leap_day = (starts_on.month, starts_on.day) == (2, 29)
    most = starts_on.replace(year=year, day=28 if is_leap_day else starts_on.day)
    if ends_on <= most:
        return []
    return [_("Jangka waktu lebih dari lima tahun tidak lazim.")]


def _today_and(days, today):
    """A day and the one so many days later, to compare columns with."""
    if today is None:
        return office_today(), office_today(ahead=days)
    return today, today + timedelta(days=days)


def is_in_force() -> Q:
    """In force now. An amendment is none: what it says stands in the one that it
    amends."""
    today = office_today()
    within = Q(starts_on__lte=today, ends_on__gte=today)
    return within & Q(status=SIGNED, amends=None)


def is_silent() -> Q:
    """Of one in force: so long without a verified activity, though it had time."""
    before = office_today(ahead=-SILENT_DAYS)
    since = Q(active_on=None) | Q(active_on__lt=before)
    return since & Q(starts_on__lt=before)


def lapsed_papers() -> QuerySet:
    """Those of its partner, at its office, that are over."""
    return LegalPaper.objects.lapsed().filter(
        partnership__partner=OuterRef("partner"),
        partnership__office=OuterRef("office"),
    )


def gone_office() -> Subquery:
    """The name of the office that was merged into its own, if its signatory is still
    written as the head of that one."""
    own = OuterRef("office")
    merged = Office.objects.filter(Q(successor=own) | Q(successor__successor=own))
    # Of “Bapas Kupang” and “Bapas Kupang Barat” the longer name is meant.
    position = ExpressionWrapper(OuterRef("our_position"), CharField())
    merged = merged.alias(position=position).filter(position__icontains=F("name"))
    found = merged.exclude(position__icontains=F("successor__name"))
    return Subquery(found.order_by("-pk").values("name")[:1])


def since() -> Func:
    """The day of its office on which it came to its status."""
    return Func(
        "status_since",
        "office__zone",
        arg_joiner=" AT TIME ZONE ",
        template="(%(expressions)s)::date",
        output_field=DateField(),
    )


def terminated_on() -> Case:
    """The day on which it was ended before its time, if it was."""
    return Case(When(status="terminated", then=since()), output_field=DateField())


def _renewals(day=None) -> QuerySet:
    """Those signed now, or by the end of `day`, that renew the one that is asked of."""
    agreements = apps.get_model("agreements", "Agreement").objects
    # Says twice that it renews one, so that an index of few rows is read and not all.
    rows = agreements.filter(renews=OuterRef("pk"), renews__isnull=False)
    if day is None:
        return rows.filter(status=SIGNED)
    return rows.filter(signed_days__include=day)


def is_renewed(day=None) -> Exists:
    """Whether another one, signed now or by the end of `day`, renews it."""
    return Exists(_renewals(day))


class ByDays(QuerySet):
    """Agreements by their days and those of their offices."""

    def with_validity(self, today=None):
        """Adds `validity`: what follows from the dates of a signed agreement.

        One expression, used by lists, filters, figures and pages alike; never stored.
        `today` is a day, or the present one of each agreement's office.
        """
        # Looked up for each row that is shown: a page of 25 need not know of all.
        first = Subquery(_renewals(today).order_by().values("pk")[:1])
        renewed = Q(IsNull(first, False))
        today, soon = _today_and(EXPIRING_DAYS, today)
        signed = Q(status=SIGNED, amends=None)
        return self.annotate(
            validity=Case(
                When(~signed, then=Value("")),
                When(starts_on__gt=today, then=Value("future")),
                When(Q(ends_on__lt=today) & renewed, then=Value("renewed")),
                When(ends_on__lt=today, then=Value("expired")),
                When(Q(ends_on__lte=soon) & ~renewed, then=Value("expiring")),
                default=Value("in_force"),
                output_field=CharField(),
            )
        )

    def in_force(self, today=None):
        """Those in force now, or those that were when the day `today` ended."""
        if today is None:
            return self.filter(is_in_force())
        rows = self.filter(amends=None, signed_days__include=today)
        return rows.filter(starts_on__lte=today, ends_on__gte=today)

    def of_validity(self, validity):
        """As `with_validity` says it, by the columns that have an index; what expires
        soon is in force until then.
        """
        today, soon = _today_and(EXPIRING_DAYS, None)
        over = Q(starts_on__lte=today, ends_on__lt=today)
        soon_over = Q(starts_on__lte=today, ends_on__range=(today, soon))
        by_dates = {
            "future": Q(starts_on__gt=today),
            "expired": over & ~Q(is_renewed()),
            "renewed": over & Q(is_renewed()),
            "expiring": soon_over & ~Q(is_renewed()),
            "in_force": Q(starts_on__lte=today, ends_on__gte=today),
        }
        signed = self.filter(status=SIGNED, amends=None)
        return signed.filter(by_dates[validity])

    def expiring(self, today=None, days=EXPIRING_DAYS):
        """Those in force whose end is near and that nothing signed renews."""
        soon = _today_and(days, today)[1]
        ending = self.in_force(today).filter(ends_on__lte=soon)
        return ending.filter(~is_renewed(today))

    def at_the_same_time(self, agreement):
        """Those that bind unit and partner for the same on some of its days."""
        return self.filter(
            office=agreement.office_id,
            partner=agreement.partner_id,
            kind=agreement.kind,
            group=agreement.group_id,
            amends=None,
            status__in=self.model.BINDING,
            starts_on__lte=agreement.ends_on,
            ends_on__gte=agreement.starts_on,
        ).exclude(pk=agreement.pk)

    def unrenewed(self):
        """Those that no signed agreement renews; an amendment is none."""
        return self.filter(~is_renewed(), amends=None)

    def lost(self):
        """Ended in the last days, as many as are an end in view, and not followed."""
        lately = (office_today(ahead=-EXPIRING_DAYS), office_today(ahead=-1))
        ended = self.filter(status=SIGNED, ends_on__range=lately)
        return ended.unrenewed()

    def silent(self):
        """In force, and for SILENT_DAYS without a verified activity: PKS tanpa
        kegiatan. One that began since then has time."""
        return self.in_force().filter(is_silent())

    def of_gone_heads(self):
        """Those to be signed or in force that are still signed for as the head of an
        office that was merged, with `gone_office`: which one."""
        today = office_today()
        alive = Q(status__in=self.model.OPEN) | Q(
            status__in=self.model.BINDING, ends_on__gte=today
        )
        merged = Office.objects.exclude(successor=None).values("successor")
        rows = self.filter(alive, office__in=merged)
        return rows.annotate(gone_office=gone_office()).exclude(gone_office=None)

    def needing_attention(self):
        """In force, but about to end, silent, or with a paper of the partner lapsed."""
        soon = office_today(ahead=EXPIRING_DAYS)
        ending = Q(ends_on__lte=soon) & ~Q(is_renewed())
        needs = ending | is_silent() | Exists(lapsed_papers())
        return self.in_force().filter(needs)
