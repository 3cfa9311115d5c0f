"""The pages of a volunteer: his own way in, his page, and what officers read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from partners.registration.forms import WhereForm
from partners.registration.views import closed
from partners.volunteers import parts, services
from partners.volunteers.columns import VOLUNTEERS
from partners.volunteers.facts import VIEW_NIK, answers, compared, promised
from partners.volunteers.filters import VolunteerFilter
from partners.volunteers.first import VOLUNTEER
from partners.volunteers.forms import (
    DecideForm,
    NikForm,
    OfferForm,
    PersonForm,
    SubmitForm,
)
from partners.volunteers.models import Promise, Volunteer
from pokmas.accounts.models import ConsentText
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.privacy import CONTACT
from pokmas.audit.services import note_reading, timeline
from pokmas.lists.pages import show
from pokmas.offices.models import Office
from pokmas.papers.kinds import panels
from pokmas.steps import pages as steps
from pokmas.steps import reviews
from pokmas.steps.since import judged_before

Status = Volunteer.Status
VIEW = "partners.view_volunteer"

# Registering


@login_not_required
@require_safe
def start(request):
    """What to prepare, how long it takes, what happens next; for everybody."""
    user, today = request.user, timezone.localdate()
    context = {
        "running": services.running_of(user) if user.is_authenticated else None,
        "is_staff": bool(getattr(user, "acting", None) and user.acting.is_staff),
        "age": services.youngest(today),
        "decide": Volunteer.STEPS.turn_at(Status.SUBMITTED),
        "promise": Promise.objects.holding(today),
    }
    return render(request, "partners/volunteers/start.html", context)


@require_safe
def mine(request):
    """The own page of a volunteer; who is none yet is told how to become one."""
    own = Volunteer.objects.belonging_to(request.user).order_by("-pk").first()
    if own is None:
        return redirect("partners:volunteer_start")
    if not request.user.has_perm(VIEW):
        messages.info(
            request, _("Ganti dahulu ke peran Sahabat Pemasyarakatan di atas halaman.")
        )
        return redirect("reports:home")
    return redirect(own)


def register(request):
    """The first screen of somebody who wants to help."""
    user = request.user
    if (running := services.running_of(user)) is not None:
        return redirect(running)

    def save(form):
        volunteer = services.start(form.save(commit=False), by=user)
        request.session["assignment"] = user.acting.pk
        return volunteer

    return _person(request, Volunteer(name=user.full_name), parts.ALL, save)


@permission_required("partners.add_volunteer")
def enter(request):
    """The first screen of an officer who writes down a volunteer at the counter."""

    def save(form):
        return services.enter(form.save(commit=False), by=request.user)

    return _person(request, Volunteer(), parts.ALL, save)


@permission_required(VIEW)
def person(request, pk):
    volunteer = found(request, pk)
    may = parts.editable(volunteer, request.user)
    form_class, part = PersonForm, parts.PARTS[0]
    if not may.intersection(part.asks):
        return closed(request, volunteer)
    if "regency" not in may:
        return _part(request, volunteer, part, form_class, may)

    def save(form):
        _edit(form, volunteer, request.user)
        return volunteer

    return _person(request, volunteer, may, save)


@permission_required(VIEW)
def offer(request, pk):
    volunteer = found(request, pk)
    may = parts.editable(volunteer, request.user)
    return _part(request, volunteer, parts.PARTS[1], OfferForm, may)


def check(request, pk):
    """All answers, each with the way to change it; the promise, and off it goes."""
    volunteer, step = steps.find(request, Volunteer, "submit", pk)
    promise = Promise.objects.holding(volunteer.office.today)
    consent = ConsentText.objects.newest(VOLUNTEER)
    form = SubmitForm(
        *steps.sent(request),
        user=request.user,
        record=volunteer,
        promise=promise,
        consent=consent,
    )
    is_sent = volunteer.status == Status.SUBMITTED and volunteer.user == request.user
    if is_sent and request.method == "POST":
        return redirect("partners:volunteer_submitted", pk)
    if refusal := volunteer.refusal(step, request.user):
        return steps.closed(request, volunteer, refusal)
    if form.is_valid():
        with form.refusals():
            services.submit(volunteer, **form.texts(), by=request.user)
            return redirect("partners:volunteer_submitted", pk)
    context = {
        "volunteer": volunteer,
        "form": form,
        "promise": promise,
        "consent": consent,
        "marks": _marks(parts.CHECK),
        "parts": [
            (part.title, answers(volunteer, part, request.user, change=True))
            for part in parts.PARTS
        ],
        "missing": [
            (label, f"{_url(part, volunteer)}?back=check")
            for part, label in parts.missing(volunteer)
        ],
    }
    return render(request, "partners/volunteers/check.html", context)


@require_safe
@permission_required(VIEW)
def submitted(request, pk):
    """The reference number, what happens next and how long it takes."""
    volunteer = found(request, pk)
    if volunteer.status != Status.SUBMITTED:
        return redirect(volunteer)
    context = {"volunteer": volunteer}
    return render(request, "partners/volunteers/submitted.html", context)


# Reading and deciding


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def index(request):
    rows = Volunteer.objects.visible_to(request.user).for_list()
    filters = VolunteerFilter(request.GET, rows, user=request.user)
    return show(request, VOLUNTEERS, filters, "partners/volunteers/index.html")


@require_safe
@permission_required(VIEW)
def detail(request, pk):
    volunteer, user = found(request, pk), request.user
    if user.has_perm(CONTACT) and not volunteer.is_represented_by(user):
        note_reading(user, volunteer, "phone", "email")
    context = {
        "volunteer": volunteer,
        "is_own": volunteer.user_id == user.pk,
        "parts": [(part.title, answers(volunteer, part, user)) for part in parts.PARTS],
        "editable_parts": parts.editable_parts(volunteer, user),
        "promised": promised(volunteer),
        "panels": panels(volunteer, user),
        "timeline": timeline(volunteer, user),
    }
    return render(request, "partners/volunteers/detail.html", context)


def decide(request, pk):
    """Accept, return or decline, beside what he told of himself."""

    def service(volunteer, *, by):
        verdict, reason = form.cleaned_data["verdict"], form.cleaned_data["reason"]
        if verdict == Status.ACTIVE:
            services.accept(volunteer, by=by)
            return _("Sahabat diterima dan diberi tahu.")
        if verdict == Status.RETURNED:
            services.return_for_repair(volunteer, reason=reason, by=by)
            return _("Pendaftaran dikembalikan; pendaftar diberi tahu.")
        services.decline(volunteer, reason=reason, by=by)
        return _("Pendaftaran ditolak; pendaftar diberi tahu alasannya.")

    def given():
        known = Volunteer.objects.same_person(volunteer)
        seen = list(known.visible_to(request.user))
        before = judged_before(
            volunteer, judged=Status.SUBMITTED, returned=Status.RETURNED
        )
        return {
            "volunteer": volunteer,
            "parts": [
                (part.title, compared(volunteer, part, request.user, before))
                for part in parts.PARTS
            ],
            "promised": promised(volunteer),
            "known": seen,
            "known_elsewhere": known.count() - len(seen),
            "returned_at": before and before.pgh_created_at,
        }

    volunteer, step = steps.find(request, Volunteer, "decide", pk)
    form = DecideForm(*steps.sent(request), user=request.user, record=volunteer)
    template = "partners/volunteers/decide.html"
    return reviews.judge(request, volunteer, step, form, template, given, service)


@never_cache
def nik(request, pk):
    """The number in clear, once, for a reason that stands in the trail."""
    volunteer, step = steps.find(request, Volunteer, "nik", pk)
    form = step.form(*steps.sent(request), user=request.user, record=volunteer)
    number = ""
    if refusal := volunteer.refusal(step, request.user):
        return steps.closed(request, volunteer, refusal, form, step)
    if form.is_valid():
        with form.refusals():
            reason = form.cleaned_data["reason"]
            number = services.show_nik(volunteer, reason=reason, by=request.user)
    context = {"volunteer": volunteer, "form": form, "step": step, "number": number}
    return render(request, "partners/volunteers/nik.html", context)


@never_cache
@permission_required(VIEW_NIK)
def find_by_nik(request):
    """Who has this very number; it is sent in the body, so that no address holds it."""
    form = NikForm(*steps.sent(request), user=request.user)
    context = {"form": form}
    if form.is_valid():
        number = form.cleaned_data["nik"]
        seen, elsewhere = services.find_by_nik(number, by=request.user)
        form = NikForm(user=request.user)
        context = {"form": form, "seen": seen, "elsewhere": elsewhere, "asked": True}
    return render(request, "partners/volunteers/find.html", context)


def found(request, pk) -> Volunteer:
    """What the address names, as far as this person may see it."""
    rows = Volunteer.objects.visible_to(request.user).for_page()
    return get_object_or_404(rows.knowing(request.user), pk=pk)


def _person(request, volunteer, may, save):
    """Where he lives narrows down the units; then who he is and which unit.

    The place is asked by GET until it is known, and from then on within the form, so
    that another one can be chosen and nothing typed is lost.
    """
    regency = _home(request.user, volunteer)
    where, form = WhereForm(_place(request), regency=regency), None
    if where.chosen or request.method == "POST":
        form = PersonForm(
            request.POST or None,
            instance=volunteer,
            user=request.user,
            may=may,
            regency=where.chosen,
            offices=_offices_for(request.user, where.chosen),
        )
        if form.is_valid() and where.chosen:
            with form.refusals():
                return _onwards(request, save(form), parts.PARTS[0])
    context = {
        "volunteer": volunteer,
        "where": where,
        "form": form,
        "part": parts.PARTS[0],
        "marks": _marks(parts.PARTS[0].title),
    }
    return render(request, "partners/volunteers/person.html", context)


def _home(user, volunteer):
    """Where the question of his place begins; an officer has most from near by."""
    if volunteer.regency_id:
        return volunteer.regency
    return user.acting.office.regency if _is_officer(user) else None


def _offices_for(user, regency):
    """An officer chooses in his own branch, an applicant in the region he lives in."""
    offices = Office.objects.choosable()
    if _is_officer(user):
        return offices & Office.objects.visible_to(user)
    return offices.filter(region=regency and regency.province.region_id)


def _is_officer(user) -> bool:
    return bool(user.acting and user.acting.is_staff)


def _place(request) -> dict:
    """The answers of where he lives; in a form that is to be saved none may lack."""
    if "province" not in request.POST:
        return request.GET
    answers = request.POST.dict()
    return answers if "choose" in answers else answers | {"go": "1"}


def _part(request, volunteer, part, form_class, may):
    may = may.intersection(part.asks)
    form = form_class(
        request.POST or None,
        instance=volunteer,
        user=request.user,
        may=may or part.asks,
    )
    if not may:
        return closed(request, volunteer, form)
    if form.is_valid():
        with form.refusals():
            _edit(form, volunteer, request.user)
            return _onwards(request, volunteer, part)
    context = {
        "volunteer": volunteer,
        "form": form,
        "part": part,
        "marks": _marks(part.title) if volunteer.is_being_registered else [],
    }
    return render(request, "partners/volunteers/part.html", context)


def _edit(form, volunteer, user):
    services.edit(
        form.save(commit=False),
        revision=form.seen_revision,
        changed=form.changed,
        skills=form.cleaned_data.get("skills", ()),
        interests=form.cleaned_data.get("interests", ()),
        nik=form.cleaned_data.get("nik", ""),
        by=user,
    )


def _onwards(request, volunteer, part):
    """To the next screen; the last of them shows all that was said."""
    if not volunteer.is_being_registered:
        messages.success(request, _("Perubahan tersimpan."))
        return redirect(volunteer)
    following = parts.PARTS[parts.PARTS.index(part) + 1 :]
    if following and request.GET.get("back") != "check":
        return redirect(_url(following[0], volunteer))
    if _is_officer(request.user):
        messages.success(
            request,
            _("Draf tersimpan. Cetak slipnya: Sahabat sendiri yang mengajukannya."),
        )
        return redirect(volunteer)
    return redirect("partners:volunteer_check", volunteer.pk)


def _marks(here) -> list[tuple]:
    """The screens of the registration: label, whether behind, whether this one."""
    place = parts.TITLES.index(here)
    return [
        (title, number < place, number == place)
        for number, title in enumerate(parts.TITLES)
    ]


def _url(part, volunteer):
    return reverse(f"partners:volunteer_{part.name}", args=[volunteer.pk])
