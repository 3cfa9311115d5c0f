"""The list of sheets, the page of one, and the plan it begins with."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from agreements.feasibility import services
from agreements.feasibility.columns import SHEETS
from agreements.feasibility.filters import FeasibilityFilter
from agreements.feasibility.forms import PlanForm
from agreements.feasibility.models import Feasibility
from agreements.feasibility.sheet import groups_of, triggers_of
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.documents.models import Document
from pokmas.lists.pages import show
from pokmas.papers.kinds import panels
from pokmas.steps import pages as steps
from pokmas.steps import reviews
from pokmas.steps.tabs import opened, tabs_of

VIEW = "agreements.view_feasibility"


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def index(request):
    sheets = Feasibility.objects.visible_to(request.user).for_list()
    filters = FeasibilityFilter(request.GET, sheets, user=request.user)
    return show(request, SHEETS, filters, "agreements/feasibility/index.html")


@require_safe
@permission_required(VIEW)
def detail(request, pk):
    rows = Feasibility.objects.visible_to(request.user).for_page()
    sheet = get_object_or_404(rows, pk=pk)
    tabs = tabs_of(
        request,
        ("answers", _("Penilaian")),
        ("papers", _("Cetakan")),
        ("history", _("Riwayat")),
    )
    context = {"sheet": sheet, "tabs": tabs, "tab": opened(tabs)}
    if context["tab"] == "answers":
        context |= _judged(sheet)
    elif context["tab"] == "papers":
        context["panels"] = panels(sheet, request.user)
    else:
        context["timeline"] = timeline(sheet, request.user)
    return render(request, "agreements/feasibility/detail.html", context)


def _judged(sheet) -> dict:
    return {
        "groups": groups_of(sheet),
        "triggers": triggers_of(sheet),
        "weighed": sheet.weighed,
        "files": Document.objects.of(sheet),
    }


@permission_required("agreements.change_feasibility")
def create(request):
    form = PlanForm(
        request.POST or None,
        user=request.user,
        partnership=request.GET.get("partnership"),
    )
    if form.is_valid():
        with form.refusals():
            sheet = services.plan(form.save(commit=False), by=request.user)
            messages.success(request, _("Rencana tersimpan. Jawab kriterianya."))
            return redirect("agreements:feasibility_answer", sheet.pk)
    return render(request, "agreements/feasibility/form.html", {"form": form})


def change(request, pk):
    sheet, step = steps.find(request, Feasibility, "change", pk)
    form = PlanForm(request.POST or None, user=request.user, instance=sheet)
    if refusal := sheet.refusal(step, request.user):
        return steps.closed(request, sheet, refusal, form)
    if form.is_valid():
        with form.refusals():
            services.change(
                form.save(commit=False),
                by=request.user,
                revision=form.seen_revision,
                fields=form.edited_fields,
            )
            messages.success(request, _("Perubahan rencana tersimpan."))
            return redirect(sheet)
    context = {"form": form, "sheet": sheet}
    return render(request, "agreements/feasibility/form.html", context)


def answer(request, pk):
    sheet, step = steps.find(request, Feasibility, "answer", pk)
    form = step.form(*steps.sent(request), user=request.user, record=sheet)
    if refusal := sheet.refusal(step, request.user):
        return steps.closed(request, sheet, refusal, form, step)
    if form.is_valid() and steps.taken(request, sheet, step, form):
        return redirect(sheet)
    context = {
        "form": form,
        "sheet": sheet,
        "step": step,
        "files": Document.objects.of(sheet),
    }
    return render(request, "agreements/feasibility/answer.html", context)


def decide(request, pk):
    sheet, step = steps.find(request, Feasibility, "decide", pk)
    form = step.form(*steps.sent(request), user=request.user, record=sheet)
    template = "agreements/feasibility/decide.html"
    return reviews.judge(
        request, sheet, step, form, template, lambda: {"sheet": sheet, **_judged(sheet)}
    )
