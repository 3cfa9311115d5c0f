from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.evaluations import due
from agreements.evaluations.models import Evaluation
from agreements.register.models import Agreement
from pokmas.accounts.permissions import permission_required
from pokmas.papers.kinds import panels
from pokmas.steps import pages as steps
from pokmas.steps import reviews


@require_safe
@permission_required("agreements.view_evaluation")
def evaluation(request, pk):
    rows = Evaluation.objects.visible_to(request.user).for_page()
    found = get_object_or_404(rows, pk=pk)
    context = {
        "evaluation": found,
        "outcomes": found.outcomes.all(),
        "panels": panels(found, request.user),
    }
    return render(request, "agreements/evaluations/evaluation.html", context)


def report_end(request, pk):
    """Whoever was about to renew it goes back there."""
    agreement, step = steps.find(request, Agreement, "report_end", pk)
    back = None
    if request.GET.get("back") == "renew":
        back = reverse("agreements:renew", args=[agreement.pk])
    template = "agreements/plans/rows.html"
    return steps.ask(request, agreement, step, back=back, template=template)


def confirm(request, pk):
    agreement, step = steps.find(request, Agreement, "confirm_evaluation", pk)
    form = step.form(*steps.sent(request), user=request.user, record=agreement)

    def given():
        waiting = due.pending(agreement)
        return {"evaluation": waiting, "outcomes": waiting.outcomes.all()}

    template = "agreements/evaluations/confirm.html"
    return reviews.judge(request, agreement, step, form, template, given)
