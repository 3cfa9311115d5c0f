from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from agreements.extracts import services
from agreements.register.models import Agreement
from pokmas.accounts.permissions import permission_required
from pokmas.steps import pages as steps


@require_POST
@permission_required("agreements.view_agreement")
def extract(request, pk):
    agreement = _found(request, pk)
    done = _("Ringkasan sedang dibuat.")
    return steps.do(request, agreement, services.extract, done)


@require_safe
@never_cache
@permission_required("agreements.view_agreement")
def extract_progress(request, pk):
    """The piece of the agreement's page; once the work is over, that page anew."""
    agreement = _found(request, pk)
    made = agreement.extracts.select_related("job").first()
    if made is None or not request.htmx:
        return redirect(agreement)
    if not made.job.is_open:
        return HttpResponseClientRefresh()
    context = {"agreement": agreement, "extract": made}
    return render(request, "agreements/extracts/_extract_progress.html", context)


def _found(request, pk):
    rows = Agreement.objects.visible_to(request.user).for_page()
    return get_object_or_404(rows, pk=pk)
