"""What a person meets first: what waits for him, and how his office stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    FloatField,
    Func,
    JSONField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONArray
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from outreach.activities.offers import may_plan
from outreach.ambassadors.work import work_of
from outreach.models import Activity
from outreach.presence.overdue import summary as without_result
from partners.models import Partnership, Volunteer
from partners.volunteers.models import acts_as_volunteer
from pokmas.accounts.models import User
from pokmas.accounts.roles import OF_PARTNERS, Role
from pokmas.accounts.services import substitutes
from pokmas.lists.paging import changed_query
from pokmas.offices.models import Office
from pokmas.records.lifecycle import Lifecycle
from pokmas.words import dates
from reports.figures import pictures
from reports.figures.figures import Scope, one_number, trend, values
from reports.guidelines.models import ACKNOWLEDGE, Guideline
from reports.health.facts import worst
from reports.home.beside import of_reports
from reports.home.units import Months

SHOWN = 20
COUNTED_TO = 100

# What a role most often begins: permission, words, where, icon.
PLAN = "outreach:create"
SUBSTITUTES = "accounts:substitutes"
CONTACT = "outreach:contact_create"
BEGINNINGS = [
    ("outreach.add_contact", _("Catat kontak"), CONTACT, "plus"),
    ("outreach.add_activity", _("Catat kegiatan"), PLAN, "plus"),
    ("partners.add_partner", _("Catat mitra"), "partners:seek", "partners"),
    (
        "agreements.add_agreement",
        _("Susun kerja sama"),
        "agreements:create",
        "agreement",
    ),
    (substitutes.NAME, _("Tunjuk pengganti"), SUBSTITUTES, "user"),
]
# What the right alone does not allow: by where it leads.
ALSO_ASKED = {
    CONTACT: lambda user: user.acting.role == Role.AMBASSADOR,
    PLAN: may_plan,
    SUBSTITUTES: substitutes.may_name,
}
COMING = 10
ATTENTION = 5


@dataclass(frozen=True)
class Task:
    """One record whose next step this person may take."""

    label: str
    kind: str
    title: str
    office: str
    act: str
    due_on: date | None
    url: str
    is_late: bool
    distance: str


def kinds() -> dict[str, type[Lifecycle]]:
    """What can wait for somebody: every model with a step that is awaited."""
    return {
        model._meta.label_lower: model
        for model in apps.get_models()
        if issubclass(model, Lifecycle)
        and any(step.turns or step.call for step in model.STEPS)
    }


def tasks(user: User) -> list[Task]:
    """What waits for this person, the most urgent first; one query.

    At most COUNTED_TO + 1 of them, so that a list of thousands costs nothing.
    """
    parts = [
        model.objects.awaiting(user)
        .order_by()
        .annotate(turned=_turn(model))
        .values_list(
            Value(kind, output_field=CharField()),
            "pk",
            Cast(model.NAMED_BY, CharField()),
            "office__name",
            "office__zone",
            "status",
            "turned",
        )
        for kind, model in kinds().items()
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("turned")
    found = [_task(*row) for row in rows[: COUNTED_TO + 1]]
    return sorted(found, key=lambda task: task.due_on or date.max)


def _turn(model) -> Case:
    """When the turn began, in seconds, and the step to which a day calls with the last
    day for it, if it has one: in one piece, so that each is asked only once."""

    def said(since, step=None, until=None) -> JSONArray:
        began = Coalesce(Cast(since, DateTimeField()), F("status_since"))
        seconds = "EXTRACT(EPOCH FROM %(expressions)s)"
        return JSONArray(
            Func(began, template=seconds, output_field=FloatField()),
            Value(step, CharField()),
            Cast(until, DateField()),
            output_field=JSONField(),
        )

    def called(step) -> When:
        condition, until = model.STEPS.called(step), step.call.until
        if not until:
            return When(condition, then=said(F("status_since"), step.name))
        last_day = step.call.last_day
        since = last_day - timedelta(days=step.call.days)
        return When(condition, then=said(since, step.name, last_day))

    steps = model.STEPS.calling()
    return Case(*map(called, steps), default=said(model.turn_since()))


def _task(kind, pk, name, office, zone, status, turned) -> Task:
    model, clock = kinds()[kind], ZoneInfo(zone)
    today = timezone.localdate(timezone=clock)
    since, called, until = turned
    if called:
        turn, due_on = model.STEPS[called].call, until and date.fromisoformat(until)
    else:
        turn = model.STEPS.turn_at(status)
        began = datetime.fromtimestamp(since, clock)
        due_on = (began + timedelta(days=turn.days)).date()
    return Task(
        label=model._meta.verbose_name,
        kind=kind,
        title=model.named(name),
        office=office,
        act=turn.act,
        due_on=due_on,
        url=model(pk=pk).get_absolute_url(),
        is_late=bool(due_on) and due_on < today,
        distance=dates.distance(due_on, today) if due_on else "",
    )


def counts(found: list[Task]) -> list[dict]:
    """How many wait of each kind, with the list that shows them."""
    return [
        {
            "label": model._meta.verbose_name,
            "count": sum(task.kind == kind for task in found),
            "url": f"{reverse(f'{model.URLS}index')}?mine=true",
        }
        for kind, model in kinds().items()
        if any(task.kind == kind for task in found)
    ]


def home_of(user: User, params: Mapping) -> dict:
    """What the home page shows this person, by what his acting role may see."""
    if user.acting is None:
        return {}
    found = tasks(user)
    guidelines, unread = Guideline.objects.unread_by(user), None
    context = {
        "tasks": found[:SHOWN],
        "task_count": len(found) if len(found) <= COUNTED_TO else f"{COUNTED_TO}+",
        "counts": counts(found),
        "actions": beginnings(user),
    }
    if user.acting.role in OF_PARTNERS:
        context["partnerships"] = Partnership.objects.visible_to(user).for_list()
    elif acts_as_volunteer(user):
        own = Volunteer.objects.belonging_to(user).for_page().order_by("-pk").first()
        context["volunteer"] = own
        if own and own.is_serving:
            coming = Activity.objects.visible_to(user).filter(
                status=Activity.Status.PLANNED, ends_at__gte=timezone.now()
            )
            coming = coming.select_related("office").order_by("starts_at", "pk")
            context["coming"] = coming[:COMING]
    elif user.acting.role == Role.AMBASSADOR:
        context["outreach"] = work_of(user, COMING)
    else:
        office = user.acting.office
        months = Months(office, params)
        scope = Scope(office, months.month)
        # A month of the past asks what was another's then: a query more than today.
        numbers = values(scope, unread=one_number(guidelines, Count("pk")))
        unread = numbers.pop("unread")
        figures = pictures.cards(scope, numbers)
        rows = trend(scope)
        has_served = any(row["served"] for row in rows)
        if office.is_wide and user.has_perm("reports.compare_units"):
            units = reverse("reports:units", args=[office.pk])
            context["units_url"] = units + changed_query(params, export=None)
            if not office.is_top:
                brief = reverse("reports:brief", args=[office.pk])
                asked = changed_query({}, month=f"{months.month.first:%Y-%m}")
                context["brief_url"] = brief + asked
            figures += of_reports(office, months.month)
        context |= {
            "months": months,
            "figures": figures,
            "chart": pictures.trend(rows, scope) if has_served else None,
            "is_new": not (office.is_wide or has_served or any(numbers.values())),
            "attention": _attention(user),
        }
    if user.has_perm("outreach.record_presence"):
        context["without_result"] = without_result(user)
    if user.has_perm(ACKNOWLEDGE):
        context["guidelines"] = guidelines.count() if unread is None else unread
    return context


def _attention(user: User) -> list[Agreement]:
    """A unit and a Kanwil see which of their agreements stand worst."""
    if user.acting.office.level == Office.Level.HEADQUARTERS:
        return []
    if not user.has_perm("agreements.view_agreement"):
        return []
    return worst(Agreement.objects.visible_to(user), ATTENTION)


def beginnings(user: User) -> list[dict]:
    """The first thing this role usually comes to do, and what else it may begin."""
    return [
        {"label": label, "url": reverse(view), "icon": icon}
        for permission, label, view, icon in BEGINNINGS
        if user.has_perm(permission) and _also_may(user, view)
    ]


def _also_may(user: User, view: str) -> bool:
    asked = ALSO_ASKED.get(view)
    return asked is None or asked(user)
