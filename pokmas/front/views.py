"""The front door: what nobody signed in sees, help, errors, the style page."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from pokmas.accounts.permissions import explain
from pokmas.accounts.services import own
from pokmas.front import manual, styleguide
from pokmas.server.outage import DATABASE_LOST
from pokmas.server.outside import address

WORKER = settings.BASE_DIR / "static" / "js" / "sw.js"


@login_not_required
@require_safe
def home(request):
    """What the portal is, for nobody in particular; the own home for who is known."""
    if request.user.is_authenticated:
        return redirect("reports:home")
    return render(request, "pokmas/front/start.html")


@login_not_required
@require_safe
def help_index(request):
    text = request.GET.get("q", "").strip()[:100]
    context = {"pages": manual.help_pages(), "text": text, "found": manual.find(text)}
    return render(request, "pokmas/front/help/index.html", context)


@login_not_required
@require_safe
def help_page(request, slug):
    page = manual.help_page(slug)
    if page is None:
        raise Http404
    return render(
        request,
        "pokmas/front/help/page.html",
        {"page": page, "pages": manual.help_pages()},
    )


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "pokmas/front/help/accessibility.html")


@login_not_required
@require_safe
@cache_control(max_age=86400, public=True)
def manifest(request):
    """What a phone needs to put the portal on its home screen."""
    icons = [
        {"src": static("img/emblem.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {
                "src": static(f"img/icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for size in (192, 512)
        ),
    ]
    content = {
        "id": "/",
        "name": _("Pokmas – Portal Mitra Pemasyarakatan"),
        "short_name": "Pokmas",
        "lang": "id",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f9f9",
        "theme_color": "#0a2f3c",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


@login_not_required
@require_safe
@cache_control(no_cache=True)
def service_worker(request):
    """A script of the whole portal stands at its root; see docs/offline.md."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript")


@login_not_required
def style_page(request):
    """Every component in every state; for development and the first look only."""
    if not (settings.DEBUG or settings.FIRST_LOOK):
        raise Http404
    form = styleguide.form_for(request)
    context = styleguide.examples(request) | {"form": form}
    return render(request, "pokmas/front/styleguide/index.html", context)


@login_not_required
def set_language(request):
    """As Django's own; who is signed in is also written to in this language."""
    answer = i18n.set_language(request)
    if request.method == "POST" and request.user.is_authenticated:
        own.choose_language(request.user, request.POST.get("language", ""))
    return answer


# What went wrong, and the way on


@requires_csrf_token
def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


@requires_csrf_token
def permission_denied(request, exception=None):
    """Says which role may do it and who grants it; nothing about the record."""
    why = explain(exception, request.user) if hasattr(request, "user") else {}
    return render(request, "403.html", {"why": why}, status=403)


@requires_csrf_token
def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """Our fault (500), or a part of the portal that is away for a moment (503).

    Rendered without the request: nothing on this page may ask the database.
    """
    error = sys.exc_info()[1]
    if isinstance(error, DATABASE_LOST):
        response = render(None, "503.html", status=503)
        response["Retry-After"] = "10"
        return response
    return render(None, "500.html", status=500)


def csrf_failure(request, reason=""):
    """Usually a form left open while the session ran out: says so, and the way on."""
    back = address(request.headers.get("Referer", ""))
    known = back.scheme in ("http", "https") and back.netloc == request.get_host()
    context = {"back": back.path if known else reverse("home")}
    return render(request, "403_csrf.html", context, status=403)
