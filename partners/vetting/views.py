"""What waits; and what an examiner and a head answer, beside the registration."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from partners.registry import legal, sections
from partners.registry.facts import compared, known_then
from partners.registry.models import Partnership
from partners.vetting import services
from partners.vetting.columns import queue_for
from partners.vetting.filters import QueueFilter
from partners.vetting.forms import DecideForm, VerifyForm
from partners.vetting.waiting import in_queue
from pokmas.accounts.permissions import permission_required
from pokmas.lists.pages import show
from pokmas.papers.kinds import panels
from pokmas.steps import pages as steps
from pokmas.steps import reviews
from pokmas.steps.queue import narrowing
from pokmas.steps.since import judged_before, papers

Status = Partnership.Status


@require_safe
@vary_on_headers("HX-Request")
@permission_required("partners.view_queue")
def queue(request):
    """All that is to be examined or decided, longest first, and who has it in hand."""
    rows = in_queue(Partnership.objects.visible_to(request.user).for_list())
    filters = QueueFilter(request.GET, rows, user=request.user)
    table = queue_for(request.user, narrowing(filters))
    return show(request, table, filters, "partners/vetting/queue.html")


def verify(request, pk):
    """The checklist: forward to the head, or back to the applicant."""

    def service(partnership, *, by):
        if form.cleaned_data["verdict"] == Status.RETURNED:
            reason = form.cleaned_data["reason"]
            services.return_for_repair(
                partnership, reason=reason, findings=form.findings, by=by
            )
            return _("Pendaftaran dikembalikan; pendaftar diberi tahu.")
        services.verify(partnership, form.findings, by=by)
        return _("Hasil pemeriksaan diteruskan kepada kepala.")

    partnership, step = steps.find(request, Partnership, "verify", pk)
    form = VerifyForm(*steps.sent(request), user=request.user, record=partnership)
    return decision(request, partnership, step, form, service, step.name)


def decide(request, pk):
    """The head's decision: approve, return or decline."""

    def service(partnership, *, by):
        verdict, reason = form.cleaned_data["verdict"], form.cleaned_data["reason"]
        if verdict == Status.APPROVED:
            services.approve(partnership, by=by)
            return _("Mitra disetujui.")
        if verdict == Status.RETURNED:
            services.return_for_repair(partnership, reason=reason, by=by)
            return _("Pendaftaran dikembalikan; pendaftar diberi tahu.")
        if verdict == Status.SUBMITTED:
            services.send_back(partnership, reason=reason, by=by)
            return _("Pendaftaran kembali kepada pemeriksa; ia diberi tahu.")
        services.decline(partnership, reason=reason, by=by)
        return _("Pendaftaran ditolak; pendaftar diberi tahu alasannya.")

    partnership, step = steps.find(request, Partnership, "decide", pk)
    form = DecideForm(*steps.sent(request), user=request.user, record=partnership)
    return decision(request, partnership, step, form, service, step.name)


def decision(request, partnership, step, form, service, page):
    """A form that decides on a registration, shown beside what it decides about."""

    def given():
        before = judged_before(
            partnership, judged=Status.VERIFYING, returned=Status.RETURNED
        )
        known = known_then(before)
        findings = []
        if partnership.is_examined:
            findings = list(partnership.findings.newest())
        files = list(partnership.papers.select_related("legal__required"))
        handed_in = [file.legal for file in files if hasattr(file, "legal")]
        asked = legal.standings(partnership, handed_in)
        return {
            "partnership": partnership,
            "cautions": legal.cautions(asked),
            "sections": [
                (
                    section.title,
                    compared(partnership, section, request.user, before, known, asked),
                )
                for section in sections.SECTIONS
            ],
            **papers(partnership, before),
            "papers": files,
            "panels": panels(partnership, request.user),
            "visits": partnership.visits.sheets() if partnership.is_visited else [],
            "findings": findings,
            "unmet": [finding for finding in findings if not finding.is_met],
        }

    template = f"partners/vetting/{page}.html"
    return reviews.judge(
        request, partnership, step, form, template, given, service, QueueFilter
    )
