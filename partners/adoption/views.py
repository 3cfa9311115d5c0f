"""From the list of likely same partners to a proposal for one's own head."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.adoption import services
from partners.adoption.forms import ProposeForm
from partners.known.sight import chosen
from partners.registry.models import Partner, Partnership
from pokmas.accounts.permissions import permission_required
from pokmas.steps import pages as steps


@permission_required("partners.add_partner")
def propose(request, sign):
    """Opened from a list alone: nobody goes through the partners by number."""
    try:
        pk = chosen(sign)
    except signing.BadSignature as error:
        raise Http404 from error
    partner = get_object_or_404(
        Partner.objects.select_related("kind", "regency"), pk=pk
    )
    form = ProposeForm(request.POST or None, partner=partner, user=request.user)
    try:
        services.refuse_unvetted(partner)
    except ValidationError as refusal:
        if not form.is_bound:
            steps.say(request, refusal)
            return redirect("partners:seek")
    if form.is_valid():
        with form.refusals():
            partnership = services.propose(
                form.save(commit=False),
                fields=form.cleaned_data["fields"],
                by=request.user,
            )
            messages.success(request, _("Usulan diteruskan untuk diputuskan."))
            return redirect(partnership)
    context = {"partner": partner, "form": form}
    return render(request, "partners/adoption/propose.html", context)


@require_safe
def mend_proposal(request, pk):
    """What is proposed is mended where any partnership is."""
    partnership, step = steps.find(request, Partnership, "mend_proposal", pk)
    if refusal := partnership.refusal(step, request.user):
        return steps.closed(request, partnership, refusal)
    return redirect("partners:work", partnership.pk)
