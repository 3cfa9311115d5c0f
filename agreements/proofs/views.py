from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from agreements.proofs.card import card_of
from agreements.proofs.papers import AgreementProofs
from agreements.register.models import Agreement
from pokmas.accounts.permissions import permission_required
from pokmas.papers.kinds import PAPERS, panel_of
from pokmas.steps import pages as steps
from pokmas.steps.actions import action_of


@require_safe
@vary_on_headers("HX-Request")
@permission_required("agreements.view_evaluation")
def proofs(request, pk):
    """The evidence card: a piece of the agreement's page, or a page."""
    rows = Agreement.objects.visible_to(request.user).for_page()
    agreement = get_object_or_404(
        rows.knowing(request.user).select_related("proof_baseline__locked_by"), pk=pk
    )
    context = {
        "agreement": agreement,
        "card": card_of(agreement),
        "baseline": getattr(agreement, "proof_baseline", None),
        "offered": _offered(agreement, request.user),
        "panel": panel_of(PAPERS[AgreementProofs.kind], agreement),
    }
    piece = "_card" if request.htmx else "card"
    return render(request, f"agreements/proofs/{piece}.html", context)


def _offered(agreement, user):
    """The steps of the card alone: others ask for what it does not show."""
    own = [Agreement.STEPS[name] for name in ("prove", "lock_baseline")]
    return {
        step.name: action_of(agreement, step)
        for step in own
        if agreement.may(user, step) and agreement.refusal(step, user) is None
    }


def prove(request, pk):
    agreement, step = steps.find(request, Agreement, "prove", pk)
    agreement.asked_element = request.GET.get("element")
    return steps.ask(request, agreement, step)
