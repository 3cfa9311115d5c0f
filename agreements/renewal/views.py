from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from agreements.evaluations import due
from agreements.register.models import Agreement
from agreements.renewal import services
from pokmas.accounts.models import User
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
            step, form=ReasonForm, cautions=partial(_cautions, user=request.user)
        )
    return steps.ask(request, agreement, step)


def _cautions(agreement: Agreement, user: User) -> list:
    """That the report is missing, and the way to it for whoever may write it."""
    if waiting := due.waiting_end_report_of(agreement):
        words = _(
            '<a href="{url}">Laporan akhir</a> kerja sama ini menunggu pengesahan. '
            "Tunggu pengesahannya, atau tulis mengapa perpanjangan disusun tanpa itu."
        )
        return [format_html(words, url=waiting.get_absolute_url())]
    step = Agreement.STEPS["report_end"]
    if not agreement.may(user, step) or agreement.refusal(step, user):
        return [services.REPORT_FIRST]
    words = _('{first} <a href="{url}">Susun laporan akhir</a>, lalu kembali ke sini.')
    url = reverse("agreements:report_end", args=[agreement.pk])
    return [format_html(words, first=services.REPORT_FIRST, url=f"{url}?back=renew")]


def _onward(request, agreement, made):
    """To what is made already, unless another's reason would be lost by that."""
    words = _("Perpanjangannya sudah disusun; ini naskahnya.")
    reason = request.POST.get("reason", "").strip()
    if reason and not services.is_renewed_for(agreement, reason, by=request.user):
        form = ReasonForm(*steps.sent(request), user=request.user, record=agreement)
        return steps.closed(request, made, words, form)
    messages.info(request, words)
    return redirect(made)
