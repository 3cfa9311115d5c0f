"""Monitors ask for nobody in particular."""

from django.conf import settings
from django.urls import reverse


class ProbeMiddleware:
    """Answers what monitors ask without a session, so without the database.

    A browser that is signed in sends its cookie there too, and looking up whose it is
    would make an answer of 503 out of “the process lives”.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.paths = {reverse("health:live"), reverse("health:ready")}

    def __call__(self, request):
        if request.path in self.paths:
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)
