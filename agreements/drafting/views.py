from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from agreements.drafting import services
from agreements.drafting.forms import AgreementForm
from agreements.feasibility.models import FeasibilityRule
from agreements.register.models import Agreement
from pokmas.accounts.permissions import permission_required
from pokmas.steps import pages as steps


@permission_required("agreements.add_agreement")
def create(request):
    partnership = request.GET.get("partnership")
    if FeasibilityRule.objects.requires(request.user.acting.office):
        messages.info(request, services.SHEET_FIRST)
        sheet = reverse("agreements:feasibility_create")
        asked = urlencode({"partnership": partnership}) if partnership else ""
        return redirect(f"{sheet}?{asked}" if asked else sheet)
    form = AgreementForm(
        request.POST or None,
        user=request.user,
        partnership=partnership,
        group=request.GET.get("group"),
    )
    if form.is_valid():
        with form.refusals():
            agreement = services.draft(
                form.save(commit=False),
                by=request.user,
                units=form.chosen_units,
            )
            messages.success(request, _("Draf kerja sama tersimpan."))
            _warn_of_approval(request, agreement)
            return redirect(agreement)
    return render(request, "agreements/drafting/form.html", {"form": form})


def _warn_of_approval(request, agreement):
    partnership = agreement.partner.at(agreement.office)
    if partnership and partnership.is_approval_over:
        messages.warning(
            request,
            _("Persetujuan mitra ini sudah lewat; unit perlu memeriksanya ulang."),
        )


def change(request, pk):
    agreement, step = steps.find(request, Agreement, "change", pk)
    form = AgreementForm(request.POST or None, user=request.user, instance=agreement)
    if refusal := agreement.refusal(step, request.user):
        return steps.closed(request, agreement, refusal, form)
    if form.is_valid():
        with form.refusals():
            said = services.change(
                form.save(commit=False),
                by=request.user,
                revision=form.seen_revision,
                fields=form.edited_fields,
                units=form.chosen_units,
            )
            messages.success(request, said or _("Data kerja sama tersimpan."))
            return redirect(agreement)
    context = {"form": form, "agreement": agreement}
    return render(request, "agreements/drafting/form.html", context)
