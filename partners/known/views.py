"""An officer sees at once that a partner is known already."""

from dataclasses import replace
from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from partners.known import services
from partners.known.forms import SeekForm, TypedForm
from partners.known.likeness import Described, described
from partners.known.sight import like_partnership, like_typed
from partners.registry.models import Partner
from partners.registry.views import found
from pokmas.accounts.permissions import permission_required
from pokmas.steps import pages as steps

FIND = "partners.find_alike"


@require_safe
@vary_on_headers("HX-Request")
@permission_required("partners.add_partner")
def seek(request):
    """Before a partner is entered: is it known already, anywhere?"""
    form = SeekForm(request.GET or None)
    who = form.described
    context = {
        "form": form,
        "who": who,
        "found": like_typed(who, request.user) if who else [],
        "carried": request.GET.urlencode(),
    }
    piece = request.htmx.target == "found"
    template = "partners/known/_found.html" if piece else "partners/known/seek.html"
    return render(request, template, context)


@require_safe
@vary_on_headers("HX-Request")
@permission_required(FIND)
def alike(request, pk):
    """Whom the partner looks like: a piece of pages about it, or a page."""
    partnership = found(request, pk)
    sights = like_partnership(partnership, request.user)
    context = {
        "partnership": partnership,
        "found": [sight for sight in sights if not sight.distinction],
        "apart": [sight for sight in sights if sight.distinction],
    }
    name = "_alike" if request.htmx else "alike"
    return render(request, f"partners/known/{name}.html", context)


@require_safe
@permission_required(FIND)
def typed(request, pk):
    """The same of what is being typed in a section of its registration."""
    partnership = found(request, pk)
    form, who = TypedForm(request.GET), Described()
    if form.is_valid():
        written = {name: said for name, said in form.cleaned_data.items() if said}
        phones = tuple(filter(None, [written.pop("phone", "")]))
        who = described(partnership)
        who = replace(who, phones=phones or who.phones, is_typed=True, **written)
    context = {"partnership": partnership, "found": like_typed(who, request.user)}
    return render(request, "partners/known/typed.html", context)


@require_POST
@permission_required(FIND)
def set_apart(request, pk, partner_pk):
    return _judge(
        request, pk, partner_pk, services.set_apart, _("Dicatat: bukan yang sama.")
    )


@require_POST
@permission_required(FIND)
def take_back(request, pk, partner_pk):
    done = _("Pernyataan ditarik.")
    return _judge(request, pk, partner_pk, services.take_back, done)


@require_POST
@permission_required(FIND)
def ask_units(request, pk, partner_pk):
    done = _("Ditanyakan: petugas unit yang mengenalnya menjawab kepada Anda.")
    return _judge(request, pk, partner_pk, services.ask_units, done)


def _judge(request, pk, partner_pk, service, done):
    """Only about one that is listed: else any number could be asked about."""
    partnership = found(request, pk)
    other = get_object_or_404(Partner, pk=partner_pk)
    sights = like_partnership(partnership, request.user)
    if other not in [sight.partner for sight in sights]:
        raise Http404
    page = reverse("partners:alike", args=[partnership.pk])
    judge = partial(service, other=other)
    return steps.do(request, partnership, judge, done, to=page)
