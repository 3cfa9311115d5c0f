from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from outreach.coverage import services
from outreach.coverage.columns import COVERAGE
from outreach.coverage.filters import CoverageFilter
from outreach.coverage.models import Coverage
from pokmas.accounts.permissions import permission_required
from pokmas.lists.pages import show
from pokmas.steps import pages as steps


@require_safe
@vary_on_headers("HX-Request")
@permission_required("outreach.view_activity")
def index(request):
    rows = Coverage.objects.visible_to(request.user)
    filters = CoverageFilter(request.GET, rows, user=request.user)
    return show(request, COVERAGE, filters, "outreach/coverage/index.html")


@require_POST
@permission_required("outreach.add_coverage")
def remove(request, pk):
    rows = Coverage.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("activity__office"), pk=pk)
    done = _("Liputan dihapus dari daftar; riwayatnya tetap ada.")
    return steps.do(request, row, services.remove, done, to=row.activity)
