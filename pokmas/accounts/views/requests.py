"""Requests for one more assignment: asked by one person, decided by another."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pokmas import steps
from pokmas.accounts import mail
from pokmas.accounts.forms import ReasonForm, RequestForm
from pokmas.accounts.models import AssignmentRequest
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.services import people, requests
from pokmas.accounts.views.regions import ask_for_region, offices_for
from pokmas.audit.services import timeline
from pokmas.lists import KeysetPage
from pokmas.offices.models import Office


@require_safe
def index(request):
    """What waits for me, then everything I may see: my own and my branch's."""
    rows = AssignmentRequest.objects.visible_to(request.user).select_related(
        "user", "office"
    )
    context = {
        "waiting": rows.awaiting(request.user),
        "page": KeysetPage(rows, request.GET, order=("-created_at", "-pk")),
    }
    return render(request, "accounts/requests.html", context)


@permission_required("accounts.request_assignment")
def create(request):
    """For any office of the own region; headquarters says first in which region."""
    region = request.user.acting.office.region_id
    everywhere = Office.objects.all()
    offices, chooser = offices_for(
        request, everywhere.filter(region=region) if region else everywhere
    )
    if chooser is not None:
        return ask_for_region(
            request, chooser, _("Minta penugasan"), back="accounts:requests"
        )
    form = RequestForm(request.POST or None, user=request.user, offices=offices)
    if form.is_valid():
        try:
            asked = requests.request_assignment(
                form.save(commit=False), by=request.user
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Permintaan dikirim. Hak Anda belum berubah."))
            return redirect(asked)
    return render(request, "accounts/request_form.html", {"form": form})


@require_safe
def detail(request, pk):
    asked = _asked(request, pk)
    decides = AssignmentRequest.objects.awaiting(request.user).filter(pk=pk).exists()
    context = {
        "asked": asked,
        "decides": decides,
        "reason_form": ReasonForm(auto_id="id_%s"),
        "entries": timeline(asked, request.user),
    }
    return render(request, "accounts/request.html", context)


@require_POST
@permission_required(people.APPOINT)
def approve(request, pk):
    asked = _asked(request, pk)
    try:
        requests.approve(asked, by=request.user)
    except ValidationError as refusal:
        steps.say(request, refusal)
    else:
        mail.send("request_decided", asked.user.email, person=asked.user, asked=asked)
        messages.success(request, _("Penugasan diberikan."))
    return redirect(asked)


@require_POST
@permission_required(people.APPOINT)
def decline(request, pk):
    asked = _asked(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis alasannya, lalu coba lagi."))
        return redirect(asked)
    try:
        requests.decline(asked, reason=form.cleaned_data["reason"], by=request.user)
    except ValidationError as refusal:
        steps.say(request, refusal)
    else:
        mail.send("request_decided", asked.user.email, person=asked.user, asked=asked)
        messages.success(request, _("Permintaan ditolak dan pemohon diberi tahu."))
    return redirect(asked)


@require_POST
def withdraw(request, pk):
    asked = _asked(request, pk)
    return steps.do(request, asked, requests.withdraw, _("Permintaan ditarik."))


def _asked(request, pk):
    return get_object_or_404(
        AssignmentRequest.objects.visible_to(request.user).select_related(
            "user", "office"
        ),
        pk=pk,
    )
