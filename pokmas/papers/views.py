"""A paper about a record is asked for on the record's page, by whoever may see it."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from pokmas.accounts.permissions import require
from pokmas.papers import services
from pokmas.papers.kinds import PAPERS, Paper, panel_of
from pokmas.steps import pages as steps


@require_POST
def ask(request, kind, pk):
    paper, owner = _found(request, kind, pk)
    done = _("%(paper)s sedang dibuat.") % {"paper": paper.label}
    do = partial(services.ask, kind)
    return steps.do(request, owner, do, done, to=paper.address(owner))


@require_safe
@never_cache
def progress(request, kind, pk):
    """The piece of the owner's page; once the work is over, that page anew."""
    paper, owner = _found(request, kind, pk)
    panel = panel_of(paper, owner)
    if panel.issued is None or not request.htmx:
        return redirect(paper.address(owner))
    if not panel.issued.job.is_open:
        return HttpResponseClientRefresh()
    return render(request, "pokmas/papers/_progress.html", {"panel": panel})


def _found(request, kind: str, pk: int):
    paper: Paper | None = PAPERS.get(kind)
    if paper is None or not paper.asked:
        raise Http404
    require(request.user, paper.permission)
    rows = paper.model._default_manager.visible_to(request.user)
    return paper, get_object_or_404(rows, pk=pk)
