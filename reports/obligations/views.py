from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pokmas.accounts.permissions import permission_required
from pokmas.offices.models import Office
from pokmas.server.replica import from_replica
from reports.figures.periods import Kind, Period
from reports.monthly.models import Report
from reports.obligations import evaluations as of_agreements
from reports.obligations import reminding
from reports.obligations.board import GROUPS, Line, State, cells
from reports.obligations.forms import BoardForm, DueForm

VIEW = "reports.view_report"
SHOWN = 50


@require_safe
@permission_required(VIEW)
@from_replica
def matrix(request):
    """Units × periods of a year; for headquarters its regions, each with its page."""
    form = BoardForm(request.GET, user=request.user)
    found = _cells(request.user, form)
    today = request.user.acting.office.today
    context = {
        "form": form,
        "years": [form.year - 1, form.year + 1],
        "all": _counted(form, Line(None, found)),
        "legend": State,
        "groups": [label for label, _holds in GROUPS.values()],
    }
    if form.office.is_top:
        context["regions"] = [
            (line.head, _counted(form, line, office=line.head.pk))
            for line in sorted(_by(found, _region_of), key=_named)
        ]
        return render(request, "reports/obligations/regions.html", context)
    may_remind = request.user.has_perm(reminding.PERMISSION)
    periods = form.periods
    context["columns"] = [
        {
            "period": line.head,
            "numbers": _counted(form, line, period=line.head.code),
            "remind_url": may_remind
            and line.count("missing")
            and line.head.last < today
            and _remind_url(form, line.head),
        }
        for line in _by(found, lambda cell: cell.period, periods)
    ]
    context["rows"] = [
        {
            "office": line.head,
            "cells": _row(line, periods),
            "numbers": _counted(form, line, office=line.head.pk, alone=1),
            "is_own": _may_begin(request.user, line.head),
        }
        for line in _by(found, lambda cell: cell.office)
    ]
    return render(request, "reports/obligations/matrix.html", context)


@require_safe
@permission_required(VIEW)
@from_replica
def due(request):
    """What is asked for, a row for each report: the list behind each number."""
    form = DueForm(request.GET, user=request.user)
    found = _cells(request.user, form)
    rows = [cell for cell in found if form.holds(cell)]
    # What is not asked for yet comes last; the offices stand by name, as they came.
    rows.sort(key=lambda cell: (cell.is_over, cell.due_on), reverse=True)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(rows, SHOWN).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "evaluations": of_agreements.expected(request.user, form.office),
        "own": [
            office
            for office in {cell.office for cell in rows}
            if _may_begin(request.user, office)
        ],
    }
    return render(request, "reports/obligations/due.html", context)


@permission_required(reminding.PERMISSION)
def remind(request):
    """Who has not handed in a period, and who would be told; told by one press."""
    last_month = Period.of(Kind.MONTHLY, request.user.acting.office.today).back(1)
    try:
        period = Period.read(request.GET.get("period", last_month.code))
    except ValueError as wrong:
        raise Http404 from wrong
    data = request.GET.copy()
    data["kind"], data["year"] = period.kind.value, str(period.first.year)
    form = BoardForm(data, user=request.user)
    late = [cell for cell in _cells(request.user, form, [period]) if cell.is_missing]
    plan = reminding.plan_of(late)
    back = f"{reverse('reports:matrix')}?{_query(form)}"
    if request.method == "POST":
        told = reminding.remind(plan, by=request.user)
        if told:
            messages.success(
                request, _("%(count)d kantor diingatkan.") % {"count": told}
            )
        else:
            messages.info(request, _("Semua sudah diingatkan hari ini."))
        return redirect(back)
    context = {"period": period, "plan": plan, "back": back}
    context["may_send"] = any(each.is_due for each in plan)
    return render(request, "reports/obligations/remind.html", context)


def _cells(user, form: BoardForm, periods=None):
    offices = Office.objects.under(form.office).filter(
        level__in=[Office.Level.REGIONAL, Office.Level.UNIT]
    )
    if not user.acting.office.is_wide:
        offices = offices.visible_to(user)
    reports = Report.objects.visible_to(user)
    wanted = form.periods if periods is None else periods
    return cells(offices.select_related("region"), wanted, reports)


def _by(found, key, heads=()) -> list[Line]:
    """The cells in lines: of the heads given, else of those that occur, in order."""
    lines = {head: Line(head) for head in heads}
    for cell in found:
        head = key(cell)
        lines.setdefault(head, Line(head)).cells.append(cell)
    return list(lines.values())


def _named(line: Line) -> str:
    return line.head.name.casefold()


def _region_of(cell) -> Office:
    return cell.office.region


def _row(line: Line, periods: list[Period]) -> list:
    """Its cell for each period, None where nothing is asked."""
    there = {cell.period: cell for cell in line.cells}
    return [(period, there.get(period)) for period in periods]


def _counted(form: BoardForm, line: Line, **more) -> list[tuple[str, int, str]]:
    """Each number with its name and the list that holds just so many."""
    found = []
    for group, (label, _holds) in GROUPS.items():
        url = f"{reverse('reports:due')}?{_query(form, state=group, **more)}"
        found.append((label, line.count(group), url))
    return found


def _query(form: BoardForm, **more) -> str:
    asked = {"kind": form.kind.value, "year": form.year}
    if form.cleaned_data.get("office"):
        asked["office"] = form.office.pk
    return urlencode(asked | more)


def _remind_url(form: BoardForm, period: Period) -> str:
    return f"{reverse('reports:remind')}?{_query(form, period=period.code)}"


def _may_begin(user, office: Office) -> bool:
    """Whether he writes the reports of this very office."""
    own = user.acting.office
    return user.has_perm("reports.add_report") and own.unit == office
