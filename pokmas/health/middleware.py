"""Monitors ask for nobody in particular, and by whatever name a machine has."""

from django.urls import reverse

from pokmas.health import views


class ProbeMiddleware:
    """Answers what monitors ask before it is asked who they are.

    A browser that is signed in sends its cookie there too, and looking up whose it is
    would make an answer of 503 out of “the process lives”. A proxy asks each host by
    its address, which is no name of the portal.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.views = {
            reverse("health:live"): views.live,
            reverse("health:ready"): views.ready,
        }

    def __call__(self, request):
        return self.views.get(request.path, self.get_response)(request)
