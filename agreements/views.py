from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

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
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.forms import ReasonForm
from pokmas.lists import KeysetPage


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
    return _step(
        request, pk, services.discuss, _("Naskah dibuka untuk dibahas dengan mitra.")
    )


@require_POST
@permission_required("agreements.submit_agreement")
def submit(request, pk):
    return _step(request, pk, services.submit, _("Naskah diajukan untuk telaah."))


@permission_required("agreements.review_agreement")
def review(request, pk):
    return _form_step(
        request,
        pk,
        ReviewForm(request.POST or None),
        services.review,
        title=_("Telaah naskah"),
        button=_("Simpan hasil telaah"),
        done=_("Hasil telaah tersimpan."),
    )


@permission_required("agreements.sign_agreement")
def sign(request, pk):
    return _form_step(
        request,
        pk,
        SignForm(request.POST or None, request.FILES or None, user=request.user),
        services.sign,
        title=_("Catat penandatanganan"),
        button=_("Simpan penandatanganan"),
        done=_("Kerja sama sudah ditandatangani."),
    )


@permission_required("agreements.terminate_agreement")
def suspend(request, pk):
    return _form_step(
        request,
        pk,
        ReasonForm(request.POST or None),
        services.suspend,
        title=_("Tangguhkan kerja sama"),
        button=_("Tangguhkan"),
        done=_("Kerja sama ditangguhkan."),
    )


@require_POST
@permission_required("agreements.terminate_agreement")
def resume(request, pk):
    return _step(request, pk, services.resume, _("Kerja sama dilanjutkan."))


@permission_required("agreements.terminate_agreement")
def terminate(request, pk):
    return _form_step(
        request,
        pk,
        TerminateForm(request.POST or None, request.FILES or None, user=request.user),
        services.terminate,
        title=_("Akhiri kerja sama"),
        button=_("Akhiri"),
        done=_("Kerja sama diakhiri."),
    )


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
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            services.end_partner(partner, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                _("Kemitraan berakhir. Datanya tetap tersimpan sebagai arsip."),
            )
            return redirect(partner)
    context = {
        "record": partner,
        "form": form,
        "title": _("Akhiri kemitraan"),
        "button": _("Akhiri"),
        "list_name": "partners:index",
        "list_title": _("Mitra"),
    }
    return render(request, "partners/step.html", context)


def _found(request, pk):
    return get_object_or_404(
        Agreement.objects.visible_to(request.user)
        .with_validity()
        .select_related("office__region", "partner", "group", "umbrella", "scan"),
        pk=pk,
    )


def _step(request, pk, service, done):
    """A step that asks nothing: do it and say so, or say why not."""
    agreement = _found(request, pk)
    try:
        service(agreement, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, done)
    return redirect(agreement)


def _form_step(request, pk, form, service, *, title, button, done):
    """A step with questions: the form's answers are the service's arguments."""
    agreement = _found(request, pk)
    if form.is_valid():
        try:
            service(agreement, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return redirect(agreement)
    return render(
        request,
        "agreements/step.html",
        {"agreement": agreement, "form": form, "title": title, "button": button},
    )
