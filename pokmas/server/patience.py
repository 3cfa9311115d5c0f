"""A question to the database that takes too long is given up, and the person told."""

from django.db import OperationalError
from django.shortcuts import render
from psycopg.errors import QueryCanceled

# A page number means nothing once the words are others.
CURSOR = ("after", "before", "count")


class PatienceMiddleware:
    """Answers a list or search that was given up with how to ask for less.

    What was typed stays. A form that was sent is kept where those are that were sent
    too late (`accounts.middleware`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if request.method != "GET" or not was_given_up(error):
            return None
        asked = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in CURSOR
        ]
        context = {
            "typed": request.GET.get("q", ""),
            "kept": [(name, value) for name, value in asked if name != "q"],
            "is_search": "q" in request.GET,
        }
        if not request.htmx:
            return render(request, "too_long.html", context, status=503)
        # A piece of a list: the answer stands in place of the whole page's content.
        piece = render(request, "components/_too_long.html", context)
        piece["HX-Retarget"], piece["HX-Reswap"] = "#content", "innerHTML"
        return piece


def was_given_up(error: Exception) -> bool:
    """Whether the database ended the question because its time was over."""
    return isinstance(error, OperationalError) and isinstance(
        error.__cause__, QueryCanceled
    )
