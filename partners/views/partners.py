"""The list of partners, one partner's page, and what officers decide about it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from partners import parts
from partners.filters import PartnerFilter
from partners.forms.vetting import DecideForm, VerifyForm
from partners.models import Partner
from partners.services import standing, vetting
from partners.views.facts import answers, task_list
from pokmas import steps
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.privacy import CONTACT
from pokmas.audit.services import note_reading, timeline
from pokmas.forms import ReasonForm
from pokmas.lists import KeysetPage

Status = Partner.Status


@require_safe
@vary_on_headers("HX-Request")
@permission_required("partners.view_partner")
def index(request):
    partners = Partner.objects.visible_to(request.user).for_list()
    filters = PartnerFilter(request.GET, partners, user=request.user)
    page = KeysetPage(filters.qs, request.GET)
    piece = request.htmx.target == "list"
    template = "partners/_list.html" if piece else "partners/index.html"
    return render(request, template, {"filters": filters, "page": page})


@require_safe
@permission_required("partners.view_partner")
def detail(request, pk):
    partner = _found(request, pk)
    user = request.user
    if user.has_perm(CONTACT) and user.acting.is_staff:
        note_reading(user, partner, "phone", "email", "address")
    return render(
        request,
        "partners/detail.html",
        {
            "partner": partner,
            "sections": [
                (part.title, answers(partner, part, user)) for part in parts.PARTS
            ],
            "steps": task_list(partner, user)
            if _is_being_written(partner, user)
            else [],
            "editable_parts": parts.editable_parts(partner, user),
            "papers": partner.papers,
            "findings": partner.findings.newest(),
            "memberships": []
            if partner.status in Partner.IN_VETTING
            else partner.memberships.select_related("group"),
            "timeline": timeline(partner, user),
        },
    )


@permission_required("partners.verify_partner")
def verify(request, pk):
    """The checklist: forward to the head, or back to the applicant."""
    partner = _found(request, pk)
    if Status.VERIFYING not in partner.next_statuses:
        return steps.closed(request, partner, _("Periksa pendaftaran"))
    form = VerifyForm(request.POST or None, partner=partner)

    def step():
        reason = form.cleaned_data["reason"]
        if form.cleaned_data["verdict"] == Status.RETURNED:
            vetting.return_for_repair(
                partner, reason=reason, findings=form.findings, by=request.user
            )
            return _("Pendaftaran dikembalikan; pendaftar diberi tahu.")
        vetting.verify(partner, form.findings, by=request.user)
        return _("Hasil pemeriksaan diteruskan kepada kepala.")

    return _decision(request, partner, form, step, "verify")


@permission_required("partners.approve_partner")
def decide(request, pk):
    """The head's decision: approve, return or decline."""
    partner = _found(request, pk)
    if Status.APPROVED not in partner.next_statuses:
        return steps.closed(request, partner, _("Putuskan pendaftaran"))
    form = DecideForm(request.POST or None)

    def step():
        verdict, reason = form.cleaned_data["verdict"], form.cleaned_data["reason"]
        if verdict == Status.APPROVED:
            vetting.approve(partner, by=request.user)
            return _("Mitra disetujui.")
        if verdict == Status.RETURNED:
            vetting.return_for_repair(partner, reason=reason, by=request.user)
            return _("Pendaftaran dikembalikan; pendaftar diberi tahu.")
        vetting.decline(partner, reason=reason, by=request.user)
        return _("Pendaftaran ditolak; pendaftar diberi tahu alasannya.")

    return _decision(request, partner, form, step, "decide")


@permission_required("partners.suspend_partner")
def suspend(request, pk):
    partner = _found(request, pk)
    return steps.ask(
        request,
        partner,
        standing.suspend,
        ReasonForm,
        allowed=Status.SUSPENDED in partner.next_statuses,
        title=_("Tangguhkan kemitraan"),
        button=_("Tangguhkan"),
        done=_("Kemitraan ditangguhkan."),
    )


@require_POST
@permission_required("partners.suspend_partner")
def resume(request, pk):
    partner = _found(request, pk)
    return steps.do(request, partner, standing.resume, _("Kemitraan dilanjutkan."))


def _found(request, pk):
    return get_object_or_404(Partner.objects.visible_to(request.user).for_page(), pk=pk)


def _is_being_written(partner, user):
    return Status.SUBMITTED in partner.next_statuses and bool(
        parts.editable(partner, user)
    )


def _decision(request, partner, form, step, name):
    """A form that decides on a partner, shown beside what it decides about."""
    if form.is_valid():
        try:
            done = step()
        except ValidationError as refusal:
            partner.refresh_from_db()
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect(partner)
    return render(
        request,
        f"partners/{name}.html",
        {
            "partner": partner,
            "form": form,
            "sections": [
                (part.title, answers(partner, part, request.user))
                for part in parts.PARTS
            ],
            "papers": partner.papers,
            "findings": partner.findings.newest(),
        },
    )
