from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from agreements import services
from agreements.filters import AgreementFilter
from agreements.forms import (
    AgreementForm,
    ReviewForm,
    SignForm,
    TerminateForm,
)
from agreements.models import Agreement
from partners.models import Partner
from pokmas import steps
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.forms import ReasonForm
from pokmas.lists import KeysetPage

Status = Agreement.Status


@require_safe
@vary_on_headers("HX-Request")
@permission_required("agreements.view_agreement")
def index(request):
    agreements = Agreement.objects.visible_to(request.user).for_list()
    filters = AgreementFilter(request.GET, agreements, user=request.user)
    page = KeysetPage(filters.qs, request.GET)
    piece = request.htmx.target == "list"
    template = "agreements/_list.html" if piece else "agreements/index.html"
    return render(request, template, {"filters": filters, "page": page})


@require_safe
@permission_required("agreements.view_agreement")
def detail(request, pk):
    agreement = _found(request, pk)
    return render(
        request,
        "agreements/detail.html",
        {
            "agreement": agreement,
            "reviews": agreement.reviews.select_related("reviewed_by"),
            "children": agreement.children.all(),
            "extract": agreement.extracts.select_related("issued", "job").first(),
            "timeline": timeline(agreement, request.user),
        },
    )


@permission_required("agreements.add_agreement")
def create(request):
    form = AgreementForm(
        request.POST or None, user=request.user, partner=request.GET.get("partner")
    )
    if form.is_valid():
        try:
            agreement = services.draft(form.save(commit=False), by=request.user)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Draf kerja sama tersimpan."))
            return redirect(agreement)
    return render(request, "agreements/form.html", {"form": form})


@permission_required("agreements.change_agreement")
def change(request, pk):
    agreement = _found(request, pk)
    if not agreement.is_editable:
        return steps.closed(request, agreement, _("Ubah naskah"))
    form = AgreementForm(request.POST or None, user=request.user, instance=agreement)
    if form.is_valid():
        try:
            services.change(
                form.save(commit=False),
                by=request.user,
                revision=form.seen_revision,
                fields=form.edited_fields,
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Perubahan naskah tersimpan."))
            return redirect(agreement)
    context = {"form": form, "agreement": agreement}
    return render(request, "agreements/form.html", context)


@require_POST
@permission_required("agreements.change_agreement")
def discuss(request, pk):
    agreement = _found(request, pk)
    done = _("Naskah dibuka untuk dibahas dengan mitra.")
    return steps.do(request, agreement, services.discuss, done)


@require_POST
@permission_required("agreements.submit_agreement")
def submit(request, pk):
    agreement = _found(request, pk)
    done = _("Naskah diajukan untuk telaah.")
    return steps.do(request, agreement, services.submit, done)


@permission_required("agreements.review_agreement")
def review(request, pk):
    agreement = _found(request, pk)
    return steps.ask(
        request,
        agreement,
        services.review,
        ReviewForm,
        allowed=Status.READY_TO_SIGN in agreement.next_statuses,
        title=_("Telaah naskah"),
        button=_("Simpan hasil telaah"),
        done=_("Hasil telaah tersimpan."),
    )


@permission_required("agreements.sign_agreement")
def sign(request, pk):
    agreement = _found(request, pk)
    return steps.ask(
        request,
        agreement,
        services.sign,
        SignForm,
        allowed=agreement.awaits_signing,
        title=_("Catat penandatanganan"),
        button=_("Simpan penandatanganan"),
        done=_("Kerja sama sudah ditandatangani."),
    )


@permission_required("agreements.terminate_agreement")
def suspend(request, pk):
    agreement = _found(request, pk)
    return steps.ask(
        request,
        agreement,
        services.suspend,
        ReasonForm,
        allowed=Status.SUSPENDED in agreement.next_statuses,
        title=_("Tangguhkan kerja sama"),
        button=_("Tangguhkan"),
        done=_("Kerja sama ditangguhkan."),
    )


@require_POST
@permission_required("agreements.terminate_agreement")
def resume(request, pk):
    agreement = _found(request, pk)
    return steps.do(request, agreement, services.resume, _("Kerja sama dilanjutkan."))


@permission_required("agreements.terminate_agreement")
def terminate(request, pk):
    agreement = _found(request, pk)
    return steps.ask(
        request,
        agreement,
        services.terminate,
        TerminateForm,
        allowed=Status.TERMINATED in agreement.next_statuses,
        title=_("Akhiri kerja sama"),
        button=_("Akhiri"),
        done=_("Kerja sama diakhiri."),
    )


@require_POST
@permission_required("agreements.view_agreement")
def extract(request, pk):
    agreement = _found(request, pk)
    done = _("Ringkasan sedang dibuat.")
    return steps.do(request, agreement, services.extract, done)


@require_safe
@never_cache
@permission_required("agreements.view_agreement")
def extract_progress(request, pk):
    """The piece of the agreement's page; once the work is over, that page anew."""
    agreement = _found(request, pk)
    made = agreement.extracts.select_related("job").first()
    if made is None or not request.htmx:
        return redirect(agreement)
    if not made.job.is_open:
        return HttpResponseClientRefresh()
    context = {"agreement": agreement, "extract": made}
    return render(request, "agreements/_extract_progress.html", context)


@require_safe
@permission_required("agreements.view_agreement")
def of_partner(request, partner_pk):
    """The agreements of one partner: a piece of that partner's page, or a page."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=partner_pk)
    agreements = Agreement.objects.visible_to(request.user).filter(partner=partner)
    piece = bool(request.htmx)
    template = "agreements/_of_partner.html" if piece else "agreements/of_partner.html"
    context = {"partner": partner, "agreements": agreements.for_list()[:50]}
    return render(request, template, context)


@permission_required("partners.suspend_partner")
def end_partner(request, partner_pk):
    """Here and not in partners: an agreement in force stands against it."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=partner_pk)
    return steps.ask(
        request,
        partner,
        services.end_partner,
        ReasonForm,
        allowed=Partner.Status.ENDED in partner.next_statuses,
        title=_("Akhiri kemitraan"),
        button=_("Akhiri"),
        done=_("Kemitraan berakhir. Datanya tetap tersimpan sebagai arsip."),
    )


def _found(request, pk):
    return get_object_or_404(
        Agreement.objects.visible_to(request.user)
        .with_validity()
        .select_related("office__region", "partner", "group", "umbrella", "scan"),
        pk=pk,
    )
