"""What an examiner and a head answer about a registration, beside the registration."""

from django.utils.translation import gettext as _

from partners.registry import sections
from partners.registry.facts import compared
from partners.registry.models import Partner
from partners.vetting import services
from partners.vetting.forms import DecideForm, VerifyForm
from pokmas.steps import pages as steps
from pokmas.steps import reviews
from pokmas.steps.since import judged_before, papers

Status = Partner.Status


def verify(request, pk):
    """The checklist: forward to the head, or back to the applicant."""

    def service(partner, *, by):
        if form.cleaned_data["verdict"] == Status.RETURNED:
            reason = form.cleaned_data["reason"]
            services.return_for_repair(
                partner, reason=reason, findings=form.findings, by=by
            )
            return _("Pendaftaran dikembalikan; pendaftar diberi tahu.")
        services.verify(partner, form.findings, by=by)
        return _("Hasil pemeriksaan diteruskan kepada kepala.")

    partner, step = steps.find(request, Partner, "verify", pk)
    form = VerifyForm(*steps.sent(request), user=request.user, record=partner)
    return _decision(request, partner, step, form, service)


def decide(request, pk):
    """The head's decision: approve, return or decline."""

    def service(partner, *, by):
        verdict, reason = form.cleaned_data["verdict"], form.cleaned_data["reason"]
        if verdict == Status.APPROVED:
            services.approve(partner, by=by)
            return _("Mitra disetujui.")
        if verdict == Status.RETURNED:
            services.return_for_repair(partner, reason=reason, by=by)
            return _("Pendaftaran dikembalikan; pendaftar diberi tahu.")
        services.decline(partner, reason=reason, by=by)
        return _("Pendaftaran ditolak; pendaftar diberi tahu alasannya.")

    partner, step = steps.find(request, Partner, "decide", pk)
    form = DecideForm(*steps.sent(request), user=request.user, record=partner)
    return _decision(request, partner, step, form, service)


def _decision(request, partner, step, form, service):
    """A form that decides on a partner, shown beside what it decides about."""

    def given():
        before = judged_before(
            partner, judged=Status.VERIFYING, returned=Status.RETURNED
        )
        findings = partner.findings.newest()
        return {
            "partner": partner,
            "sections": [
                (section.title, compared(partner, section, request.user, before))
                for section in sections.SECTIONS
            ],
            **papers(partner, before),
            "findings": findings,
            "unmet": findings.filter(is_met=False),
        }

    template = f"partners/vetting/{step.name}.html"
    return reviews.judge(request, partner, step, form, template, given, service)
