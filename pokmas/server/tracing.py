"""What is told of a request: a number for its lines in the log, and its length."""

import re
import time
import uuid
from contextvars import ContextVar

from celery.signals import before_task_publish, task_prerun
from django.conf import settings

from pokmas.server import counting
from pokmas.server.addresses import named_by_proxies

HEADER = "X-Request-ID"
NUMBER = re.compile(r"[A-Za-z0-9_.-]{8,64}")

# The request, or the task, that this thread works for, and whose it is.
number: ContextVar[str] = ContextVar("number", default="")
address: ContextVar[str] = ContextVar("address", default="")


class TracingMiddleware:
    """Stands before all that may take time or write into the log.

    The number stays until the next request of the thread: the web server writes its
    line of a visit after the answer.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        number.set(_number_of(request))
        address.set(_address_of(request))
        before = time.monotonic()
        response = self.get_response(request)
        counting.count(response.status_code, time.monotonic() - before)
        response[HEADER] = number.get()
        return response


def _number_of(request) -> str:
    """That of a proxy of ours, so that its log and ours tell of the same."""
    given = request.headers.get(HEADER, "")
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and NUMBER.fullmatch(given):
        return given
    return uuid.uuid4().hex


def _address_of(request) -> str:
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if not proxies:
        return request.META.get("REMOTE_ADDR", "")
    return named_by_proxies(request.headers.get("X-Forwarded-For", ""), proxies)


@before_task_publish.connect
def hand_on(headers=None, **kwargs):
    """What is asked for in a request is done in its name."""
    if headers is not None and number.get():
        headers["asked_in"] = number.get()


@task_prerun.connect
def take_over(task=None, **kwargs):
    number.set(task.request.get("asked_in") or task.request.id or "")
    address.set("")
