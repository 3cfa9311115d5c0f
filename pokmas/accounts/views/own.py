"""The own account: profile, consents, devices, history, in which role one acts."""

import re

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.backends import SECOND_FACTORS
from pokmas.accounts.columns import OWN_SIGN_INS
from pokmas.accounts.filters import SignInFilter
from pokmas.accounts.forms import ProfileForm
from pokmas.accounts.middleware import IN_USE
from pokmas.accounts.models import AssignmentRequest, Consent, ConsentText, SignIn
from pokmas.accounts.services import own, people, substitutes
from pokmas.accounts.templatetags.accounts import factors
from pokmas.lists.pages import show
from pokmas.steps import pages as steps

RECOVERY_CODE = re.compile(r"\d{8}")


@require_safe
def me(request):
    user = request.user
    consents = list(user.consents.select_related("text"))
    newest = ConsentText.objects.newest(ConsentText.ACCOUNT)
    context = {
        "consents": consents,
        "consent_wanted": None
        if any(c.text_id == newest.pk and not c.withdrawn_at for c in consents)
        else newest,
        "assignments_ahead": [
            a
            for a in user.assignments.not_over().select_related("office")
            if not a.is_current
        ],
        "requests": AssignmentRequest.objects.filter(user=user).select_related(
            "office"
        )[:5],
        "second_factors": user.authenticator_set.filter(
            type__in=SECOND_FACTORS
        ).count(),
        "sign_ins": user.sign_ins.all()[:5],
        "may_name_substitute": substitutes.may_name(user),
        "is_officer": any(a.is_staff for a in request.assignments),
    }
    return render(request, "pokmas/accounts/me.html", context)


def edit(request):
    user = request.user
    form = ProfileForm(
        request.POST or None,
        initial={"full_name": user.full_name, "phone": user.phone},
    )
    if form.is_valid():
        own.update_profile(user, **form.cleaned_data)
        messages.success(request, _("Profil disimpan."))
        return redirect("accounts:me")
    return render(request, "pokmas/accounts/edit.html", {"form": form})


@require_safe
@vary_on_headers("HX-Request")
def my_history(request):
    filters = SignInFilter(request.GET, SignIn.objects.filter(user=request.user))
    template = "pokmas/accounts/my_history.html"
    return show(request, OWN_SIGN_INS, filters, template, about=request.user)


@require_POST
def switch(request):
    """Act in another of the own assignments, from the next request on."""
    chosen = request.POST.get("assignment", "")
    assignment = next((a for a in request.assignments if str(a.pk) == chosen), None)
    if assignment is None:
        messages.error(request, _("Penugasan itu tidak berlaku lagi."))
    else:
        request.session[IN_USE] = assignment.pk
        messages.success(request, _("Anda kini bertindak sebagai %s.") % assignment)
    # What was open may not be visible in the other role: only the page that refused
    # this one for its role asks to be shown again.
    goal = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(goal, allowed_hosts=None):
        return redirect(goal)
    return redirect("home")


# Devices and second factor


@require_POST
def end_session(request, pk):
    """Sign one other device out."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    session.end()
    messages.success(request, _("Perangkat itu sudah dikeluarkan."))
    return redirect("usersessions_list")


@require_POST
def end_all_sessions(request):
    """Sign out everywhere, here too."""
    person = request.user
    get_adapter().logout(request)
    people.end_sessions(person)
    messages.success(request, _("Anda sudah keluar dari semua perangkat."))
    return redirect("account_login")


@require_safe
def second_factor(request):
    """What a member of staff must set up first; the gate leads here."""
    if not request.second_factor_missing:
        return redirect("home")
    context = {
        "staff_roles": [a for a in request.assignments if a.is_staff],
        "has_factor": any(a.has_second_factor for a in request.assignments),
        "factors": factors(request.user),
        "community_roles": [a for a in request.assignments if a.is_community],
    }
    return render(request, "pokmas/accounts/second_factor.html", context)


@never_cache
@require_POST
def save_codes(request):
    """Give the recovery codes back as a file: their page shows them only once."""
    codes = [
        code for code in request.POST.getlist("code") if RECOVERY_CODE.fullmatch(code)
    ]
    lines = [
        _("Kode pemulihan portal Pokmas untuk %s") % request.user.email,
        _("Setiap kode hanya dapat dipakai satu kali. Simpan di tempat aman."),
        "",
        *codes[:10],
        "",
    ]
    response = HttpResponse(
        "\r\n".join(lines), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="kode-pemulihan-pokmas.txt"'
    return response


# Consents


@login_not_required
@require_safe
def consent_text(request, purpose):
    """The full text, for everybody, before and after the consent."""
    text = get_object_or_404(ConsentText, pk=_newest_pk(purpose))
    return render(request, "pokmas/accounts/consent_text.html", {"text": text})


@require_POST
def give_consent(request):
    text = ConsentText.objects.newest(ConsentText.ACCOUNT)
    try:
        own.give_consent(request.user, text)
    except ValidationError as refusal:
        steps.say(request, refusal)
    else:
        messages.success(request, _("Persetujuan Anda dicatat."))
    return redirect("accounts:me")


def withdraw_consent(request, pk):
    """Ask first: for partners and volunteers it closes the account at once."""
    consent = get_object_or_404(
        Consent.objects.select_related("text"),
        pk=pk,
        user=request.user,
        withdrawn_at=None,
    )
    if request.method == "POST":
        if own.withdraw_consent(consent, by=request.user):
            logout(request)
            return redirect("accounts:farewell")
        messages.success(request, _("Persetujuan Anda sudah ditarik."))
        return redirect("accounts:me")
    held = request.user.assignments.not_over()
    context = {"consent": consent, "is_officer": any(a.is_staff for a in held)}
    return render(request, "pokmas/accounts/withdraw_consent.html", context)


@login_not_required
@require_safe
def farewell(request):
    return render(request, "pokmas/accounts/farewell.html")


def _newest_pk(purpose):
    text = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
    return text and text.pk
