"""Requests for one more assignment: asked by one person, decided by another."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts import steps
from pokmas.accounts.columns import REQUESTS
from pokmas.accounts.filters import RequestFilter
from pokmas.accounts.forms import RequestForm
from pokmas.accounts.models import AssignmentRequest
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.lists.pages import show
from pokmas.offices.models import Office


@require_safe
@vary_on_headers("HX-Request")
def index(request):
    """My own and my branch's."""
    rows = AssignmentRequest.objects.visible_to(request.user)
    filters = RequestFilter(request.GET, rows, user=request.user)
    return show(request, REQUESTS, filters, "pokmas/accounts/requests/index.html")


@permission_required("accounts.request_assignment")
def create(request):
    """For any office of the own region; from headquarters for any at all."""
    region = request.user.acting.office.region_id
    offices = Office.objects.all()
    if region:
        offices = offices.filter(region=region)
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
