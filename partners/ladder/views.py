from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partners.ladder.services import STAGES
from partners.volunteers.models import Volunteer
from partners.volunteers.views import VIEW
from pokmas.accounts.permissions import permission_required


@require_safe
@permission_required(VIEW)
def stages(request, pk):
    """How far a volunteer came: a piece of his page, or a page."""
    rows = Volunteer.objects.visible_to(request.user).for_page()
    volunteer = get_object_or_404(rows, pk=pk)
    context = {
        "volunteer": volunteer,
        "first": STAGES[0],
        "promotions": volunteer.promotions.select_related("decided_by"),
    }
    piece = "_stages.html" if request.htmx else "stages.html"
    return render(request, f"partners/ladder/{piece}", context)
