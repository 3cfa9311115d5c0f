from agreements.register.models import Agreement
from pokmas.steps import pages as steps


def plan(request, pk):
    agreement, step = steps.find(request, Agreement, "plan", pk)
    return steps.ask(request, agreement, step, template="agreements/plans/rows.html")
