"""How an agreement in force stands, by four facts: the one place that reckons it.

Each fact has its weight; the sum of those that hold is the score, 100 at the most.
What a list narrows by is said by the agreements themselves (`needing_attention`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from agreements.register.validity import (
    EXPIRING_DAYS,
    IN_FORCE,
    is_renewed,
    is_silent,
)
from outreach.activities.offers import may_plan
from outreach.models import Activity
from partners.models import Partnership
from partners.registry.legal import LegalPaper
from pokmas.accounts.models import User
from pokmas.offices.models import office_today
from reports.figures.periods import Kind, Month
from reports.monthly.models import Report

# The report of a month is on time until this day of the next.
REPORT_DAY = 10


@dataclass(frozen=True)
class Fact:
    name: str
    label: str | Promise
    weight: int
    # What raises it, as a link.
    step: str | Promise


FACTS = {
    fact.name: fact
    for fact in [
        Fact(
            "validity",
            _("Berlaku lebih dari 90 hari, atau sudah diperpanjang"),
            30,
            _("Perpanjang bersama mitra, atau susun yang menyusul"),
        ),
        Fact(
            "activity",
            _("Ada kegiatan terverifikasi dalam 90 hari, atau baru berlaku"),
            30,
            _("Catat kegiatan dalam kerja sama ini"),
        ),
        Fact(
            "reports",
            _("Laporan bulanan unit sejak kerja sama berlaku tepat waktu"),
            20,
            _("Susun dan ajukan laporan bulanan unit"),
        ),
        Fact(
            "papers",
            _("Surat mitra masih berlaku"),
            20,
            _("Perbarui surat mitra yang habis masa berlakunya"),
        ),
    ]
}
RENEW = Agreement.STEPS["renew"]
RENEWING = _("Selesaikan perpanjangan yang sedang disusun")
VERIFY = _("Verifikasi kegiatan yang sudah dilaporkan")


def owed_month(today: date) -> date:
    """The newest month whose report should be with the Kanwil."""
    return Month.of(today).back(2 if today.day <= REPORT_DAY else 1).first


def conditions() -> dict[str, Q | Exists]:
    """Whether each fact holds of a row of agreements in force, today."""
    handed_in = Report.objects.filter(
        office=OuterRef("office"),
        kind=Kind.MONTHLY,
        month=owed_month(timezone.localdate()),
        status__in=[Report.Status.SUBMITTED, Report.Status.ACCEPTED],
    )
    lapsed = LegalPaper.objects.lapsed().filter(
        partnership__partner=OuterRef("partner"),
        partnership__office=OuterRef("office"),
    )
    later = Q(ends_on__gt=office_today(ahead=EXPIRING_DAYS))
    begun_later = Q(starts_on__gt=Month.of(owed_month(timezone.localdate())).last)
    return {
        "validity": later | Q(is_renewed()),
        "activity": ~is_silent(),
        "reports": begun_later | Exists(handed_in),
        "papers": ~Exists(lapsed),
    }


def score() -> Case:
    """From 0 to 100 of one that is in force, which the rows say as `validity`."""
    return Case(
        When(Q(validity__in=IN_FORCE), then=_sum(FACTS)),
        output_field=IntegerField(),
    )


def _sum(names: Iterable[str]) -> CombinedExpression:
    """What these facts add to the score of one in force."""
    known = conditions()
    held = [
        Case(When(known[name], then=FACTS[name].weight), default=Value(0))
        for name in names
    ]
    return reduce(add, held)


def with_facts(rows: QuerySet) -> QuerySet:
    """Adds whether each fact holds, and what the link of the next step needs."""
    facts = {
        f"holds_{name}": ExpressionWrapper(Q(condition), BooleanField())
        for name, condition in conditions().items()
    }
    renewals = Agreement.objects.filter(
        renews=OuterRef("pk"), status__in=Agreement.OPEN
    )
    reported = Activity.objects.filter(
        agreement=OuterRef("pk"), status=Activity.Status.REPORTED
    )
    partnerships = Partnership.objects.filter(
        partner=OuterRef("partner"), office=OuterRef("office")
    )
    return rows.annotate(
        **facts,
        renewal_pk=Subquery(renewals.values("pk")[:1]),
        awaits_verifying=Exists(reported),
        partnership_pk=Subquery(partnerships.values("pk")[:1]),
    )


@dataclass(frozen=True)
class Health:
    """Which facts hold of one agreement, its score, and what would raise it most."""

    facts: list[tuple[Fact, bool]]
    score: int
    next_step: str | Promise
    next_url: str


def health_of(row: Agreement, user: User, agreement: Agreement) -> Health:
    """Of a row from `with_facts`; what may be done is asked of the agreement itself."""
    facts = [(fact, getattr(row, f"holds_{name}")) for name, fact in FACTS.items()]
    lacking = sorted(
        (fact for fact, holds in facts if not holds), key=lambda fact: -fact.weight
    )
    step, url = _step(lacking[0], row, user, agreement) if lacking else ("", "")
    return Health(facts, sum(fact.weight for fact, holds in facts if holds), step, url)


def _step(
    fact: Fact, row: Agreement, user: User, agreement: Agreement
) -> tuple[str | Promise, str]:
    """The words of it, and its page where `user` may do it himself."""
    if fact.name == "validity" and row.renewal_pk:
        is_ours = user.acting.office.is_above(agreement.office)
        page = reverse("agreements:detail", args=[row.renewal_pk])
        return RENEWING, page if is_ours else ""
    if not agreement.lies_at(user.acting.office):
        return fact.step, ""
    if fact.name == "activity" and row.awaits_verifying:
        return VERIFY, _address("outreach:index", agreement=row.pk, status="reported")
    asked = {
        "validity": (
            RENEW.permission,
            agreement.refusal(RENEW, user) is None
            and reverse("agreements:renew", args=[row.pk]),
        ),
        "activity": ("outreach.add_activity", _planning(row, user)),
        "reports": ("reports.add_report", reverse("reports:create")),
        "papers": (
            "partners.change_partner",
            row.partnership_pk and reverse("partners:detail", args=[row.partner_id]),
        ),
    }
    permission, url = asked[fact.name]
    return fact.step, url if url and user.has_perm(permission) else ""


def _planning(row: Agreement, user: User) -> str:
    return _address("outreach:create", agreement=row.pk) if may_plan(user) else ""


def _address(view: str, **query) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse(view)}?{words}"


# What is not both about to end and silent has this at least.
ELSEWHERE = min(FACTS["validity"].weight, FACTS["activity"].weight)


def worst(rows: QuerySet, most: int) -> list[Agreement]:
    """Of these in force the ones with the lowest score, and then the nearest end.

    They are among the few that are about to end and silent, mostly; only where these
    do not tell are all looked at that need attention, which may be thousands.
    """
    urgent = rows.expiring().silent().annotate(score=_sum(["reports", "papers"]))
    found = _lowest(urgent, most)
    if len(found) == most and found[-1].score < ELSEWHERE:
        return found
    return _lowest(rows.needing_attention().annotate(score=_sum(FACTS)), most)


def _lowest(rows: QuerySet, most: int) -> list[Agreement]:
    # Found by the least that says it, and read as a whole only then.
    found = rows.order_by("score", "ends_on", "pk").values("pk")[:most]
    scored = Agreement.objects.with_validity().annotate(score=score())
    scored = scored.filter(pk__in=found).select_related("partner", "office")
    return list(scored.order_by("score", "ends_on", "pk"))
