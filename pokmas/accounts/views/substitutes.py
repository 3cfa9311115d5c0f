"""Where a head names who stands in for him."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pokmas.accounts.forms import SubstituteForm
from pokmas.accounts.models import Assignment
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.services import substitutes
from pokmas.accounts.views.people import tell_about_assignment
from pokmas.steps import pages as steps


@permission_required(substitutes.NAME)
def index(request):
    if not substitutes.may_name(request.user):
        messages.error(request, _("Pengganti tidak dapat menunjuk pengganti lagi."))
        return redirect("accounts:me")
    form = SubstituteForm(request.POST or None, user=request.user)
    if form.is_valid():
        with form.refusals():
            named = substitutes.name_substitute(
                form.save(commit=False), by=request.user
            )
            tell_about_assignment(request, named.user, named)
            return redirect("accounts:substitutes")
    context = {"form": form, "named": substitutes.named_at(request.user.acting)}
    return render(request, "pokmas/accounts/substitutes.html", context)


@require_POST
@permission_required(substitutes.NAME)
def end(request, pk):
    seen = Assignment.objects.visible_to(request.user)
    assignment = get_object_or_404(seen, pk=pk)
    done = _("Anda tidak digantikan lagi.")
    service = substitutes.end_substitution
    return steps.do(request, assignment, service, done, to="accounts:substitutes")
