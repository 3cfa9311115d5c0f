"""Requests for one more assignment: asked by one person, decided by another."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pokmas.accounts import steps
from pokmas.accounts.columns import REQUESTS
from pokmas.accounts.filters import RequestFilter
from pokmas.accounts.forms import RequestForm
from pokmas.accounts.models import AssignmentRequest
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.views.regions import ask_for_region, offices_for
from pokmas.audit.services import timeline
from pokmas.lists.pages import show
from pokmas.offices.models import Office


@require_safe
def index(request):
    """What waits for me, then everything I may see: my own and my branch's."""
    rows = AssignmentRequest.objects.visible_to(request.user).select_related(
        "user", "office"
    )
    filters = RequestFilter(request.GET, rows)
    return show(
        request,
        REQUESTS,
        filters,
        "pokmas/accounts/requests/index.html",
        whole=lambda: {"waiting": rows.awaiting(request.user)},
    )


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
            request, chooser, _("Minta penugasan"), back="accounts:request_index"
        )
    form = RequestForm(request.POST or None, user=request.user, offices=offices)
    if form.is_valid():
        with form.refusals():
            asked = steps.ask(form.save(commit=False), by=request.user)
            messages.success(request, _("Permintaan dikirim. Hak Anda belum berubah."))
            return redirect(asked)
    return render(request, "pokmas/accounts/request_form.html", {"form": form})


@require_safe
def detail(request, pk):
    rows = AssignmentRequest.objects.visible_to(request.user).for_page()
    asked = get_object_or_404(rows, pk=pk)
    context = {"asked": asked, "entries": timeline(asked, request.user)}
    return render(request, "pokmas/accounts/request.html", context)
