"""Coming in by invitation, and going on where the session had ended."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.account.utils import get_next_redirect_url, has_verified_email
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from pokmas.accounts import invitations, resume
from pokmas.accounts.forms import WelcomeForm
from pokmas.accounts.middleware import SIGNING_UP
from pokmas.accounts.services import people
from pokmas.steps import pages as steps


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def accept(request, token):
    """The page behind the link of an invitation: choose a password and come in."""
    if request.user.is_authenticated:
        messages.info(
            request, _("Anda sudah masuk; keluar dahulu untuk undangan lain.")
        )
        return redirect("home")
    person = invitations.user_of(token)
    if person is None:
        return render(request, "pokmas/accounts/invitation_over.html", status=410)
    form = WelcomeForm(request.POST or None, person=person)
    if form.is_valid():
        try:
            people.accept_invitation(person, form.cleaned_data["password"])
        except ValidationError as refusal:
            steps.say(request, refusal)
            return redirect("account_login")
        person.refresh_from_db()
        return perform_login(request, Login(user=person, email=person.email))
    context = {
        "form": form,
        "person": person,
        "assignments": person.assignments.not_over().select_related("office"),
    }
    return render(request, "pokmas/accounts/accept.html", context)


@login_not_required
@never_cache
@require_POST
def go_on(request):
    """Where somebody signed up, he comes in once his address is proved, on whatever
    device he read the mail: the password he chose a moment ago stands for him.

    Whoever has nothing to go on with gets the same answer as one not proved yet.
    """
    aim = get_next_redirect_url(request) or reverse("home")
    if request.user.is_authenticated:
        answer = redirect(aim)
    else:
        stage = LoginStageController.enter(request, EmailVerificationStage.key)
        if stage is None or not _has_proved(request, stage.login):
            return _not_yet(request, aim)
        answer = stage.exit()
    if not request.htmx:
        return answer
    onward = HttpResponseClientRedirect(answer.url)
    onward.cookies = answer.cookies
    return onward


def _has_proved(request, login):
    """Whether the address is proved, and the password still the one of this session:
    whoever signed up with an address of another, who was invited then, stays outside.
    """
    if not has_verified_email(login.user, login.email):
        return False
    known = request.session.get(SIGNING_UP, "")
    return constant_time_compare(known, login.user.get_session_auth_hash())


def _not_yet(request, aim):
    if request.htmx:
        return HttpResponse(status=204)
    messages.info(
        request,
        _(
            "Surel Anda belum dipastikan. Buka tautannya, juga boleh di ponsel; bila "
            "sudah lebih dari 15 menit, masuk dengan surel dan kata sandi Anda."
        ),
    )
    page = reverse("account_email_verification_sent")
    return redirect(f"{page}?{urlencode({'next': aim})}")


@never_cache
@require_safe
def show_kept(request):
    """The form that was sent too late: one press sends it again."""
    kept = resume.kept_for(request)
    words, others = resume.gist(kept) if kept else ([], 0)
    context = {"kept": kept, "words": words, "others": others}
    return render(request, "pokmas/accounts/resume.html", context)


@require_POST
def drop_kept(request):
    resume.forget(request)
    messages.success(request, _("Isian itu dibuang."))
    return redirect("home")
