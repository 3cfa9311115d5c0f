"""Tasks: the list, the page of one, and giving one from any record."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.coordination import about, services
from pokmas.coordination.columns import TASKS
from pokmas.coordination.filters import TaskFilter
from pokmas.coordination.forms import TaskForm
from pokmas.coordination.models import Task
from pokmas.lists.pages import show
from pokmas.steps.tabs import opened, tabs_of
from pokmas.words import dates


@require_safe
@vary_on_headers("HX-Request")
@permission_required("coordination.view_task")
def index(request):
    rows = Task.objects.visible_to(request.user).for_list()
    filters = TaskFilter(request.GET, rows, user=request.user)
    return show(request, TASKS, filters, "pokmas/coordination/index.html")


@vary_on_headers("HX-Request")
@permission_required("coordination.give_task")
def create(request):
    asked = request.GET.get("about", "")
    record = about.record_of(asked, request.user) if asked else None
    task = Task(about=record) if record else Task()
    begun = {"what": " ".join(request.GET.get("what", "").split())[:200]}
    form = TaskForm(
        request.POST or None, instance=task, user=request.user, initial=begun
    )
    if form.is_valid():
        with form.refusals():
            given = services.give(
                form.save(commit=False),
                offices=form.cleaned_data["offices"],
                by=request.user,
            )
            messages.success(request, _said(given))
            return redirect(given[0])
    context = {"form": form, "record": record}
    piece = request.htmx.target == "doers"
    template = (
        "pokmas/coordination/_doers.html"
        if piece
        else "pokmas/coordination/create.html"
    )
    return render(request, template, context)


def _said(given) -> str:
    return ngettext(
        "Tugas diberikan.", "Tugas diberikan kepada %(count)s kantor.", len(given)
    ) % {"count": dates.number(len(given))}


@require_safe
@permission_required("coordination.view_task")
def detail(request, pk):
    rows = Task.objects.visible_to(request.user).for_page()
    task = get_object_or_404(rows, pk=pk)
    tabs = tabs_of(request, ("messages", _("Kabar")), ("history", _("Riwayat")))
    tab = opened(tabs)
    batch = Task.objects.visible_to(request.user).filter(batch=task.batch)
    statuses = list(batch.values_list("status", flat=True))
    context = {
        "task": task,
        "about": _about(task, request.user),
        "tabs": tabs,
        "tab": tab,
        "notes": task.messages.select_related("by") if tab == "messages" else None,
        "timeline": timeline(task, request.user) if tab == "history" else None,
        "given_to": len(statuses),
        "done": statuses.count(Task.Status.DONE),
    }
    return render(request, "pokmas/coordination/detail.html", context)


def _about(task, user):
    if task.about_type is None:
        return None
    return about.seen(task.about_type.model_class(), task.about_id, user)
