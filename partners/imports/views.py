"""What goes out of a group as a sheet, to be put right and to come in again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from partners.groups.models import CommunityGroup
from partners.imports.columns import members as members_table
from pokmas.accounts.permissions import permission_required
from pokmas.lists import exports


@require_safe
@permission_required("imports.view_import")
def members(request, pk):
    group = get_object_or_404(CommunityGroup.objects.visible_to(request.user), pk=pk)
    try:
        return exports.answer(
            members_table(),
            group.memberships.current().ranked(),
            sheet="xlsx",
            chosen={},
            by=request.user,
            about=group,
        )
    except exports.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(group)
