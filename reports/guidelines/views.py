"""Guidelines: the list, one with its file, writing it, and who has read it."""

from django.contrib import messages
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.permissions import permission_required
from pokmas.accounts.roles import OF_PARTNERS
from pokmas.audit.services import timeline
from pokmas.lists.pages import show
from pokmas.steps import pages as steps
from pokmas.steps.tabs import opened, tabs_of
from reports.guidelines import reading, services
from reports.guidelines.columns import PARTNERS, UNITS, guidelines_for
from reports.guidelines.filters import GuidelineFilter, PartnerFilter, UnitFilter
from reports.guidelines.forms import GuidelineForm
from reports.guidelines.models import (
    ACKNOWLEDGE,
    READERS,
    VIEW,
    WRITE,
    Acknowledgement,
    Guideline,
)

TAKEN_OVER = ("title", "about", "audience")


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def index(request):
    user = request.user
    unread = Guideline.objects.unread_by(user).order_by().values("pk")
    own = Acknowledgement.objects.filter(guideline=OuterRef("pk"), by=user)
    rows = Guideline.objects.visible_to(user).annotate(
        is_unread=ExpressionWrapper(Q(pk__in=unread), BooleanField()),
        is_read=Exists(own),
    )
    filters = GuidelineFilter(request.GET, rows, user=user)
    template = "reports/guidelines/index.html"
    return show(request, guidelines_for(user), filters, template)


@require_safe
@permission_required(VIEW)
def detail(request, pk):
    user = request.user
    rows = Guideline.objects.visible_to(user).for_page().knowing(user)
    guideline = get_object_or_404(rows, pk=pk)
    versions = list(guideline.versions().visible_to(user).order_by("-version"))
    tabs = tabs_of(request, *_parts(guideline, user, len(versions)))
    tab = opened(tabs)
    context = {
        "guideline": guideline,
        "tabs": tabs,
        "tab": tab,
        "versions": versions,
        "newer": _newer(guideline, versions),
    }
    if user.has_perm(ACKNOWLEDGE):
        rows = Acknowledgement.objects.filter(guideline=guideline).beside(user)
        context["read"] = rows.select_related("by", "partnership__partner")
        if user.acting.role in OF_PARTNERS:
            context["represented"] = services.represented(guideline, user)
    if tab == "readers":
        context["totals"] = reading.totals(guideline, user)
        if user.acting.office.is_top and guideline.region_id is None:
            context["regions"] = reading.by_region(guideline, user)
    if tab == "history":
        context["timeline"] = timeline(guideline, user)
    return render(request, "reports/guidelines/detail.html", context)


def _parts(guideline, user, versions):
    parts = [("content", _("Naskah"))]
    if versions > 1:
        parts.append(("versions", _("Versi"), versions))
    if user.has_perm(READERS) and not guideline.is_inside:
        parts.append(("readers", _("Pembaca")))
    if user.has_perm(WRITE):
        parts.append(("history", _("Riwayat")))
    return parts


def _newer(guideline, versions):
    """The one that replaces it, if it is published."""
    later = (row for row in versions if row.previous_id == guideline.pk)
    return next((row for row in later if not row.is_inside), None)


@permission_required(WRITE)
def create(request):
    form = GuidelineForm(*steps.sent(request), user=request.user)
    if form.is_valid():
        with form.refusals():
            made = services.draft(
                form.save(commit=False), **form.handed_in, by=request.user
            )
            messages.success(request, _("Draf pedoman tersimpan."))
            return redirect(made)
    return render(request, "reports/guidelines/form.html", {"form": form})


def change(request, pk):
    guideline, step = steps.find(request, Guideline, "change", pk)
    form = GuidelineForm(*steps.sent(request), user=request.user, instance=guideline)
    if refusal := guideline.refusal(step, request.user):
        return steps.closed(request, guideline, refusal, form)
    if form.is_valid():
        with form.refusals():
            services.change(
                form.save(commit=False),
                **form.handed_in,
                revision=form.seen_revision,
                fields=form.edited_fields,
                by=request.user,
            )
            messages.success(request, _("Draf pedoman tersimpan."))
            return redirect(guideline)
    context = {"form": form, "guideline": guideline, "step": step}
    return render(request, "reports/guidelines/form.html", context)


def revise(request, pk):
    guideline, step = steps.find(request, Guideline, "revise", pk)
    taken = {name: getattr(guideline, name) for name in TAKEN_OVER}
    version = Guideline(office=guideline.office, previous=guideline, **taken)
    form = GuidelineForm(*steps.sent(request), user=request.user, instance=version)
    form.is_valid()
    if form.made is not None:
        return redirect(form.made)
    if refusal := guideline.refusal(step, request.user):
        return steps.closed(request, guideline, refusal, form)
    if form.is_valid():
        with form.refusals():
            made = services.revise(
                guideline, form.save(commit=False), **form.handed_in, by=request.user
            )
            words = _("Draf versi baru tersimpan. Versi yang lama masih berlaku.")
            messages.success(request, words)
            return redirect(made)
    context = {"form": form, "guideline": guideline, "step": step}
    return render(request, "reports/guidelines/form.html", context)


@require_safe
@vary_on_headers("HX-Request")
@permission_required(READERS)
def units(request, pk):
    guideline = _read(request, pk)
    rows = reading.units(guideline, request.user)
    filters = UnitFilter(request.GET, rows, user=request.user)
    return _readers(request, guideline, UNITS, filters)


@require_safe
@vary_on_headers("HX-Request")
@permission_required(READERS)
def partners(request, pk):
    guideline = _read(request, pk)
    rows = reading.partners(guideline, request.user)
    filters = PartnerFilter(request.GET, rows, user=request.user, guideline=guideline)
    return _readers(request, guideline, PARTNERS, filters)


def _read(request, pk) -> Guideline:
    rows = Guideline.objects.visible_to(request.user).for_list()
    return get_object_or_404(rows.exclude(status__in=Guideline.INSIDE), pk=pk)


def _readers(request, guideline, table, filters):
    context = {"guideline": guideline, "title": table.title}
    return show(
        request,
        table,
        filters,
        "reports/guidelines/readers.html",
        whole=lambda: context,
        about=guideline,
    )
