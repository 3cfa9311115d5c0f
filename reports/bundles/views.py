"""Evidence of the action plan: what shows an item, what is missing, its bundle."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pokmas.accounts.permissions import permission_required, require
from pokmas.papers.kinds import PAPERS
from pokmas.server.replica import from_replica
from pokmas.steps import pages as steps
from reports.bundles import services
from reports.bundles.forms import PlanFileForm
from reports.bundles.gathering import Gathering
from reports.bundles.models import NEEDED, PlanFile, PlanItem
from reports.bundles.page import Index, Item
from reports.bundles.services import KEEP
from reports.figures.periods import Kind
from reports.targets.asked import office_asked, period_asked

VIEW = "reports.view_target"


def _of_item(view):
    """With the item that the address names; the list of them if it names none."""

    @wraps(view)
    def _asked_for(request):
        if not request.GET.get("code"):
            return redirect("reports:bundles")
        return view(request, _page(request))

    return _asked_for


@require_safe
@permission_required(VIEW)
@from_replica
def index(request):
    _require_all(request)
    office = office_asked(request.GET, request.user)
    period = period_asked(request.GET, office.today, Kind.QUARTERLY)
    page = Index(office, period, request.user)
    return render(request, "reports/bundles/index.html", {"page": page})


@require_safe
@permission_required(VIEW)
@_of_item
def item(request, page):
    return render(request, "reports/bundles/item.html", {"page": page})


@require_POST
@permission_required(KEEP)
@_of_item
def make(request, page):
    if page.refusal:
        messages.error(request, page.refusal)
        return redirect(page.address())
    office, code, period = page.office, page.indicator.code, page.period
    kept = services.item_of(office, code, period, by=request.user)
    done = _("Paket bukti sedang dibuat.")
    place = PAPERS[services.BUNDLE].address(kept)
    return steps.do(request, kept, services.bundle, done, to=place)


@permission_required(KEEP)
@_of_item
def add(request, page):
    if not page.may_add:
        messages.error(request, services.NOT_OWN)
        return redirect(page.address())
    form = PlanFileForm(*steps.sent(request), user=request.user, period=page.period)
    if form.is_valid():
        with form.refusals():
            kept = services.item_of(
                page.office, page.indicator.code, page.period, by=request.user
            )
            services.add(
                form.save(commit=False),
                kept,
                document=form.cleaned_data["document"],
                by=request.user,
            )
            messages.success(request, _("Berkas tersimpan sebagai bukti."))
            return redirect(kept)
    return render(request, "reports/bundles/add.html", {"form": form, "page": page})


@require_POST
@permission_required(KEEP)
def remove(request, pk):
    rows = PlanFile.objects.visible_to(request.user).select_related("item__office")
    found = get_object_or_404(rows, pk=pk)
    if not services.may_add(request.user, found.item.office):
        raise PermissionDenied
    done = _("Berkas dihapus. Paket yang sudah dibuat tetap memuatnya.")
    return steps.do(request, found, services.remove, done, to=found.item)


def _require_all(request) -> None:
    for permission in NEEDED:
        require(request.user, permission)


def _page(request) -> Item:
    """The item that the address names."""
    _require_all(request)
    office = office_asked(request.GET, request.user)
    period = period_asked(request.GET, office.today, Kind.QUARTERLY)
    gathering = Gathering(office, period, request.user)
    indicator = gathering.indicator(request.GET.get("code", ""))
    if indicator is None:
        raise Http404
    rows = PlanItem.objects.visible_to(request.user).of_period(period)
    found = rows.filter(office=office, code=indicator.code).select_related("office")
    return Item(gathering, indicator, found.first())
