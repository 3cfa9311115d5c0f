from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from outreach.told.models import News
from pokmas.accounts.permissions import permission_required
from pokmas.notices.models import Notice


@require_safe
@permission_required("outreach.view_activity")
def news(request, pk):
    """What was told, and to whom; who has read it."""
    rows = News.objects.visible_to(request.user)
    found = get_object_or_404(
        rows.select_related("activity__office", "created_by"), pk=pk
    )
    notices = Notice.objects.filter(key=found.key, kind=f"activity.{found.kind}")
    read = dict(notices.values_list("user", "read_at"))
    context = {
        "news": found,
        "activity": found.activity,
        "recipients": [
            (
                recipient,
                read.get(recipient.user_id),
                recipient.is_reached_by(request.user),
            )
            for recipient in found.recipients.for_list()
        ],
    }
    return render(request, "outreach/told/news.html", context)
