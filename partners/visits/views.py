"""The sheet of a visit; who came from an examination goes back to it."""

from django.urls import reverse

from partners.registry.models import Partnership
from pokmas.steps import pages as steps

EXAMINATIONS = {"verify", "reexamine"}


def visit(request, pk):
    partnership, step = steps.find(request, Partnership, "visit", pk)
    came_from, back = request.GET.get("back"), None
    if came_from in EXAMINATIONS:
        back = reverse(f"partners:{came_from}", args=[partnership.pk])
    return steps.ask(request, partnership, step, back=back)
