from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas import steps
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.forms import ReasonForm
from pokmas.lists import KeysetPage
from reports import pictures, services
from reports.figures import Scope
from reports.filters import ReportFilter
from reports.forms import NarrativeForm, RequestForm
from reports.home import home_of
from reports.models import Report
from reports.periods import Month

Status = Report.Status


@require_safe
def home(request):
    """What waits for this person, and how his office or partner stands."""
    return render(request, "reports/home.html", home_of(request.user))


@require_safe
@vary_on_headers("HX-Request")
@permission_required("reports.view_report")
def index(request):
    reports = Report.objects.visible_to(request.user).for_list()
    filters = ReportFilter(request.GET, reports, user=request.user)
    page = KeysetPage(filters.qs, request.GET, order=("-month", "-pk"))
    piece = request.htmx.target == "list"
    template = "reports/_list.html" if piece else "reports/index.html"
    return render(request, template, {"filters": filters, "page": page})


@require_safe
@permission_required("reports.view_report")
def detail(request, pk):
    report = _found(request, pk)
    context = {
        "report": report,
        "problems": services.problems_of(report) if report.is_editable else [],
        "timeline": timeline(report, request.user),
    }
    if report.figures:
        scope = Scope(report.office, Month.of(report.month))
        context["figures"] = pictures.cards(scope, report.figures["figures"])
        context["chart"] = pictures.trend(report.figures["trend"])
    return render(request, "reports/detail.html", context)


@permission_required("reports.add_report")
def create(request):
    form = RequestForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            report = services.request(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("PDF laporan sedang dibuat."))
            return redirect(report)
    return render(request, "reports/form.html", {"form": form})


@permission_required("reports.add_report")
def narrate(request, pk):
    report = _found(request, pk)
    if not report.is_editable:
        return steps.closed(request, report, _("Isi kendala dan tindak lanjut"))
    form = NarrativeForm(request.POST or None, user=request.user, instance=report)
    if form.is_valid():
        try:
            services.narrate(
                form.save(commit=False),
                by=request.user,
                revision=form.seen_revision,
                fields=form.edited_fields,
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Isian tersimpan. PDF sedang dibuat ulang."))
            return redirect(report)
    return render(request, "reports/form.html", {"form": form, "report": report})


@require_POST
@permission_required("reports.add_report")
def rebuild(request, pk):
    report, done = _found(request, pk), _("PDF sedang dibuat ulang.")
    return steps.do(request, report, services.rebuild, done)


@require_POST
@permission_required("reports.submit_report")
def submit(request, pk):
    report, done = _found(request, pk), _("Laporan diajukan ke Kanwil.")
    return steps.do(request, report, services.submit, done)


@require_POST
@permission_required("reports.accept_report")
def accept(request, pk):
    report = _found(request, pk)
    done = _("Laporan diterima. Angka bulan ini dikunci.")
    return steps.do(request, report, services.accept, done)


@permission_required("reports.accept_report")
def send_back(request, pk):
    report = _found(request, pk)
    return steps.ask(
        request,
        report,
        services.send_back,
        ReasonForm,
        allowed=Status.RETURNED in report.next_statuses,
        title=_("Kembalikan laporan"),
        button=_("Kembalikan"),
        done=_("Laporan dikembalikan."),
    )


def _found(request, pk):
    return get_object_or_404(
        Report.objects.visible_to(request.user)
        .for_list()
        .select_related("office__region", "submitted_by", "accepted_by"),
        pk=pk,
    )
