"""Each figure is defined here, once; pages, charts and PDF read it from here.

A figure is a set of rows and a way to count them; its `url` opens the list that shows
exactly these rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import BitXor
from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    Count,
    F,
    Func,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower, TruncMonth
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from outreach.models import (
    Activity,
    BeneficiaryCount,
    Coverage,
    RestorativeMeeting,
)
from partners.models import CommunityGroup, GroupMembership, Partnership
from pokmas.offices.models import Office, OfficeChange, Past, past_of
from pokmas.words import dates
from reports.figures.periods import Month, Period
from reports.tallies.models import ActivityTally, ServedTally, Tally, TypeTally

Stand = ActivityTally.Stand
TREND_MONTHS = 6
# So few people that met for restorative justice might be known.
FEWEST = 5


@dataclass(frozen=True)
class Scope:
    """What is counted: the branch of an office, in a month or a longer period."""

    office: Office
    period: Month | Period
    # As an accepted report has it: without the corrections that came after it.
    is_accepted: bool = False
    # One of several beside each other: the day of all of them, the changes that are
    # known, and lists that name it even if it is a region.
    on: date | None = None
    changes: tuple[OfficeChange, ...] | None = None
    is_named: bool = False

    def of(self, model) -> QuerySet:
        """The rows of the office: for a period that is over, as it was then."""
        if self.past is None:
            return model.objects.under(self.office)
        return self.past.of(model.objects.all())

    @cached_property
    def past(self) -> Past | None:
        """What a unit had in a period that is over."""
        if self.office.is_wide or self.period.last >= self.office.today:
            return None
        return past_of(self.office, self.period.last, self.changes)

    @property
    def activities(self) -> QuerySet:
        return self.of(Activity).filter(
            held_on__range=(self.period.first, self.period.last)
        )

    @property
    def waiting(self) -> QuerySet:
        return self.activities.unverified()

    @property
    def counted(self) -> QuerySet:
        return self.activities.counted()

    @property
    def is_tallied(self) -> bool:
        """Whether tallies say the same: they know no activity that was handed over."""
        return self.past is None or not self.past.moved(Activity)

    def tally(self, model: type[Tally], since: date | None = None) -> QuerySet:
        """The sums of the months of the period, or of those since a day."""
        months = (since or self.period.first, self.period.last)
        return self.of(model).filter(month__range=months).order_by()

    @property
    def corrections(self) -> QuerySet:
        """Of months before, verified in this period; also if moved into it."""
        first, last = self.period.first, self.period.last
        of_before = Q(held_on__lt=first) | Q(corrects__held_on__lt=first)
        corrected = self.of(Activity).corrections().filter(of_before)
        return corrected.filter(corrected_on__range=(first, last))

    @property
    def coverage(self) -> QuerySet:
        """Published in the period, of activities that count."""
        counted = self.of(Activity).counted()
        return Coverage.objects.present().filter(
            activity__in=counted,
            published_on__range=(self.period.first, self.period.last),
        )

    @property
    def day(self) -> date:
        """Of what counts on a day: the last, or today while the period is running."""
        return self.on or min(self.period.last, self.office.today)

    @property
    def in_force(self) -> QuerySet:
        return self.of(Agreement).in_force(self.day)

    @property
    def partners(self) -> QuerySet:
        return self.of(Partnership).active_on(self.day)

    @property
    def groups(self) -> QuerySet:
        return self.of(CommunityGroup).active_on(self.day)


@dataclass(frozen=True)
class Figure:
    """A number with a name, the rows behind it, and the list that shows them."""

    code: str
    label: str | Promise
    rows: Callable[[Scope], QuerySet]
    list_url: str
    params: Callable[[Scope], dict]
    column: str = ""
    # Whether the monthly report prints it; the others are work for the home page.
    is_printed: bool = True
    # Where its activities stand, if tallies have their sums.
    stand: str = ""

    def subquery(self, scope: Scope) -> Coalesce:
        """The number as an expression, so that many figures cost one query."""
        return one_number(*self.summed(scope))

    def summed(self, scope: Scope) -> tuple[QuerySet, Aggregate]:
        """Rows and what adds them up: of tallies, where they say the same."""
        if self.stand and scope.is_tallied:
            rows = scope.tally(ActivityTally).filter(stand=self.stand)
            return rows, Sum("served" if self.column else "activities")
        return self.rows(scope), Sum(self.column) if self.column else Count("pk")

    def url(self, scope: Scope, held: Month | None = None) -> str:
        """Of another month, if one is named, for what the unit has in the period."""
        params = self.params(replace(scope, period=held) if held else scope)
        if scope.is_named or not scope.office.is_wide:
            params["office"] = scope.office.pk
        if scope.past and scope.past.is_other(scope.office):
            params["then"] = scope.period.last
        return f"{reverse(self.list_url)}?{urlencode(params, doseq=True)}"


def one_number(rows: QuerySet, number: Aggregate) -> Coalesce:
    """What adds up all of the rows, as an expression of another query."""
    rows = rows.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(
        Subquery(rows.annotate(number=number).values("number")),
        0,
        output_field=BigIntegerField(),
    )


def values(
    scope: Scope, codes: Iterable[str] | None = None, **beside: Coalesce
) -> dict[str, int]:
    """The figures of a scope by code, all in one query, and what is asked beside."""
    wanted = FIGURES if codes is None else codes
    known = FIGURES | CHANGES
    asked = {code: known[code].subquery(scope) for code in wanted} | beside
    return Office.objects.filter(pk=scope.office.pk).values(**asked).get()


def _held_params(scope: Scope) -> dict:
    """In which days they were held: one month, or from a day to another."""
    first, last = scope.period.first, scope.period.last
    if len(scope.period.months) == 1:
        return {"month": f"{first:%Y-%m}"}
    return {"since": first.isoformat(), "until": last.isoformat()}


def _counted_params(scope: Scope) -> dict:
    name = "accepted" if scope.is_accepted else "counted"
    return {name: "true", **_held_params(scope)}


def _active_params(scope: Scope) -> dict:
    return {"active_on": scope.day}


FIGURES = {
    figure.code: figure
    for figure in [
        Figure(
            "activities",
            _("Kegiatan terverifikasi"),
            lambda scope: scope.counted,
            "outreach:index",
            _counted_params,
            stand=Stand.COUNTED,
        ),
        Figure(
            "served",
            _("Penerima manfaat"),
            lambda scope: scope.counted,
            "outreach:index",
            _counted_params,
            column="counts__number",
            stand=Stand.COUNTED,
        ),
        Figure(
            "waiting",
            _("Kegiatan belum diverifikasi"),
            lambda scope: scope.waiting,
            "outreach:index",
            lambda scope: {"unverified": "true", **_held_params(scope)},
            stand=Stand.WAITING,
        ),
        Figure(
            "in_force",
            _("Kerja sama berlaku"),
            lambda scope: scope.in_force,
            "agreements:index",
            lambda scope: {"in_force_on": scope.day},
        ),
        Figure(
            "expiring",
            _("Kerja sama akan berakhir dalam 90 hari"),
            lambda scope: scope.of(Agreement).expiring(scope.day),
            "agreements:index",
            lambda scope: {"expiring_on": scope.day},
        ),
        Figure(
            "partners",
            _("Mitra aktif"),
            lambda scope: scope.partners,
            "partners:index",
            _active_params,
        ),
        Figure(
            "uninvolved",
            _("Mitra belum terlibat"),
            lambda scope: scope.of(Partnership).filter(
                status=Partnership.Status.APPROVED
            ),
            "partners:index",
            lambda scope: {"status": "approved"},
            is_printed=False,
        ),
        Figure(
            "groups",
            _("Pokmas Lipas aktif"),
            lambda scope: scope.groups,
            "partners:group_index",
            _active_params,
        ),
    ]
}


def _seeking(change: str, label: str | Promise) -> Figure:
    return Figure(
        f"change_{change}",
        label,
        lambda scope: scope.counted.filter(changes_sought__contains=[change]),
        "outreach:index",
        lambda scope: {**_counted_params(scope), "change": change},
    )


# Those that sought a change; one that sought two is counted for both.
CHANGES = {
    figure.code: figure
    for figure in [
        _seeking("individual", _("Kegiatan untuk perubahan individu")),
        _seeking("institution", _("Kegiatan untuk perubahan lembaga")),
        _seeking("policy", _("Kegiatan untuk perubahan kebijakan")),
    ]
}
PRINTED = [code for code, figure in FIGURES.items() if figure.is_printed]


# The same sums over activities, and over their tallies.
COUNTED = {
    "activities": Count("pk", distinct=True),
    "served": Sum("counts__number", default=0),
}
TALLIED = {"activities": Sum("activities"), "served": Sum("served")}


def served_by_category(scope: Scope) -> list[dict]:
    """Persons served by category and sex: one row a category, sum of both.

    By its code and not its words, so that a snapshot is the same in every language.
    """
    rows = scope.tally(ServedTally)
    if not scope.is_tallied:
        rows = BeneficiaryCount.objects.filter(activity__in=scope.counted).order_by()
    sums = {
        (row["category"], row["sex"]): row["sum"]
        for row in rows.values("category", "sex").annotate(sum=Sum("number"))
    }
    sexes = BeneficiaryCount.Sex
    return [
        {
            "category": category.value,
            "male": sums.get((category, sexes.MALE), 0),
            "female": sums.get((category, sexes.FEMALE), 0),
            "sum": sums.get((category, sexes.MALE), 0)
            + sums.get((category, sexes.FEMALE), 0),
        }
        for category in BeneficiaryCount.Category
    ]


def activities_by_type(scope: Scope) -> list[dict]:
    """Number of activities and persons served by type, the most frequent first."""
    by_name = F("type__name")
    if scope.is_tallied:
        rows = scope.tally(TypeTally).values(label=by_name).annotate(**TALLIED)
    else:
        rows = scope.counted.values(label=by_name).annotate(**COUNTED)
    rows = rows.filter(activities__gt=0).order_by("-activities", Lower("label"))
    return list(rows)


def trend(scope: Scope, months: int = TREND_MONTHS) -> list[dict]:
    """Activities and persons served in each of the last months, or in each of a longer
    period."""
    wanted = _trend_months(scope, months)
    if scope.is_tallied:
        rows = scope.tally(ActivityTally, wanted[0].first).filter(stand=Stand.COUNTED)
        rows = rows.values("month").annotate(**TALLIED)
    else:
        rows = scope.of(Activity).counted().order_by()
        rows = rows.filter(held_on__range=(wanted[0].first, wanted[-1].last))
        rows = rows.values(month=TruncMonth("held_on")).annotate(**COUNTED)
    found = {Month.of(row["month"]): row for row in rows}
    return [
        {
            "month": month.first.isoformat(),
            "activities": found.get(month, {}).get("activities", 0),
            "served": found.get(month, {}).get("served", 0),
        }
        for month in wanted
    ]


def _trend_months(scope: Scope, months: int = TREND_MONTHS) -> list[Month]:
    own = scope.period.months
    return own if len(own) > 1 else own[0].up_to_here(months)


def by_unit(scope: Scope) -> list[dict]:
    """Activities and persons served of each unit below that was there at the end of the
    period, or did something in it; posts count for their unit."""
    unit = Case(
        When(office__level=Office.Level.POST, then="office__parent"),
        default="office",
    )
    rows = scope.tally(ActivityTally).filter(stand=Stand.COUNTED)
    rows = rows.annotate(unit=unit).values("unit").annotate(**TALLIED)
    sums = {row["unit"]: row for row in rows.filter(activities__gt=0)}
    units = Office.objects.under(scope.office).filter(level=Office.Level.UNIT)
    return [
        {
            "office": unit.pk,
            "name": unit.name,
            "activities": sums.get(unit.pk, {}).get("activities", 0),
            "served": sums.get(unit.pk, {}).get("served", 0),
        }
        for unit in units
        if unit.is_active
        or unit.pk in sums
        or (unit.valid_to and unit.valid_to >= scope.period.last)
    ]


def agreements(scope: Scope) -> list[dict]:
    """The agreements in force and how often they were put to work in the period."""
    held = _held_by(scope, "agreement")
    return [
        {
            "title": row.title,
            "partner": row.partner.name,
            "number": row.our_number,
            "ends_on": row.ends_on.isoformat(),
            "activities": held.get(row.pk, 0),
        }
        for row in scope.in_force.select_related("partner").order_by("ends_on", "pk")
    ]


def groups(scope: Scope) -> list[dict]:
    """The active groups, their members, and their activities in the period."""
    held = _held_by(scope, "group")
    members = _memberships(scope).order_by().values_list("group")
    members = dict(members.annotate(Count("pk")))
    return [
        {
            "name": row.name,
            "field": row.field.name,
            "members": members.get(row.pk, 0),
            "activities": held.get(row.pk, 0),
        }
        for row in scope.groups.select_related("field").order_by(Lower("name"), "pk")
    ]


def _memberships(scope: Scope) -> QuerySet:
    return GroupMembership.objects.on(scope.day).filter(group__in=scope.groups)


def _held_by(scope: Scope, name: str) -> dict[int, int]:
    """How many of the counted activities each agreement or group held."""
    rows = scope.counted.exclude(**{name: None}).order_by()
    return dict(rows.values_list(name).annotate(Count("pk")))


def activities(scope: Scope) -> list[dict]:
    """The counted activities of the period, by day."""
    return [
        {
            "id": row.pk,
            "held_on": row.held_on.isoformat(),
            "title": row.title,
            "type": row.type.name,
            "place": row.place,
            "partners": [partner.name for partner in row.partners.all()],
            "served": row.served,
            "output": row.output,
        }
        for row in scope.counted.for_list()
        .prefetch_related("partners")
        .order_by("held_on", "pk")
    ]


def corrections(scope: Scope) -> list[dict]:
    """What was verified in the period of months whose report had been accepted."""
    return [
        {
            "id": row.pk,
            "held_on": row.held_on.isoformat(),
            "held_before": row.held_before and row.held_before.isoformat(),
            "title": row.title,
            "served": row.served,
            "served_before": row.served_before,
            "reason": row.correction,
        }
        for row in scope.corrections.for_correction_list()
    ]


def publishable(number: int) -> str:
    """A figure of restorative justice for whoever reads it outside."""
    return f"< {FEWEST}" if 0 < number < FEWEST else dates.number(number)


def restorative(scope: Scope) -> list[dict]:
    """Meetings of restorative justice and who came, by what they ended with."""
    rows = RestorativeMeeting.objects.filter(activity__in=scope.counted)
    sides = {
        side: Sum(F(f"{side}_male") + F(f"{side}_female"))
        for side in RestorativeMeeting.Side.values
    }
    rows = rows.order_by("outcome__order", "outcome__name")
    return list(
        rows.values(label=F("outcome__name")).annotate(meetings=Count("pk"), **sides)
    )


def coverage(scope: Scope) -> list[dict]:
    """What the media told in the period, also of activities held before."""
    return [
        {
            "published_on": row.published_on.isoformat(),
            "outlet": row.outlet,
            "kind": row.kind,
            "headline": row.headline,
            "link": row.link,
            "activity": row.activity.title,
        }
        for row in scope.coverage.select_related("activity").order_by(
            "published_on", "pk"
        )
    ]


def reported(scope: Scope) -> dict:
    """Everything a report prints, as plain JSON: kept with each version.

    The recapitulation of a Kanwil tells its units, and leaves the activities to theirs.
    """
    is_recap = scope.office.is_wide
    return {
        "mark": mark(scope),  # first: what changes meanwhile must not go unseen
        "figures": values(scope, PRINTED),
        "served_by_category": served_by_category(scope),
        "activities_by_type": activities_by_type(scope),
        "trend": trend(scope),
        "agreements": agreements(scope),
        "groups": groups(scope),
        "activities": [] if is_recap else activities(scope),
        "units": by_unit(scope) if is_recap else [],
        "corrections": corrections(scope),
        "changes_sought": values(scope, CHANGES),
        "restorative": restorative(scope),
        "coverage": coverage(scope),
    }


def mark(scope: Scope) -> str:
    """Tells the figures of now from those of another moment, in one short query.

    It names the rows that are counted and reads none of their numbers: an activity
    that counts is final.
    """
    first = _trend_months(scope)[0].first
    counted = scope.of(Activity).counted()
    parts = {
        "activities": counted.filter(held_on__range=(first, scope.period.last)),
        "waiting": scope.waiting,
        "corrections": scope.corrections,
        "agreements": scope.in_force,
        "partners": scope.partners,
        "groups": scope.groups,
        "members": _memberships(scope),
        "coverage": scope.coverage,
    }
    row = Office.objects.filter(pk=scope.office.pk).values(
        **{name: _named(rows) for name, rows in parts.items()}
    )
    return ".".join(f"{number:x}" for number in row.get().values())


def _named(rows: QuerySet) -> Coalesce:
    """Which rows they are, as one number."""
    names = rows.order_by().annotate(one=Value(1)).values("one")
    names = names.annotate(number=BitXor(Func("pk", 0, function="hashint8extended")))
    return Coalesce(Subquery(names.values("number")), 0, output_field=BigIntegerField())
