from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from outreach.restorative.columns import MEETINGS
from outreach.restorative.filters import MeetingFilter
from outreach.restorative.models import RestorativeMeeting
from pokmas.accounts.permissions import permission_required
from pokmas.lists.pages import show


@require_safe
@vary_on_headers("HX-Request")
@permission_required("outreach.view_restorative")
def index(request):
    rows = RestorativeMeeting.objects.visible_to(request.user).reported()
    filters = MeetingFilter(request.GET, rows, user=request.user)
    return show(request, MEETINGS, filters, "outreach/restorative/index.html")
