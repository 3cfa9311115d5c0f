"""The tree of offices, the list of them, and what is about to change."""

from django.db.models import Count, Q
from django.db.models.functions import Upper
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.permissions import permission_required
from pokmas.lists.pages import show
from pokmas.offices.columns import CHANGES, OFFICES
from pokmas.offices.filters import ChangeFilter, OfficeFilter
from pokmas.offices.models import Office, OfficeChange

Level = Office.Level


@require_safe
@permission_required("offices.view_office")
def index(request):
    """The tree, from the own office down; every figure leads to its list."""
    offices = Office.objects.visible_to(request.user)
    top = request.user.acting.office
    children = offices.filter(parent=top).with_counts()
    planned = OfficeChange.objects.visible_to(request.user).planned()
    return render(
        request,
        "pokmas/offices/index.html",
        {
            "top": top,
            "children": children.order_by("-is_active", Upper("name")),
            "figures": _figures(offices, top),
            **planned.aggregate(
                planned=Count("pk", filter=Q(refusal="")),
                held=Count("pk", filter=~Q(refusal="")),
            ),
        },
    )


def _figures(offices, top):
    """How many active offices of each sort there are below `top`."""
    sorts = [
        (_("Kanwil"), "level", Level.REGIONAL),
        (_("UPT aktif"), "level", Level.UNIT),
        (_("Bapas"), "kind", Office.Kind.PROBATION),
        (_("Pos Bapas"), "level", Level.POST),
    ]
    sorts = sorts[{Level.HEADQUARTERS: 0, Level.REGIONAL: 1}.get(top.level, 3) :]
    counts = offices.active().aggregate(
        **{value: Count("pk", filter=Q(**{name: value})) for _l, name, value in sorts}
    )
    url = reverse("offices:listing")
    return [
        {
            "label": label,
            "value": counts[value],
            "url": f"{url}?{name}={value}&active=yes",
        }
        for label, name, value in sorts
    ]


@require_safe
@vary_on_headers("HX-Request")
@permission_required("offices.view_office")
def listing(request):
    offices = Office.objects.visible_to(request.user).for_list()
    filters = OfficeFilter(request.GET, offices, user=request.user)
    return show(request, OFFICES, filters, "pokmas/offices/listing.html")


@require_safe
@vary_on_headers("HX-Request")
@permission_required("offices.view_office")
def changes(request):
    """What is decided and not yet in effect, the nearest first."""
    planned = OfficeChange.objects.visible_to(request.user).planned()
    rows = planned.counted_down(timezone.now())
    filters = ChangeFilter(request.GET, rows)
    return show(request, CHANGES, filters, "pokmas/offices/changes.html")
