"""What base.html knows on every page."""

from functools import cache

from django.conf import settings

from pokmas.front.manual import slug_for
from pokmas.front.navigation import navigation_for
from pokmas.notices.services import unread_on


def page(request):
    """Who is acting, where he may go, what he has not read.

    What costs is asked for by the template, and once: a piece asked for by htmx pays
    for nothing it does not show.
    """
    theme = request.COOKIES.get("theme")
    context = {
        "first_look": settings.FIRST_LOOK,
        "theme": theme if theme in ("light", "dark") else "",
        "help_slug": slug_for(request),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    proven = not getattr(request, "second_factor_missing", False)
    return context | {
        "proven": proven,
        "acting": user.acting,
        "assignments": getattr(request, "assignments", ()),
        "navigation": cache(lambda: navigation_for(user, request.path, proven=proven)),
        "unread": cache(lambda: unread_on(user, request.path)),
    }
