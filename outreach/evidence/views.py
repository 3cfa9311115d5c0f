from functools import partial

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outreach.evidence import services
from outreach.evidence.models import Evidence
from pokmas.accounts.permissions import permission_required
from pokmas.steps import pages as steps


@require_POST
@permission_required("outreach.review_photo")
def review_photo(request, pk):
    evidence = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("activity__office"),
        pk=pk,
    )
    mark = partial(services.review_photo, visibility=request.POST.get("visibility", ""))
    done = _("Penggunaan foto tersimpan.")
    return steps.do(request, evidence, mark, done, to=evidence.activity)
