from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.documents.models import Document
from pokmas.lists.exports import XLSX
from pokmas.lists.pages import show
from pokmas.steps import pages as steps
from pokmas.steps import reviews
from pokmas.steps.tabs import opened, tabs_of
from reports.figures import pictures
from reports.figures.figures import Scope
from reports.monthly import services
from reports.monthly.accounts import named
from reports.monthly.columns import REPORTS
from reports.monthly.filters import ReportFilter
from reports.monthly.forms import (
    AssignForm,
    ExplainForm,
    NarrativeForm,
    RequestForm,
)
from reports.monthly.given import given
from reports.monthly.lower import analyses_before, lower_of, missing, offers_for
from reports.monthly.models import Report
from reports.monthly.said import said_in
from reports.monthly.workbook import workbook_of


@require_safe
@vary_on_headers("HX-Request")
@permission_required("reports.view_report")
def index(request):
    reports = Report.objects.visible_to(request.user).for_list()
    filters = ReportFilter(request.GET, reports, user=request.user)
    return show(request, REPORTS, filters, "reports/monthly/index.html")


@require_safe
@permission_required("reports.view_report")
def detail(request, pk):
    rows = Report.objects.visible_to(request.user).for_page()
    report = get_object_or_404(rows, pk=pk)
    parts = ("content", _("Isi laporan")), ("history", _("Riwayat"))
    tabs = tabs_of(request, *parts)
    tab = opened(tabs)
    related = ("uploaded_by", "signed_copy__issued__office")
    files = Document.objects.of(report).select_related(*related).order_by("-pk")
    context = {
        "report": report,
        "problems": services.problems_of(report) if report.is_with_the_unit else [],
        "missing": missing(lower_of(report)),
        "copies": [each for each in files if hasattr(each, "signed_copy")],
        "tabs": tabs,
        "tab": tab,
        "timeline": timeline(report, request.user) if tab == "history" else None,
    }
    if tab == "content":
        context["said"] = said_in(report)
        context["sent"] = [each for each in files if each not in context["copies"]]
    is_accepted = report.status == Report.Status.ACCEPTED
    if is_accepted:
        context["corrections"] = services.corrections_of(report)
        context["changes"] = services.changed_since(report)
    if report.figures:
        scope = Scope(report.office, report.period, is_accepted)
        context["figures"] = pictures.cards(scope, report.figures["figures"])
        sought = report.figures.get("changes_sought", {})
        context["changes_sought"] = pictures.cards(scope, sought)
        context["chart"] = pictures.trend(report.figures["trend"])
    return render(request, "reports/monthly/detail.html", context)


@require_safe
@permission_required("reports.view_report")
def figures(request, pk):
    """What its PDF prints, as numbers in a workbook."""
    rows = Report.objects.visible_to(request.user).for_page()
    report = get_object_or_404(rows, pk=pk)
    content = workbook_of(report, report.figures, report.issued)
    answer = HttpResponse(content, content_type=XLSX)
    name = f"{report.title} {report.office.name}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@permission_required("reports.add_report")
def create(request):
    form = RequestForm(request.POST or None, user=request.user, asked=request.GET)
    if form.is_valid():
        with form.refusals():
            given = dict(form.cleaned_data)
            period = given.pop("period")
            report = services.request(
                first=period.first, kind=period.kind, by=request.user, **given
            )
            is_new = report.job is not None and report.job.is_open
            said = _("PDF laporan sedang dibuat.")
            messages.success(request, said if is_new else _("Laporan ini sudah ada."))
            return redirect(report)
    return render(request, "reports/monthly/form.html", {"form": form})


def change(request, pk):
    report, step = steps.find(request, Report, "change", pk)
    form = NarrativeForm(
        request.POST or None,
        user=request.user,
        instance=report,
        offers=offers_for(report, lower_of(report)),
    )
    done = _("Isian tersimpan. PDF sedang dibuat ulang.")
    return _say(request, report, step, form, "reports/monthly/change.html", done)


def explain(request, pk):
    """The analysis of each indicator that the report accounts for."""
    report, step = steps.find(request, Report, "explain", pk)
    form = ExplainForm(
        request.POST or None,
        user=request.user,
        instance=report,
        told=named(report.figures.get("accounts", ())),
        offers=analyses_before(report),
    )
    done = _("Analisis tersimpan. PDF sedang dibuat ulang.")
    return _say(request, report, step, form, "reports/monthly/explain.html", done)


def assign(request, pk):
    """Who signs; proposed is the head, or whoever acts in his place now."""
    report, step = steps.find(request, Report, "assign", pk)
    proposed = {} if report.signatory else services.signatory_of(report, request.user)
    form = AssignForm(
        request.POST or None, user=request.user, instance=report, initial=proposed
    )
    done = _("Penanda tangan ditetapkan. PDF sedang dibuat ulang.")
    return _say(request, report, step, form, "reports/monthly/said.html", done)


def _say(request, report, step, form, template, done):
    """A page on which something is said in the report; its PDF is made anew."""
    if refusal := report.refusal(step, request.user):
        return steps.closed(request, report, refusal, form)
    if form.is_valid():
        with form.refusals():
            services.change(
                form.save(commit=False),
                by=request.user,
                revision=form.seen_revision,
                fields=form.edited_fields,
                step=step.name,
            )
            messages.success(request, done)
            return redirect(report)
    context = {"form": form, "report": report, "step": step}
    return render(request, template, context)


def accept(request, pk):
    """What the report says and its PDF, beside the verdict."""
    report, step = steps.find(request, Report, "accept", pk)
    form = step.form(*steps.sent(request), user=request.user, record=report)
    template = "reports/monthly/accept.html"
    return reviews.judge(request, report, step, form, template, lambda: given(report))
