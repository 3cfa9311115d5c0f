"""The slip at the counter, and the public page on which its code is used."""

import math

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from partners.door import services, slip
from partners.door.forms import TakeOverForm
from partners.registry.models import Partnership
from partners.volunteers.models import Volunteer
from pokmas.documents import limiter
from pokmas.documents.pdf import PdfFailed
from pokmas.records import tries
from pokmas.steps import pages as steps

# Codes that one account, and one address, may try in so many seconds.
SECONDS, OF_ACCOUNT, OF_ADDRESS = 15 * 60, 6, 60


@never_cache
def print_slip(request, pk):
    return _print(request, Partnership, pk)


@never_cache
def volunteer_print_slip(request, pk):
    return _print(request, Volunteer, pk)


def _print(request, model, pk):
    """Ask for the paper; then the code, on the page and as a PDF, this once."""
    owner, step = steps.find(request, model, "print_slip", pk)
    form = step.form(*steps.sent(request), user=request.user, record=owner)
    if refusal := owner.refusal(step, request.user):
        return steps.closed(request, owner, refusal, form, step)
    context = {"owner": owner, "step": step, "form": form}
    if form.is_valid():
        with form.refusals():
            made, code = services.print_slip(
                owner,
                seed=str(form.cleaned_data["submission_key"]),
                by=request.user,
            )
            if "pdf" not in request.POST:
                return _shown(request, context, made, code)
            try:
                return _paper(made, code, form.cleaned_data["paper"])
            except PdfFailed as failure:
                messages.error(request, failure)
                return _shown(request, context, made, code)
    context["before"] = owner.slips.newest()
    return render(request, "partners/door/print.html", context)


def _shown(request, context, made, code):
    context |= {"code": code, **slip.told(made)}
    return render(request, "partners/door/slip.html", context)


def _paper(made, code, paper):
    content = slip.printed(made, code, paper=paper)
    name = f"slip-{slip.told(made)['reference']}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@login_not_required
@never_cache
def take_over(request):
    """“I have a code from an officer”: first an account of one's own, then the code."""
    if not request.user.is_authenticated:
        return render(request, "partners/door/take_over.html")
    refusal = services.refusal_of(request.user)
    form = TakeOverForm(request.POST or None, user=request.user)
    if refusal is None and form.is_valid():
        with form.refusals():
            _count_try(request)
            owner = services.take_over(form.cleaned_data["code"], by=request.user)
            if request.user.acting:
                request.session["assignment"] = request.user.acting.pk
            messages.success(
                request, _("Anda kini bertindak untuk %(name)s.") % {"name": owner}
            )
            return redirect(owner)
    context = {"form": form, "refusal": refusal}
    return render(request, "partners/door/take_over.html", context)


def _count_try(request):
    wait = limiter.wait_for(request, "take_over", times=OF_ACCOUNT, seconds=SECONDS)
    wait = wait or tries.take(
        f"take_over:{get_ip(request)}", times=OF_ADDRESS, seconds=SECONDS
    )
    if wait:
        raise ValidationError(
            _("Terlalu banyak percobaan. Tunggu %(minutes)d menit, lalu coba lagi."),
            params={"minutes": math.ceil(wait / 60)},
        )
