"""Where somebody judges: what it is about, his verdict beside it (`review.html`)."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pokmas.lists.filters import MineFilter
from pokmas.records.lifecycle import Lifecycle
from pokmas.records.steps import Step
from pokmas.steps import pages
from pokmas.steps.queue import Queue, queue_of


def judge(
    request: HttpRequest,
    record: Lifecycle,
    step: Step,
    form,
    template: str,
    given: Callable[[], dict],
    service: Callable | None = None,
    narrowed: type[MineFilter] | None = None,
) -> HttpResponse:
    """Take the step with the verdict and go on to the next that waits; or show it all.

    `given` is asked for what is judged only if it is shown; `service` as in `taken`;
    `narrowed` are the filters of the list of what waits, which the address may name.
    """
    if refusal := record.refusal(step, request.user):
        return pages.closed(request, record, refusal, form, step)
    queue = queue_of(record, step, request.user, narrowed, request.GET)
    if form.is_valid() and pages.taken(request, record, step, form, service):
        return _go_on(request, record, queue)
    context = {
        "record": record,
        "step": step,
        "form": form,
        "queue": queue,
        "cautions": list(step.cautions(record)),
        **given(),
    }
    return render(request, template, context)


def _go_on(request, record, queue: Queue | None) -> HttpResponse:
    """To the next one, if that was pressed; else back, with the next one offered."""
    if queue is None:
        return redirect(record)
    if "next" in request.POST:
        return redirect(queue.upcoming)
    left = queue.count - 1
    words = ngettext(
        "Masih %(count)s yang menunggu Anda.",
        "Masih %(count)s yang menunggu Anda.",
        left,
    ) % {"count": left}
    link = format_html('<a href="{}">{}</a>', queue.upcoming, _("Buka yang berikutnya"))
    messages.info(request, format_html("{} {}", words, link))
    return redirect(record)
