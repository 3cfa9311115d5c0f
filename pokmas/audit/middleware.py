from django.core.exceptions import PermissionDenied
from pghistory.middleware import HistoryMiddleware as BaseMiddleware

from pokmas.audit import services


class HistoryMiddleware(BaseMiddleware):
    """Ties field history and audit entries of one request by one context.

    It also notes what a signed-in person was refused.
    """

    def get_context(self, request):
        context = super().get_context(request)
        acting = getattr(request.user, "acting", None)
        return {**context, "assignment": acting.pk if acting else None}

    def process_exception(self, request, exception):
        if isinstance(exception, PermissionDenied) and request.user.is_authenticated:
            services.note_denial(request.user, method=request.method, path=request.path)
