"""The page of a step: a button, or a form that asks for what is needed.

    urlpatterns = [*steps.paths(Agreement, "sign", "suspend", "resume")]

Everything a page needs stands in the table of steps (`pokmas.records.steps`). A step
whose page shows more than its form has a view of its own, which begins with `find` and
ends with `take`:

    def review(request, pk):
        agreement, step = steps.find(request, Agreement, "review", pk)
        …
"""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pokmas.accounts.permissions import require
from pokmas.audit.models import Entry
from pokmas.forms.base import StepForm
from pokmas.records.constraints import in_words
from pokmas.records.lifecycle import Lifecycle
from pokmas.records.steps import Step
from pokmas.steps.stale import happened_since, refuse_stale
from pokmas.steps.typed import typed_in


def paths(model: type[Lifecycle], *names: str, under: str = "") -> list:
    """Addresses of the steps called `names`, each with the page of this module."""
    prefix = model.URLS.partition(":")[2]
    return [
        path(
            f"{under}<int:pk>/{name.replace('_', '-')}/",
            page(model, name),
            name=f"{prefix}{name}",
        )
        for name in names
    ]


def page(model: type[Lifecycle], name: str) -> Callable:
    """The view of one step of the table."""

    def view(request, pk):
        record, step = find(request, model, name, pk)
        return ask(request, record, step)

    view.__name__ = view.__qualname__ = name
    return view


def find(
    request: HttpRequest,
    model: type[Lifecycle],
    name: str,
    pk: int,
    read: Callable[[QuerySet], QuerySet] = lambda rows: rows,
) -> tuple[Lifecycle, Step]:
    """The record and its step, for whoever sees the one and may take the other.

    `read` says what else its page needs of the record.
    """
    step = model.STEPS[name]
    if step.permission:
        require(request.user, step.permission)
    rows = read(model.objects.visible_to(request.user).for_page())
    record = get_object_or_404(rows.knowing(request.user), pk=pk)
    return record, step


def ask(
    request: HttpRequest,
    record: Lifecycle,
    step: Step,
    *,
    back: str | None = None,
    template: str = "pokmas/steps/step.html",
) -> HttpResponse:
    """Show the question of a step, or take it with the answers, and go `back` to where
    he came from, if that is not the page of the record.

    A button asks nothing: its page shows what will happen, for whoever comes without a
    script or by the link of a form that was kept while his session ended.
    """
    form = (step.form or StepForm)(*sent(request), user=request.user, record=record)
    if refusal := record.refusal(step, request.user):
        return closed(request, record, refusal, form, step)
    if form.is_valid():
        if taken(request, record, step, form):
            return redirect(back or step.onward(record, request.user))
        if step.form is None:
            return _said(request, record, form)
    context = {
        "record": record,
        "step": step,
        "form": form,
        "title": step.title or step.label_of(record),
        "cautions": step.cautions(record),
        "back_url": back or record.get_absolute_url(),
        "list_url": reverse(f"{record.URLS}index"),
        "list_title": record.list_title(request.user),
    }
    return render(request, template, context)


def sent(request: HttpRequest) -> tuple:
    """What was sent, as the arguments of a form; nothing if it is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def taken(
    request: HttpRequest,
    record: Lifecycle,
    step: Step,
    form,
    service: Callable | None = None,
) -> bool:
    """Take the step with the answers of a valid form; else put on it what stands
    against. `service` is another than the table's, called with the record and `by`.
    """
    answers = dict(form.cleaned_data)
    seen = answers.pop("revision", None)
    take = service or partial(step.service, **answers)
    try:
        with in_words(), transaction.atomic():
            record.lock()
            refuse_stale(record, seen)
            said = take(record, by=request.user)
    except ValidationError as refusal:
        record.refresh_from_db()  # a refused move has left its new status on it
        form.refuse(refusal)
        return False
    messages.success(request, said if isinstance(said, str | Promise) else step.done)
    return True


def do(request: HttpRequest, record, service: Callable, done: str, *, to=None):
    """What is no step of a lifecycle and asks nothing: do it, or say what is wrong."""
    try:
        with in_words():
            service(record, by=request.user)
    except ValidationError as refusal:
        say(request, refusal)
    else:
        messages.success(request, done)
    return redirect(to or record)


def closed(
    request: HttpRequest,
    record: Model,
    refusal,
    form=None,
    step: Step | None = None,
) -> HttpResponse:
    """Back to the record, with why the step is not open to this person now.

    What he typed on a page from before is shown first, so that it is not lost. Who
    pressed twice is told that it is done.
    """
    if step is not None and _has_done(request, record, step, form):
        messages.info(request, _("Langkah ini sudah Anda lakukan; cukup sekali."))
        return redirect(record)
    typed = typed_in(form, record) if form is not None and form.is_bound else []
    if not typed:
        messages.error(request, refusal)
        return redirect(record)
    context = {
        "record": record,
        "refusal": refusal,
        "since": happened_since(record, request.POST.get("revision")),
        "typed": typed,
    }
    if isinstance(record, Lifecycle):
        context["list_url"] = reverse(f"{record.URLS}index")
        context["list_title"] = record.list_title(request.user)
    return render(request, "pokmas/steps/closed.html", context)


def _has_done(request, record, step, form) -> bool:
    """Whether this very person, with the same answers, brought it where it is."""
    if request.method != "POST" or record.status not in step.targets:
        return False
    came = {"verdict": record.status, "reason": record.reason}
    if any(request.POST.get(name, now).strip() != now for name, now in came.items()):
        return False
    last = Entry.objects.moves(record).last()
    by_him = last is not None and last.actor_id == request.user.pk
    return by_him and not typed_in(form, record, but=came)


def say(request: HttpRequest, refusal: ValidationError) -> None:
    """Everything a service has against it, on the next page."""
    for message in refusal.messages:
        messages.error(request, message)


def _said(request, record, form):
    """A button has no fields: what stands against it is said on the record's page."""
    for message in form.non_field_errors():
        messages.error(request, message)
    return redirect(record)
