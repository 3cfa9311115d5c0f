from django.shortcuts import render
from django.views.decorators.http import require_safe

from pokmas.server.replica import from_replica
from reports.home.page import home_of


@require_safe
@from_replica
def home(request):
    """What waits for this person, and how his office or partner stands."""
    return render(request, "reports/home/home.html", home_of(request.user))
