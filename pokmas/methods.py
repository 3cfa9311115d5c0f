"""Which HTTP methods the portal speaks."""

from django.http import HttpResponseNotAllowed

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
