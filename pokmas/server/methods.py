"""Which HTTP methods the portal speaks, and the way on from a wrong one."""

from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve

KNOWN = ["GET", "HEAD", "POST"]


class KnownMethodsMiddleware:
    """Answers 405 to what no page here understands.

    Without it a view that both shows and reads a form would take a PUT for a GET.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in KNOWN:
            return HttpResponseNotAllowed(KNOWN)
        return self.get_response(request)


class WayOnMiddleware:
    """Shows a page to who follows a link to what only a button may send."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            return _with_a_way_on(request, response)
        return response


def _with_a_way_on(request, response):
    page = render(request, "405.html", {"back": _page_above(request.path)}, status=405)
    page["Allow"] = response.get("Allow", "")
    return page


def _page_above(path: str) -> str:
    """The nearest address above `path` that is one of the portal's: its record."""
    while path != "/":
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
