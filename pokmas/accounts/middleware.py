"""Who comes in: signed in, not too long ago, acting for whom, with a second factor."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from pokmas.accounts import resume
from pokmas.records.constraints import refusal_of
from pokmas.server.patience import was_given_up

# Set at sign-in and at activity; times in seconds since the epoch.
SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
# The user whose session ended by time, for the sign-in page and the kept form.
EXPIRED = "expired_user"
# The user who signed out last: what is still sent from another tab is his.
LEFT = "left_user"
# The password with which somebody waits for his address to be proved, as a hash.
SIGNING_UP = "signing_up"

# The assignment in which this session acts.
IN_USE = "assignment"

# What a member of staff may open before the second factor is there.
WITHOUT_SECOND_FACTOR = {
    "accounts:second_factor",
    "accounts:switch",
    "accounts:save_codes",
    "account_logout",
    "account_reauthenticate",
    "set_language",
}


class OwnSessionMiddleware(SessionMiddleware):
    """Only what a person opens or sends ends his session.

    What a page asks for by itself may be answered late, after he sent a form or signed
    in: it would take the session away that this gave him, and the form kept in it.
    """

    def process_response(self, request, response):
        if _is_asked_beside(request) and request.session.is_empty():
            patch_vary_headers(response, ("Cookie",))
            return response
        return super().process_response(request, response)


class SessionAgeMiddleware:
    """Ends a session after idle time, and after its longest life."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(time.time())
            session, beside = request.session, _is_asked_beside(request)
            at = session.get if beside else session.setdefault
            idle, life = now - at(SEEN_AT, now), now - at(SIGNED_IN_AT, now)
            limit = settings.SESSION_IDLE_SECONDS
            over = idle > limit or life > settings.SESSION_COOKIE_AGE
            if beside:
                request.user = AnonymousUser() if over else request.user
            elif over:
                self._end(request)
            elif idle > min(60, limit / 10):
                self._note(request, now)
        return self.get_response(request)

    def _end(self, request):
        user, used = request.user.pk, request.session.get(IN_USE)
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)
        # Who comes back goes on where he was.
        request.session[EXPIRED], request.session[IN_USE] = user, used

    def _note(self, request, now):
        """At most once a minute: a write per request would cost every page."""
        request.session[SEEN_AT] = now
        UserSession.objects.filter(session_key=request.session.session_key).update(
            last_seen_at=timezone.now()
        )


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Everything but what is marked public needs a sign-in; a sent form is kept."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.user.is_authenticated:
            resume.forget_sent(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if _is_script(request):
            return JsonResponse({"state": "signed_out"}, status=401)
        goal = request.get_full_path()
        if request.method not in ("GET", "HEAD"):
            # Where a form is sent to is often no page: resume shows it again.
            session = request.session
            resume.keep(request, session.get(EXPIRED) or session.get(LEFT))
            goal = reverse("accounts:resume")
        elif request.htmx:
            goal = request.htmx.current_url_abs_path or reverse("home")
        answer = redirect_to_login(goal, self.get_login_url(view_func))
        if request.htmx:
            return HttpResponseClientRedirect(answer.url)
        return answer

    def process_exception(self, request, error):
        """A form that the database was too long over waits for its sender as well, and
        one that somebody else was faster than, with what stands against it now.
        """
        refusal = refusal_of(error)
        if not refusal and not was_given_up(error):
            return None
        if _is_script(request):
            return JsonResponse({"state": "later"}, status=503)
        for message in refusal.messages if refusal else ():
            messages.error(request, message)
        why = "faster" if refusal else "slow"
        if request.user.is_authenticated and resume.keep(
            request, request.user.pk, why=why
        ):
            return _to(request, reverse("accounts:resume"))
        return _to(request, request.path) if refusal else None


def _is_script(request) -> bool:
    """A script of ours keeps what it sends, and sends it again; a browser that opens a
    page asks for more than this.
    """
    return request.headers.get("Accept") == "application/json"


def _is_asked_beside(request) -> bool:
    """A picture, or what a script reads: no page that a person opens."""
    wanted = request.headers.get("Accept", "text/html")
    return request.method in ("GET", "HEAD") and "text/html" not in wanted


def _to(request, page):
    answer = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
    return answer(page)


class ActingMiddleware:
    """Puts the chosen assignment on the user; staff prove their second factor first."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.second_factor_missing = False
        zone = None
        if request.user.is_authenticated:
            self._choose(request)
            zone = request.user.acting and request.user.acting.office.zone
        # Days and hours are those of the office one acts for: WIB, WITA or WIT.
        with timezone.override(zone):
            response = self.get_response(request)
        if request.user.is_authenticated:
            self._keep_private(response)
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Before the proof a public page stays public, and every other waits."""
        if not request.second_factor_missing:
            return None
        name = request.resolver_match.view_name or ""
        public = not getattr(view_func, "login_required", True)
        if name in WITHOUT_SECOND_FACTOR or name.startswith("mfa_"):
            return None
        if public and name != "home":
            return None
        if _is_script(request):
            return JsonResponse({"state": "signed_out"}, status=401)
        page = reverse("accounts:second_factor")
        if request.htmx:
            return HttpResponseClientRedirect(page)
        return redirect(page)

    def _keep_private(self, response):
        """What a person sees is kept by no cache, for phones are shared."""
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)

    def _choose(self, request):
        user = request.user
        request.assignments = user.held
        acting = _in_use(request)
        if acting is not None and acting.is_staff and not is_waived(user):
            proven = acting.has_second_factor and has_proved(request)
            request.second_factor_missing = not proven
        # Without the proof nobody acts: no row is visible and no verb allowed.
        user.acting = None if request.second_factor_missing else acting


def _in_use(request):
    """The assignment that this session acts in, kept for as long as it holds.

    One that begins meanwhile does not take its place; when it is over another does,
    and the person is told.
    """
    held = request.assignments
    used = request.session.get(IN_USE)
    acting = next((one for one in held if one.pk == used), None)
    if acting is None and held:
        acting = held[0]
        request.session[IN_USE] = acting.pk
        if used is not None:
            messages.warning(
                request,
                _(
                    "Penugasan yang Anda pakai sudah berakhir. Anda kini bertindak "
                    "sebagai %s."
                )
                % acting,
            )
    return acting


def is_waived(user) -> bool:
    """Only a demo account in a first look comes in without a second factor."""
    return settings.FIRST_LOOK and user.is_demo


def has_proved(request) -> bool:
    """Whether a second factor was shown (or set up) in this very session."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)
