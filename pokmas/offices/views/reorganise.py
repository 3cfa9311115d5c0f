"""Reorganising an office: choose, fill in, see what will happen, decide."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models.functions import Upper
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pokmas.accounts.permissions import permission_required
from pokmas.lists.paging import KeysetPage
from pokmas.offices import reorganisation
from pokmas.offices.forms import CHANGE_FORMS, TargetForm
from pokmas.offices.models import Office, OfficeChange
from pokmas.offices.refusals import PARENTS
from pokmas.offices.views.finding import ACTIONS, found, possible_kinds
from pokmas.offices.views.office import cancelling, show
from pokmas.records.constraints import in_words
from pokmas.server.outside import whole_number
from pokmas.steps import pages as steps
from pokmas.words import dates

Kind, Level = OfficeChange.Kind, Office.Level


@require_safe
@permission_required("offices.reorganise_office")
def target(request, pk, kind):
    """Choose the new parent, or the successor of a merger."""
    office = found(request, pk)
    if not issubclass(_form_of(kind, office), TargetForm):
        raise Http404
    level = PARENTS[office.level] if kind == Kind.MOVE else office.level
    offices = (
        Office.objects.visible_to(request.user)
        .active()
        .filter(level=level)
        .exclude(pk__in=[office.pk, office.parent_id])
        .for_list()
    )
    if Office.Kind.PROBATION in (office.kind, office.parent.kind):
        offices = offices.filter(kind__in=["", Office.Kind.PROBATION])
    elif kind == Kind.MERGE:
        offices = offices.exclude(kind=Office.Kind.PROBATION)
    text = request.GET.get("q", "").strip()
    if text:
        offices = offices.search(text[:100])
    elif level != Level.REGIONAL:
        offices = offices.filter(region=office.region_id)
    offices = offices.annotate(by_name=Upper("name"))
    page = KeysetPage(offices, request.GET, order=("by_name", "pk"))
    return render(
        request,
        "pokmas/offices/target.html",
        {
            "office": office,
            "kind": kind,
            "action": ACTIONS[kind],
            "page": page,
            "text": text,
        },
    )


@permission_required("offices.reorganise_office")
def reorganise(request, pk, kind):
    """Fill in, see what will happen, then decide: one address, two posts."""
    office = found(request, pk)
    form_class = _form_of(kind, office)
    other = None
    if issubclass(form_class, TargetForm):
        asked = request.POST.get("other") or request.GET.get("other", "")
        chosen = whole_number(asked)
        if chosen is None:
            return redirect("offices:target", pk=office.pk, kind=kind)
        other = get_object_or_404(Office.objects.visible_to(request.user), pk=chosen)
    form = form_class(
        request.POST or None,
        user=request.user,
        office=office,
        initial={"other": other} if other else {},
    )
    context = {
        "form": form,
        "office": office,
        "other": other,
        "kind": kind,
        "action": ACTIONS[kind],
        "planned": office.changes.planned().for_list(),
    }
    if form.is_valid() and "back" not in request.POST:
        change = form.save(commit=False)
        with form.refusals():
            if "confirm" in request.POST:
                change = reorganisation.decide(change, by=request.user)
                messages.success(request, _said(change))
                return redirect(office)
            context["effects"] = reorganisation.rehearse(change)
            context |= {"change": change, "is_future": _is_future(change)}
            return render(request, "pokmas/offices/confirm.html", context)
    return render(request, "pokmas/offices/reorganise.html", context)


def _form_of(kind, office):
    if kind not in CHANGE_FORMS or kind not in possible_kinds(office):
        raise Http404
    return CHANGE_FORMS[kind]


def _is_future(change):
    return change.effective_on > change.office.today


def _said(change):
    if change.applied_at:
        return _("Perubahan sudah berlaku.")
    return _("Perubahan tercatat dan berlaku sendiri pada %(date)s.") % {
        "date": dates.date_long(change.effective_on)
    }


@require_POST
@permission_required("offices.reorganise_office")
def cancel(request, pk):
    changes = OfficeChange.objects.visible_to(request.user)
    change = get_object_or_404(changes.select_related("office"), pk=pk)
    form = cancelling(change, request.POST)
    if not form.is_valid():
        return show(request, found(request, change.office_id), refused=form)
    try:
        with in_words():
            reorganisation.cancel(
                change, by=request.user, reason=form.cleaned_data["reason"]
            )
    except ValidationError as refusal:
        return steps.closed(request, change, refusal.messages[0], form)
    messages.success(request, _("Rencana perubahan dibatalkan."))
    return redirect(change)
