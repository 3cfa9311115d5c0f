from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from outreach.attended import services
from outreach.attended.columns import ATTENDANCES
from outreach.attended.filters import AttendanceFilter
from outreach.attended.models import Attendance, Material, Speaker
from outreach.attended.steps import INVITE
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.lists.pages import show
from pokmas.steps import pages as steps
from pokmas.steps.tabs import opened, tabs_of

VIEW = "outreach.view_invitation"


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def index(request):
    rows = Attendance.objects.visible_to(request.user).for_list()
    filters = AttendanceFilter(request.GET, rows, user=request.user)
    return show(request, ATTENDANCES, filters, "outreach/attended/index.html")


@require_safe
@permission_required(VIEW)
def detail(request, pk):
    """What a unit is invited to; it reads nothing else of the other office's page."""
    rows = Attendance.objects.visible_to(request.user).for_page()
    attendance = get_object_or_404(rows.knowing(request.user), pk=pk)
    tabs = tabs_of(
        request, ("speakers", _("Narasumber dan materi")), ("history", _("Riwayat"))
    )
    tab = opened(tabs)
    shows_parts = tab == "speakers" and attendance.status != "withdrawn"
    activity = attendance.activity
    context = {
        "attendance": attendance,
        "activity": activity,
        "sees_activity": _sees(request.user, activity),
        "tabs": tabs,
        "tab": tab,
        "given": {
            "speakers": activity.speakers.present() if shows_parts else (),
            "materials": (
                activity.materials.present().select_related("document")
                if shows_parts
                else ()
            ),
        },
        "timeline": timeline(attendance, request.user) if tab == "history" else None,
    }
    return render(request, "outreach/attended/detail.html", context)


def _sees(user, activity) -> bool:
    """Whether the page of the activity itself is open to him."""
    own = user.acting.office
    return own.is_top or own.pk == activity.office_id


@require_POST
@permission_required(INVITE)
def remove_speaker(request, pk):
    done = _("Narasumber dihapus dari daftar; riwayatnya tetap ada.")
    return _remove(request, Speaker, pk, services.remove_speaker, done)


@require_POST
@permission_required(INVITE)
def remove_material(request, pk):
    done = _("Materi dihapus dari daftar; riwayatnya tetap ada.")
    return _remove(request, Material, pk, services.remove_material, done)


def _remove(request, model, pk, service, done):
    rows = model.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("activity__office"), pk=pk)
    return steps.do(request, row, service, done)
