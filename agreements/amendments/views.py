from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements.amendments import services
from agreements.drafting.forms import AgreementForm
from agreements.register.models import Agreement
from pokmas.steps import pages as steps


def amend(request, pk):
    agreement, step = steps.find(request, Agreement, "amend", pk)
    amendment = services.proposed(agreement)
    form = AgreementForm(request.POST or None, user=request.user, instance=amendment)
    if made := _made(request, form):
        return redirect(made)
    if refusal := agreement.refusal(step, request.user):
        return steps.closed(request, agreement, refusal, form)
    if form.is_valid():
        with form.refusals():
            made = services.amend(form.save(commit=False), by=request.user)
            messages.success(
                request,
                _(
                    "Draf adendum tersimpan. Kerja samanya tetap seperti semula sampai "
                    "adendum ditandatangani."
                ),
            )
            return redirect(made)
    context = {"form": form, "agreement": agreement, "amends": agreement}
    return render(request, "agreements/drafting/form.html", context)


def _made(request, form):
    """What this very form has made already: it was sent twice."""
    if not form.is_valid():
        return None
    key = form.cleaned_data.get("submission_key")
    made = Agreement.objects.filter(submission_key=key, created_by=request.user)
    return made.first() if key else None
