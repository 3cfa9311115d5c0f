"""Two partners side by side, made one; and what the one that went was."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.merging import services
from partners.merging.facts import belongings, identity
from partners.merging.forms import MergeForm
from partners.registry.models import Partner
from partners.registry.views import found
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.steps import pages as steps


@permission_required(services.MERGE)
def merge(request, pk, partner_pk):
    """By way of a partnership with the one; the other is one that he may open."""
    partnership = found(request, pk)
    first, user = partnership.partner, request.user
    rows = Partner.objects.select_related("kind", "regency", "merged_into")
    seen = Q(pk__in=Partner.objects.visible_to(user).values("pk"))
    second = get_object_or_404(rows.filter(seen | Q(merged_into=first)), pk=partner_pk)
    if second.merged_into == first:
        messages.info(request, services.GONE)
        return redirect(first)
    if refusal := services.refusal(first, second, user):
        return steps.closed(request, partnership, refusal)
    form = MergeForm(request.POST or None, first=first, second=second, user=user)
    if form.is_valid():
        with form.refusals():
            services.merge(form.kept, form.other, taken=form.taken, by=user)
            messages.success(
                request,
                _("Keduanya kini satu mitra: %(name)s.") % {"name": form.kept},
            )
            return redirect(form.kept)
    theirs = belongings(first, second)
    context = {
        "partnership": partnership,
        "form": form,
        "both": [(each, theirs[each]) for each in (first, second)],
    }
    return render(request, "partners/merging/merge.html", context)


@require_safe
@permission_required("partners.view_partner")
def merged(request, pk):
    """What a partner was before it became one with another, and its history."""
    rows = Partner.objects.select_related("merged_into", "merged_by", "kind", "regency")
    partner = get_object_or_404(rows, pk=pk, merged_into__isnull=False)
    kept = get_object_or_404(
        Partner.objects.visible_to(request.user), pk=partner.merged_into_id
    )
    context = {
        "partner": partner,
        "kept": kept,
        "facts": identity(partner),
        "timeline": timeline(partner, request.user),
    }
    return render(request, "partners/merging/merged.html", context)
