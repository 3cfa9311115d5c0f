from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from outreach.activities.models import Activity
from outreach.activities.offers import may_plan
from outreach.programmes import services
from outreach.programmes.columns import PROGRAMMES
from outreach.programmes.filters import ProgrammeFilter
from outreach.programmes.forms import ProgrammeForm, may_begin
from outreach.programmes.models import PHASES, Phase, PhaseReport, Programme
from outreach.programmes.overview import Overview
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.documents.models import Document
from pokmas.lists.pages import show
from pokmas.offices.models import Office
from pokmas.server.outside import whole_number
from pokmas.server.replica import from_replica
from pokmas.steps import pages as steps
from pokmas.steps import reviews
from pokmas.steps.tabs import opened, tabs_of

SHOWN = 10
VIEW = "outreach.view_programme"


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def index(request):
    rows = Programme.objects.visible_to(request.user).for_list()
    filters = ProgrammeFilter(request.GET, rows, user=request.user)
    return show(
        request,
        PROGRAMMES,
        filters,
        "outreach/programmes/index.html",
        whole=lambda: {"may_begin": may_begin(request.user)},
    )


@require_safe
@permission_required(VIEW)
@permission_required("offices.view_office")
@from_replica
def overview(request):
    """How many programmes of each unit stand at which phase; for officers."""
    own = office = request.user.acting.office
    if asked := whole_number(request.GET.get("office", "")):
        office = get_object_or_404(Office.objects.visible_to(request.user), pk=asked)
    programmes = Programme.objects.visible_to(request.user)
    context = {"overview": Overview(programmes, office, own)}
    return render(request, "outreach/programmes/overview.html", context)


@permission_required("outreach.add_programme")
def create(request):
    form = ProgrammeForm(request.POST or None, user=request.user)
    if form.is_valid():
        with form.refusals():
            programme = services.begin(
                form.save(commit=False), supporters=form.supporters, by=request.user
            )
            messages.success(request, _("Program dimulai. Sekarang isi fase pertama."))
            return redirect(programme)
    return render(request, "outreach/programmes/create.html", {"form": form})


@require_safe
@permission_required(VIEW)
def detail(request, pk):
    rows = Programme.objects.visible_to(request.user).for_page()
    programme = get_object_or_404(rows.knowing(request.user), pk=pk)
    tabs = tabs_of(
        request,
        ("phases", _("Fase")),
        ("activities", _("Kegiatan")),
        ("history", _("Riwayat")),
    )
    tab = opened(tabs)
    held = Activity.objects.visible_to(request.user)
    held = held.filter(programme_link__programme=programme)
    context = {
        "programme": programme,
        "tabs": tabs,
        "tab": tab,
        "phases": _phases(programme) if tab == "phases" else None,
        "activities": held.for_list()[:SHOWN] if tab == "activities" else None,
        "served": held.counted().served() if tab == "activities" else None,
        "may_plan": may_plan(request.user)
        and programme.is_open
        and programme.phase in (Phase.IMPLEMENTATION, Phase.EVALUATION),
        "timeline": timeline(programme, request.user) if tab == "history" else None,
    }
    return render(request, "outreach/programmes/detail.html", context)


def _phases(programme):
    """Each phase with what was written of it and its files; those ahead without."""
    reports = list(programme.reports.select_related("written_by", "decided_by"))
    papers = {}
    kind = ContentType.objects.get_for_model(PhaseReport)
    keys = [report.pk for report in reports]
    for paper in Document.objects.filter(owner_type=kind, owner_id__in=keys):
        papers.setdefault(paper.owner_id, []).append(paper)
    written = {report.phase: report for report in reports}
    place = PHASES.index(programme.phase)
    return [
        {
            "label": phase.label,
            "report": written.get(phase),
            "papers": papers.get(written[phase].pk, []) if phase in written else [],
            "is_open": number == place and programme.is_open,
            "is_ahead": number > place,
        }
        for number, phase in enumerate(PHASES)
    ]


def judge(request, pk):
    programme, step = steps.find(request, Programme, "judge", pk)
    form = step.form(*steps.sent(request), user=request.user, record=programme)

    def given():
        report = programme.reports.get(phase=programme.phase)
        return {"report": report, "papers": report.papers}

    template = "outreach/programmes/judge.html"
    return reviews.judge(request, programme, step, form, template, given)
