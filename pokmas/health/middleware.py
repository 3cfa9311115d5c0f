"""Monitors ask for nobody in particular, and by whatever name a machine has."""

from django.urls import resolve, reverse
from django.utils.module_loading import import_string


class ProbeMiddleware:
    """Answers what monitors ask before it is asked who they are.

    A browser that is signed in sends its cookie there too, and looking up whose it is
    would make an answer of 503 out of “the process lives”. A proxy asks each host by
    its address, which is no name of the portal.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        paths = [reverse(f"health:{name}") for name in ("live", "ready")]
        self.views = {path: resolve(path).func for path in paths}
        # No page of the portal's, and so in none of its lists of addresses.
        self.views["/metrics"] = import_string("pokmas.health.views.metrics")

    def __call__(self, request):
        return self.views.get(request.path, self.get_response)(request)
