"""Steps in the life of a record: a button, or a form that asks for what is needed.

def suspend(request, pk):
    agreement = _found(request, pk)
    return steps.ask(
        request,
        agreement,
        services.suspend,
        ReasonForm,
        allowed=Status.SUSPENDED in agreement.next_statuses,
        …
    )
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pokmas.lifecycle import Lifecycle


def do(request: HttpRequest, record, service: Callable, done: str, *, to=None):
    """A step that asks nothing: do it and say so, or say all that stands against it."""
    try:
        service(record, by=request.user)
    except ValidationError as refusal:
        say(request, refusal)
    else:
        messages.success(request, done)
    return redirect(to or record)


def ask(
    request: HttpRequest,
    record: Lifecycle,
    service: Callable,
    form_class: Callable,
    *,
    allowed: bool,
    title: str,
    button: str,
    done: str,
) -> HttpResponse:
    """A step with questions: the form's answers are the service's arguments.

    `allowed` is what the record itself says of the step at its present status.
    """
    if not allowed:
        return closed(request, record, title)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = form_class(*sent, user=request.user)
    if form.is_valid():
        try:
            service(record, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            record.refresh_from_db()  # a refused move has left its new status on it
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect(record)
    context = {
        "record": record,
        "form": form,
        "title": title,
        "button": button,
        "list_url": reverse(record.INDEX),
        "list_title": capfirst(record._meta.verbose_name),
    }
    return render(request, "step.html", context)


def closed(request: HttpRequest, record: Lifecycle, title: str) -> HttpResponse:
    """Back to the record, whose status does not allow the step called `title`."""
    refusal = _("“%(step)s” tidak dapat dilakukan pada status “%(now)s”.")
    words = {"step": title, "now": record.get_status_display()}
    messages.error(request, refusal % words)
    return redirect(record)


def say(request: HttpRequest, refusal: ValidationError) -> None:
    """Everything a service has against it, on the next page."""
    for message in refusal.messages:
        messages.error(request, message)
