from django.shortcuts import render
from django.views.decorators.http import require_safe

from pokmas.search.finding import everything
from pokmas.server.replica import from_replica

LONGEST = 100


@require_safe
@from_replica
def index(request):
    """Everything this person may see that fits the words."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    found = everything(request.user, text) if len(text) > 1 else []
    context = {"text": text, "found": found, "longest": LONGEST}
    return render(request, "pokmas/search/index.html", context)
