"""Coming in by invitation, and going on where the session had ended."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from pokmas.accounts import invitations, resume
from pokmas.accounts.forms import WelcomeForm
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
