from functools import partial

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.models import RegionMonth
from pokmas.accounts.permissions import permission_required
from pokmas.offices.models import Office
from pokmas.papers import services as papers
from pokmas.papers.kinds import PAPERS, panel_of
from pokmas.server.outside import whole_number
from pokmas.server.replica import from_replica
from pokmas.steps import pages as steps
from reports.brief import services
from reports.brief.brief import Brief
from reports.brief.papers import BriefPaper
from reports.home.units import Months

VIEW = "reports.compare_units"


@require_safe
@permission_required(VIEW)
@from_replica
def brief(request, pk):
    """A region in a month, on one screen."""
    office = _region(request, pk)
    months = Months(office, request.GET)
    # Whoever looks from above decides nothing of what waits there.
    viewer = request.user if request.user.acting.office_id == office.pk else None
    context = {
        "office": office,
        "months": months,
        "brief": Brief(office, months.month, viewer),
    }
    return render(request, "reports/brief/brief.html", context)


@require_safe
@permission_required(VIEW)
def paper(request, pk):
    """The brief as a PDF: how far it is, and the file."""
    office = _region(request, pk)
    month = Months(office, request.GET).month
    rows = RegionMonth.objects.visible_to(request.user).select_related("office")
    page = rows.filter(office=office, month=month.first).first()
    context = {
        "office": office,
        "month": month,
        "panel": page and panel_of(PAPERS[BriefPaper.kind], page),
    }
    return render(request, "reports/brief/paper.html", context)


@require_POST
@permission_required(VIEW)
def pass_on(request, pk):
    """As a paper of A4, or as a text for WhatsApp."""
    office = _region(request, pk)
    month = Months(office, request.POST).month
    page = services.page_of(office, month, by=request.user)
    if request.POST.get("way") == "whatsapp":
        return redirect("notices:whatsapp", "agreements.regionmonth", page.pk, "brief")
    done = _("%(paper)s sedang dibuat.") % {"paper": BriefPaper.label}
    do = partial(papers.ask, BriefPaper.kind)
    return steps.do(request, page, do, done, to=PAPERS[BriefPaper.kind].address(page))


def _region(request, pk: int) -> Office:
    own = request.user.acting.office
    if own.level == Office.Level.REGIONAL and whole_number(str(pk)) == own.pk:
        return own
    rows = Office.objects.visible_to(request.user)
    return get_object_or_404(rows.filter(level=Office.Level.REGIONAL), pk=pk)
