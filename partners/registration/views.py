"""From the first click to the reference number, by oneself or at a counter."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.declarations.models import Declaration
from partners.kinds.models import PartnerKind
from partners.known.forms import SeekForm
from partners.known.sight import same_here
from partners.known.views import FIND
from partners.registration import services as registration
from partners.registration.forms import (
    SECTION_FORMS,
    LegalPapers,
    PlaceForm,
    SubmitForm,
    WhereForm,
)
from partners.registry import legal, sections
from partners.registry.facts import answers, repairs, task_list
from partners.registry.models import Partner, Partnership
from partners.registry.views import found
from pokmas.accounts.permissions import permission_required
from pokmas.offices.models import Office
from pokmas.steps import pages as steps

Status = Partnership.Status
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
            **_to_prepare(request.GET.get("kind", "")),
            "verify": Partnership.STEPS.turn_at(Status.SUBMITTED),
            "decide": Partnership.STEPS.turn_at(Status.VERIFYING),
        },
    )


def _to_prepare(code: str) -> dict:
    """The kinds to choose from, and what the chosen one is asked for."""
    kinds = list(PartnerKind.objects.in_use())
    kind = next((each for each in kinds if each.code == code), None)
    papers = list(kind.required_papers.in_use()) if kind else []
    return {
        "kinds": kinds,
        "kind": kind,
        "asked": [(paper, legal.WAITS[paper.needed_for]) for paper in papers],
    }


@require_safe
def mine(request):
    """Where an applicant sees how his registration goes."""
    own = list(Partnership.objects.belonging_to(request.user)[:2])
    if not own:
        return redirect("partners:start")
    return redirect(own[0] if len(own) == 1 else "partners:index")


def register(request):
    """The first screen of somebody who registers his organisation or himself."""
    if (draft := registration.own_draft(request.user)) is not None:
        return _go_on(request, draft)

    def save(form):
        partnership = registration.start(form.save(commit=False), by=request.user)
        request.session["assignment"] = request.user.acting.pk
        return partnership

    return _place(request, Partnership(partner=Partner()), save)


def _go_on(request, draft):
    """With the draft that was begun elsewhere meanwhile, say on the telephone; what was
    chosen otherwise here is not taken in silence, nor lost."""
    if request.method != "POST":
        return redirect(draft)
    chosen = {name: request.POST.get(name) for name in ("office", "kind")}
    if chosen == {"office": str(draft.office_id), "kind": draft.partner.kind_id}:
        return _onwards(request, draft, "place")
    messages.warning(
        request,
        _(
            "Pendaftaran Anda sudah dimulai, mungkin di perangkat lain, dengan unit "
            "dan jenis mitra di bawah ini. Ubah di sini bila yang lain yang Anda "
            "maksud."
        ),
    )
    return redirect(_url("place", draft))


@permission_required("partners.add_partner")
def create(request):
    """The first screen of an officer who enters a partner at the counter."""

    def save(form):
        return registration.enter(form.save(commit=False), by=request.user)

    home = request.user.acting.office.regency
    return _place(request, _sought(request), save, regency=home)


@permission_required("partners.view_partner")
def place(request, pk):
    """The first screen once more, as long as it is a draft."""
    partnership = found(request, pk)
    if not sections.editable(partnership, request.user).issuperset(sections.PLACE):
        return closed(request, partnership)

    def save(form):
        _edit(form, partnership, request.user)
        return partnership

    return _place(request, partnership, save, regency=partnership.partner.regency)


@permission_required("partners.view_partner")
def identity(request, pk):
    def save(form, partnership, user):
        registration.edit_identity(
            partnership,
            form.instance,
            revision=form.seen_revision,
            changed=form.changed,
            by=user,
        )

    return _section(request, pk, SECTIONS_BY_NAME["identity"], save)


@permission_required("partners.view_partner")
def work(request, pk):
    return _section(request, pk, SECTIONS_BY_NAME["work"], _edit)


@require_POST
@permission_required("partners.view_partner")
def remove_paper(request, pk, paper_pk):
    partnership = found(request, pk)
    paper = get_object_or_404(partnership.papers, pk=paper_pk)
    remove = partial(registration.remove_paper, partnership)
    done = _("Berkas dihapus.")
    return steps.do(request, paper, remove, done, to=_url("work", partnership))


def check(request, pk):
    """All answers, each with the way to change it; declarations, and off it goes."""

    def service(partnership, *, by):
        registration.submit(partnership, declared=form.said, apart=form.apart, by=by)
        if by.acting.is_staff:
            return _(
                "Pernyataan mitra disimpan sebagai PDF berkode, yang sedang dibuat."
            )
        return None

    partnership, step = steps.find(request, Partnership, "submit", pk)
    form = SubmitForm(
        *steps.sent(request),
        user=request.user,
        record=partnership,
        declarations=Declaration.objects.holding(partnership.office.today),
        alike=_to_compare(partnership, request.user),
    )
    if request.method == "POST" and _has_submitted(partnership, request.user):
        return redirect(_url("submitted", partnership))
    if refusal := partnership.refusal(step, request.user):
        return steps.closed(request, partnership, refusal)
    if form.is_valid() and steps.taken(request, partnership, step, form, service):
        return redirect(_url("submitted", partnership))
    missing = sections.missing(partnership)
    return render(
        request,
        "partners/registration/check.html",
        {
            "partnership": partnership,
            "form": form,
            "sections": [
                (
                    section.title,
                    answers(partnership, section, request.user, change=True),
                )
                for section in sections.SECTIONS
            ],
            "missing": [
                (label, f"{_url(name, partnership)}?back=check")
                for name, labels in missing.items()
                for label in labels
            ],
        },
    )


def _to_compare(partnership, user) -> list:
    """An officer who enters a partner first looks at those that he has already."""
    if partnership.is_self_registered or not user.has_perm(FIND):
        return []
    return same_here(partnership, user)


def _has_submitted(partnership, user):
    """Whether this very person pressed already."""
    return (
        partnership.status == Status.SUBMITTED
        and partnership.submitted_by_id == user.pk
    )


@require_safe
@permission_required("partners.view_partner")
def submitted(request, pk):
    """The reference number, what happens next and how long it takes."""
    partnership = found(request, pk)
    if partnership.status != Status.SUBMITTED:
        return redirect(partnership)
    context = {
        "partnership": partnership,
        "decide": Partnership.STEPS.turn_at(Status.VERIFYING),
    }
    return render(request, "partners/registration/submitted.html", context)


def _place(request, partnership, save, *, regency=None):
    """Where (by GET, narrowing down the units), then unit and kind (by POST)."""
    where = WhereForm(request.GET, regency=regency)
    form = None
    if where.chosen:
        form = PlaceForm(
            request.POST or None,
            instance=partnership,
            user=request.user,
            regency=where.chosen,
            offices=_offices_for(request.user, where.chosen),
        )
        if form.is_valid():
            with form.refusals():
                partnership = save(form)
                return _onwards(request, partnership, "place")
    context = {
        "partnership": partnership,
        "where": where,
        "form": form,
        "marks": _marks(partnership, request.user, "place") if partnership.pk else [],
    }
    return render(request, "partners/registration/place.html", context)


def _marks(partnership, user, here: str) -> list[dict]:
    """How far each screen is, with the way to the others."""
    if not partnership.is_being_registered:
        return []
    names = [section.name for section in sections.SECTIONS]
    return [
        {**step, "hint": "", "url": "" if name == here else step["url"]}
        for name, step in zip(names, task_list(partnership, user), strict=True)
    ]


def _sought(request) -> Partnership:
    """A new one, with what it was looked for by."""
    form = SeekForm(request.GET)
    sought = form.cleaned_data if form.is_valid() else {}
    partner = Partner(name=sought.get("name", ""))
    return Partnership(partner=partner, phone=sought.get("phone", ""))


def _offices_for(user, regency):
    """An officer chooses in his own branch, an applicant in the region he lives in."""
    if user.acting and user.acting.is_staff:
        return registration.offices_of(user)
    return Office.objects.choosable().filter(region=regency.province.region_id)


def _section(request, pk, section, save):
    partnership = found(request, pk)
    user, sent = request.user, (request.POST or None, request.FILES or None)
    may = sections.editable(partnership, user).intersection(section.asks)
    form = SECTION_FORMS[section.name](
        *sent,
        instance=sections.about(partnership, section.asks[0]),
        user=user,
        partner=partnership.partner,
        may=may or section.asks,
    )
    if not may:
        return closed(request, partnership, form)
    more = None
    if "legal" in may:
        more = LegalPapers(
            *sent,
            partnership=partnership,
            user=user,
            is_numbered="registration_number" in form.fields,
        )
    if form.is_bound and _kept(form, more, partnership, user, save):
        return _onwards(request, partnership, section.name)
    return render(
        request,
        "partners/registration/section.html",
        {
            "partnership": partnership,
            "section": section,
            "form": form,
            "more": more,
            "papers": legal.files_of(partnership)[0],
            "marks": _marks(partnership, user, section.name),
            "repairs": repairs(partnership),
        },
    )


def _kept(form, more, partnership, user, save) -> bool:
    """Save what can be; whether that was all.

    As long as it is being registered, what is right is kept although something else is
    wrong or missing; later all is saved or nothing.
    """

    def is_whole():
        return form.is_valid() and not (more and more.total_error_count)

    if not (is_whole() or partnership.is_being_registered):
        return False
    with form.refusals():
        save(form, partnership, user)
    if more and not form.non_field_errors():
        more.save(partial(registration.hand_in, partnership, by=user))
    if is_whole():
        return True
    if not form.non_field_errors():
        form.keep()
    return False


def _edit(form, partnership, user):
    registration.edit(
        form.instance,
        revision=form.seen_revision,
        changed=form.changed,
        fields=form.cleaned_data.get("fields", ()),
        papers=form.cleaned_data.get("papers", ()),
        by=user,
    )


def closed(request, record, form=None):
    """Back to its page, with the reason why its answers stay as they are."""
    refusal = _("Isian ini tidak dapat Anda ubah pada status “%(status)s”.") % {
        "status": record.get_status_display()
    }
    return steps.closed(request, record, refusal, form)


def _onwards(request, partnership, name):
    """Back to the check page if one came from there, else to the next screen."""
    if not partnership.is_being_registered:
        messages.success(request, _("Perubahan tersimpan."))
        return redirect(partnership)
    names = [section.name for section in sections.SECTIONS]
    following = names[names.index(name) + 1 :]
    if following and request.GET.get("back") != "check":
        return redirect(_url(following[0], partnership))
    if request.user.has_perm("partners.submit_partner"):
        return redirect(_url("check", partnership))
    messages.success(request, _("Draf tersimpan. Operator unit mengajukannya."))
    return redirect(partnership)


def _url(name, partnership):
    return reverse(f"partners:{name}", args=[partnership.pk])
