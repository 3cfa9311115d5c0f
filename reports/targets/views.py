"""What was to be reached and what was: one page; what is set, spread and said."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.lists.pages import show
from pokmas.lists.paging import KeysetPage
from pokmas.steps import pages as steps
from reports.indicators.models import Indicator
from reports.targets import services, spreading
from reports.targets.asked import office_asked, period_asked
from reports.targets.columns import VALUES
from reports.targets.filters import ValueFilter
from reports.targets.forms import SpreadForm, TargetForm, ValueForm, read_what
from reports.targets.models import EnteredValue, Target
from reports.targets.page import Page, unsaid
from reports.targets.reading import ABOVE, SIDES, Reading

VIEW, ENTER = "reports.view_target", "reports.enter_value"


@require_safe
@permission_required(VIEW)
def index(request):
    office = office_asked(request.GET, request.user)
    period = period_asked(request.GET, office.today)
    opened = request.GET.get("open", "")
    viewer = request.user.acting.office
    page = Page(Reading(office, period, viewer, opened), request.user, opened)
    return render(request, "reports/targets/index.html", {"page": page})


@require_safe
@permission_required(VIEW)
def records(request):
    """Exactly the rows that a counted number is made of."""
    if not request.GET.get("code"):
        return redirect("reports:targets")
    office = office_asked(request.GET, request.user)
    period = period_asked(request.GET, office.today)
    code, side = request.GET.get("code", ""), request.GET.get("side", ABOVE)
    reading = Reading(office, period, request.user.acting.office)
    indicator = next((each for each in reading.indicators if each.code == code), None)
    if indicator is None or not indicator.is_counted or side not in SIDES:
        raise Http404
    part = getattr(indicator.measure, SIDES[side])
    if part is None:
        raise Http404
    rows = part.rows(reading.places.scope(office, period))
    if request.GET.get("own"):
        rows = rows.filter(**{f"{part.through}office": office})
    owner = part.through.removesuffix("__")
    rows = rows.select_related(f"{part.through}office", *part.needs)
    found = KeysetPage(rows, request.GET, order=("pk",))
    context = {
        "indicator": indicator,
        "sum": part.column and rows.aggregate(sum=Sum(part.column, default=0))["sum"],
        "words": getattr(indicator, SIDES[side]),
        "office": office,
        "period": period,
        "page": found,
        "rows": [(row, getattr(row, owner) if owner else row) for row in found],
    }
    return render(request, "reports/targets/records.html", context)


# Targets


@permission_required(services.SET)
def set_target(request):
    """The target of one office below: a new one, or the one there is."""
    if not request.GET.get("code"):
        return redirect("reports:targets")
    office = office_asked(request.GET, request.user)
    period = period_asked(request.GET, office.today)
    code = request.GET.get("code", "")
    known = {each.code: each for each in Indicator.objects.holding(office.today)}
    if code not in known or not services.may_set(request.user, office):
        raise Http404
    rows = Target.objects.visible_to(request.user).of_period(period)
    target = rows.filter(code=code, office=office).first()
    form = TargetForm(
        request.POST or None,
        user=request.user,
        indicator=known[code],
        instance=target or Target(code=code, office=office, period=period),
    )
    if form.is_valid():
        with form.refusals():
            kept = services.set_target(
                form.save(commit=False),
                by=request.user,
                revision=form.seen_revision,
                fields=form.edited_fields,
            )
            messages.success(request, _("Target tersimpan."))
            return redirect(kept)
    context = {"form": form, "indicator": known[code], "office": office}
    context |= {"period": period, "target": target}
    return render(request, "reports/targets/form.html", context)


@permission_required(services.SET)
def spread(request):
    """One number for all below: looked at first, then kept as it was seen."""
    office = request.user.acting.office
    initial = {name: request.GET.get(name) for name in ("indicator", "period")}
    form = SpreadForm(request.POST or None, user=request.user, initial=initial)
    found = None
    if form.is_valid():
        given = dict(form.cleaned_data)
        seen = given.pop("seen")
        with form.refusals():
            found = spreading.spread(
                given["indicator"],
                office,
                given["period"],
                given["way"],
                given["amount"],
            )
            form.show(found)
            if "confirmed" in request.POST:
                many = services.keep_spread(
                    **given, office=office, seen=seen, by=request.user
                )
                said = _("Target %(count)s kantor tersimpan.") % {"count": many}
                messages.success(request, said)
                indicator, period = given["indicator"], given["period"]
                place = Target(code=indicator.code, office=office, period=period)
                return redirect(place)
    context = {"form": form, "spread": found, "office": office}
    return render(request, "reports/targets/spread.html", context)


# Values that units say


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def values(request):
    rows = EnteredValue.objects.visible_to(request.user).for_list()
    filters = ValueFilter(request.GET, rows, user=request.user)
    return show(request, VALUES, filters, "reports/targets/values.html")


@require_safe
@permission_required(VIEW)
def value(request, pk):
    rows = EnteredValue.objects.visible_to(request.user).for_page()
    found = get_object_or_404(rows, pk=pk)
    context = {
        "value": found,
        "indicator": _version(found),
        "timeline": timeline(found, request.user),
    }
    return render(request, "reports/targets/value.html", context)


def _version(found: EnteredValue) -> Indicator | None:
    """As the indicator was for that time."""
    day = min(found.period.last, found.office.today)
    known = Indicator.objects.holding(day)
    return next((each for each in known if each.code == found.code), None)


@permission_required(ENTER)
def enter(request):
    """First which indicator and period, then its number."""
    office = request.user.acting.office.unit
    what = request.GET.get("what", "")
    indicator = None
    if what:
        try:
            code, period = read_what(what)
        except ValidationError:
            raise Http404 from None
        indicator = services.asked(office, code, period)
        if indicator is None:
            raise Http404
        there = EnteredValue.objects.of_period(period).filter(code=code, office=office)
        if request.method == "GET" and (known := there.first()):
            return redirect(known)
    if indicator is None:
        context = {"unsaid": unsaid(office)}
        return render(request, "reports/targets/choose.html", context)
    form = ValueForm(
        *steps.sent(request),
        user=request.user,
        indicator=indicator,
        instance=EnteredValue(code=code, period=period, office=office),
    )
    if form.is_valid():
        with form.refusals():
            made = services.enter(
                form.save(commit=False),
                evidence=form.cleaned_data["document"],
                by=request.user,
            )
            messages.success(request, _("Nilai tersimpan dan menunggu pengesahan."))
            return redirect(made)
    context = {"form": form, "indicator": indicator, "period": period}
    return render(request, "reports/targets/value_form.html", context)


def change(request, pk):
    found, step = steps.find(request, EnteredValue, "change", pk)
    indicator = _version(found)
    form = ValueForm(
        *steps.sent(request), user=request.user, indicator=indicator, instance=found
    )
    if refusal := found.refusal(step, request.user):
        return steps.closed(request, found, refusal, form)
    if form.is_valid():
        with form.refusals():
            services.change(
                form.save(commit=False),
                evidence=form.cleaned_data.get("document"),
                revision=form.seen_revision,
                fields=form.edited_fields,
                by=request.user,
            )
            messages.success(request, _("Perubahan nilai tersimpan."))
            return redirect(found)
    context = {"form": form, "indicator": indicator, "period": found.period}
    context["value"] = found
    return render(request, "reports/targets/value_form.html", context)
