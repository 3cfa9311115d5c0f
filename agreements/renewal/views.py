from dataclasses import replace

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from agreements.register.models import Agreement
from agreements.renewal import services
from pokmas.forms.base import ReasonForm
from pokmas.steps import pages as steps


def renew(request, pk):
    """One press, unless the report on the end is missing: then the reason is asked."""
    agreement, step = steps.find(request, Agreement, "renew", pk)
    if made := services.made_of(agreement):
        return _onward(request, agreement, made)
    if services.lacks_end_report(agreement):
        if request.method == "POST" and "reason" not in request.POST:
            return redirect("agreements:renew", agreement.pk)
        step = replace(
            step, form=ReasonForm, cautions=lambda agreement: [services.REPORT_FIRST]
        )
    return steps.ask(request, agreement, step)


def _onward(request, agreement, made):
    """To what is made already, unless another's reason would be lost by that."""
    words = _("Perpanjangannya sudah disusun; ini naskahnya.")
    reason = request.POST.get("reason", "").strip()
    if reason and not services.is_renewed_for(agreement, reason, by=request.user):
        form = ReasonForm(*steps.sent(request), user=request.user, record=agreement)
        return steps.closed(request, made, words, form)
    messages.info(request, words)
    return redirect(made)
