"""From the first click to the reference number, by oneself or at a counter."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.registration import services as registration
from partners.registration.forms import SECTION_FORMS, PlaceForm, WhereForm
from partners.registry import sections
from partners.registry.facts import answers, repairs
from partners.registry.models import Partner
from pokmas.accounts.permissions import permission_required
from pokmas.offices.models import Office
from pokmas.steps import pages as steps

Status = Partner.Status
SECTIONS_BY_NAME = {section.name: section for section in sections.SECTIONS}


@login_not_required
@require_safe
def start(request):
    """What to prepare, how long it takes, what happens next; for everybody."""
    user = request.user
    return render(
        request,
        "partners/registration/start.html",
        {
            "draft": registration.own_draft(user) if user.is_authenticated else None,
            "is_staff": bool(getattr(user, "acting", None) and user.acting.is_staff),
            "verify": Partner.STEPS.turn_at(Status.SUBMITTED),
            "decide": Partner.STEPS.turn_at(Status.VERIFYING),
        },
    )


@require_safe
def mine(request):
    """Where an applicant sees how his registration goes."""
    own = list(Partner.objects.belonging_to(request.user)[:2])
    if not own:
        return redirect("partners:start")
    return redirect(own[0] if len(own) == 1 else "partners:index")


def register(request):
    """The first screen of somebody who registers his organisation or himself."""
    if (draft := registration.own_draft(request.user)) is not None:
        return redirect(draft)

    def save(form):
        partner = registration.start(form.save(commit=False), by=request.user)
        request.session["assignment"] = request.user.acting.pk
        return partner

    return _place(request, Partner(), save)


@permission_required("partners.add_partner")
def create(request):
    """The first screen of an officer who enters a partner at the counter."""

    def save(form):
        return registration.enter(form.save(commit=False), by=request.user)

    return _place(request, Partner(), save, regency=request.user.acting.office.regency)


@permission_required("partners.view_partner")
def place(request, pk):
    """The first screen once more, as long as it is a draft."""
    partner = _found(request, pk)
    if not sections.editable(partner, request.user).issuperset(sections.PLACE):
        return _closed(request, partner)

    def save(form):
        _edit(form, request.user)
        return partner

    return _place(request, partner, save, regency=partner.regency)


@permission_required("partners.view_partner")
def identity(request, pk):
    return _section(request, pk, SECTIONS_BY_NAME["identity"])


@permission_required("partners.view_partner")
def work(request, pk):
    return _section(request, pk, SECTIONS_BY_NAME["work"])


@require_POST
@permission_required("partners.view_partner")
def remove_paper(request, pk, paper_pk):
    partner = _found(request, pk)
    paper = get_object_or_404(partner.papers, pk=paper_pk)
    remove = partial(registration.remove_paper, partner)
    done = _("Berkas dihapus.")
    return steps.do(request, paper, remove, done, to=_url("work", partner))


@require_safe
def check(request, pk):
    """All answers on one page, each with the way to change it, before submission."""
    partner, step = steps.find(request, Partner, "submit", pk)
    if refusal := partner.refusal(step, request.user):
        return steps.closed(request, partner, refusal)
    missing = sections.missing(partner)
    return render(
        request,
        "partners/registration/check.html",
        {
            "partner": partner,
            "sections": [
                (section.title, answers(partner, section, request.user, change=True))
                for section in sections.SECTIONS
            ],
            "missing": [
                (label, f"{_url(name, partner)}?back=check")
                for name, labels in missing.items()
                for label in labels
            ],
        },
    )


@require_POST
def submit(request, pk):
    partner, _step = steps.find(request, Partner, "submit", pk)
    try:
        registration.submit(partner, by=request.user)
    except ValidationError as refusal:
        steps.say(request, refusal)
        return redirect(_url("check", partner))
    return redirect(_url("submitted", partner))


@require_safe
@permission_required("partners.view_partner")
def submitted(request, pk):
    """The reference number, what happens next and how long it takes."""
    partner = _found(request, pk)
    if partner.status != Status.SUBMITTED:
        return redirect(partner)
    context = {"partner": partner, "decide": Partner.STEPS.turn_at(Status.VERIFYING)}
    return render(request, "partners/registration/submitted.html", context)


def _found(request, pk):
    return get_object_or_404(Partner.objects.visible_to(request.user).for_page(), pk=pk)


def _place(request, partner, save, *, regency=None):
    """Where (by GET, narrowing down the units), then unit and kind (by POST)."""
    where = WhereForm(request.GET, regency=regency)
    form = None
    if where.chosen:
        form = PlaceForm(
            request.POST or None,
            instance=partner,
            user=request.user,
            regency=where.chosen,
            offices=_offices_for(request.user, where.chosen),
        )
        if form.is_valid():
            with form.refusals():
                partner = save(form)
                return _onwards(request, partner, "place")
    context = {"partner": partner, "where": where, "form": form}
    return render(request, "partners/registration/place.html", context)


def _offices_for(user, regency):
    """An officer chooses in his own branch, an applicant in the region he lives in."""
    if user.acting and user.acting.is_staff:
        return Office.objects.visible_to(user).choosable()
    return Office.objects.choosable().filter(region=regency.province.region_id)


def _section(request, pk, section):
    partner = _found(request, pk)
    may = sections.editable(partner, request.user).intersection(section.asks)
    form = SECTION_FORMS[section.name](
        request.POST or None,
        request.FILES or None,
        instance=partner,
        user=request.user,
        may=may or section.asks,
    )
    if not may:
        return _closed(request, partner, form)
    if form.is_valid():
        with form.refusals():
            _edit(form, request.user)
            return _onwards(request, partner, section.name)
    return render(
        request,
        "partners/registration/section.html",
        {
            "partner": partner,
            "section": section,
            "form": form,
            "papers": partner.papers,
            "repairs": repairs(partner),
        },
    )


def _edit(form, user):
    registration.edit(
        form.save(commit=False),
        revision=form.seen_revision,
        changed=form.changed,
        fields=form.cleaned_data.get("fields", ()),
        papers=form.cleaned_data.get("papers", ()),
        by=user,
    )


def _closed(request, partner, form=None):
    refusal = _("Isian ini tidak dapat Anda ubah pada status “%(status)s”.") % {
        "status": partner.get_status_display()
    }
    return steps.closed(request, partner, refusal, form)


def _onwards(request, partner, name):
    """Back to the check page if one came from there, else to the next screen."""
    if not partner.is_being_registered:
        messages.success(request, _("Perubahan tersimpan."))
        return redirect(partner)
    names = [section.name for section in sections.SECTIONS]
    following = names[names.index(name) + 1 :]
    if following and request.GET.get("back") != "check":
        return redirect(_url(following[0], partner))
    if request.user.has_perm("partners.submit_partner"):
        return redirect(_url("check", partner))
    messages.success(request, _("Draf tersimpan. Operator unit mengajukannya."))
    return redirect(partner)


def _url(name, partner):
    return reverse(f"partners:{name}", args=[partner.pk])
