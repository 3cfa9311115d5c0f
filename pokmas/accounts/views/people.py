"""The people of the own branch: list, person, invitation, assignment, closing."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts import invitations, mail
from pokmas.accounts.columns import PEOPLE, SIGN_INS
from pokmas.accounts.filters import PersonFilter, SignInFilter
from pokmas.accounts.forms import (
    AssignmentForm,
    AuditedReasonForm,
    EndForm,
    InvitationForm,
)
from pokmas.accounts.models import Assignment, AssignmentRequest, SignIn, User
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.services import people
from pokmas.audit.services import note_reading, timeline
from pokmas.lists.pages import show
from pokmas.offices.models import Office
from pokmas.records.constraints import in_words
from pokmas.steps import pages as steps

# What the page of a person asks a reason for, each in a dialogue of its own.
QUESTIONS = ["resetting", "closing", "opening"]


@require_safe
@vary_on_headers("HX-Request")
@permission_required("accounts.view_user")
def index(request):
    persons = User.objects.visible_to(request.user).for_list()
    filters = PersonFilter(request.GET, persons, user=request.user)
    return show(
        request,
        PEOPLE,
        filters,
        "pokmas/accounts/index.html",
        whole=lambda: {
            "may_invite": bool(people.appointable_roles(request.user)),
            "waiting": AssignmentRequest.objects.awaiting(request.user).count(),
        },
    )


@require_safe
@permission_required("accounts.view_user")
def detail(request, pk):
    return _show(request, _person(request, pk))


def _show(request, person, **refused):
    """The page of a person; `refused` is a form of one of its questions."""
    assignments = list(
        Assignment.objects.visible_to(request.user)
        .filter(user=person)
        .select_related("office", "created_by")
    )
    context = {
        "person": person,
        "assignments": [
            (
                assignment,
                not assignment.is_over and people.may_end(request.user, assignment),
            )
            for assignment in assignments
        ],
        "elsewhere": person.assignments.not_over().count()
        > sum(not assignment.is_over for assignment in assignments),
        "may_manage": people.may_manage(request.user, person),
        "may_assign": person != request.user
        and person.is_active
        and bool(people.appointable_roles(request.user)),
        "sign_ins": person.sign_ins.all()[:5],
        "has_second_factor": person.has_second_factor,
        "entries": timeline(person, request.user),
        **{name: _reason_form(name) for name in QUESTIONS},
        **refused,
    }
    return render(request, "pokmas/accounts/detail.html", context)


def _reason_form(name, data=None):
    return AuditedReasonForm(data, auto_id=f"{name}_%s")


@require_safe
@vary_on_headers("HX-Request")
@permission_required("accounts.view_user")
def history(request, pk):
    """Who may see the person may see from where and when he signed in."""
    person = _person(request, pk)
    filters = SignInFilter(request.GET, SignIn.objects.filter(user=person))
    note_reading(request.user, person, "sign_ins")
    return show(
        request,
        SIGN_INS,
        filters,
        "pokmas/accounts/history.html",
        whole=lambda: {"person": person},
        about=person,
    )


@permission_required("accounts.appoint_user")
def invite(request):
    offices = Office.objects.visible_to(request.user)
    form = InvitationForm(request.POST or None, user=request.user, offices=offices)
    if form.is_valid() and "back" not in request.POST:
        try:
            person = people.invite(
                form.save(commit=False),
                email=form.cleaned_data["email"],
                full_name=form.cleaned_data["full_name"],
                owner=form.cleaned_data["owner"],
                by=request.user,
            )
        except people.AddressInUse as found:
            return _ask_whether_meant(request, form, found.owner)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            _tell_about_assignment(request, person, form.instance)
            return redirect(person)
    return render(request, "pokmas/accounts/invite.html", {"form": form})


def _ask_whether_meant(request, form, owner):
    """Nothing has happened: say whose address it is, and what will become of it."""
    context = {
        "form": form,
        "owner": owner,
        "assignment": form.instance,
        "typed_name": form.cleaned_data["full_name"],
        "is_proven": people.has_proved_address(owner),
    }
    return render(request, "pokmas/accounts/invite_owner.html", context)


@require_POST
@permission_required("accounts.appoint_user")
def invite_again(request, pk):
    person = _person(request, pk)
    try:
        people.renew_invitation(person, by=request.user)
    except ValidationError as refusal:
        steps.say(request, refusal)
    else:
        person.refresh_from_db()
        assignment = person.assignments.not_over().select_related("office").first()
        _tell_about_assignment(request, person, assignment)
    return redirect(person)


@permission_required("accounts.appoint_user")
def assign(request, pk):
    person = _person(request, pk)
    offices = Office.objects.visible_to(request.user)
    form = AssignmentForm(request.POST or None, user=request.user, offices=offices)
    if form.is_valid():
        with form.refusals():
            people.assign(form.save(commit=False), person, by=request.user)
            _tell_about_assignment(request, person, form.instance)
            return redirect(person)
    context = {"form": form, "person": person}
    return render(request, "pokmas/accounts/assign.html", context)


@permission_required("accounts.appoint_user")
def end(request, pk):
    assignment = get_object_or_404(
        Assignment.objects.visible_to(request.user).select_related("user", "office"),
        pk=pk,
    )
    form = EndForm(request.POST or None, initial={"on": assignment.office.today})
    if form.is_valid():
        with form.refusals():
            people.end_assignment(assignment, **form.cleaned_data, by=request.user)
            messages.success(request, _("Penugasan diakhiri."))
            return redirect(assignment.user)
    context = {"form": form, "assignment": assignment, "person": assignment.user}
    return render(request, "pokmas/accounts/end.html", context)


@require_POST
@permission_required("accounts.appoint_user")
def deactivate(request, pk):
    return _change(
        request,
        pk,
        "closing",
        people.deactivate,
        _("Akun dinonaktifkan dan dikeluarkan."),
    )


@require_POST
@permission_required("accounts.appoint_user")
def reactivate(request, pk):
    return _change(request, pk, "opening", people.reactivate, _("Akun aktif kembali."))


@require_POST
@permission_required("accounts.appoint_user")
def reset_second_factor(request, pk):
    return _change(
        request,
        pk,
        "resetting",
        people.reset_second_factor,
        _("Langkah kedua dihapus. Orang ini memasangnya lagi saat masuk berikutnya."),
        mail_name="second_factor_reset",
    )


def _change(request, pk, question, service, done, mail_name=None):
    """One verb on an account, which always needs a reason."""
    person = _person(request, pk)
    form = _reason_form(question, request.POST)
    if not form.is_valid():
        return _show(request, person, **{question: form})
    try:
        with in_words():
            service(person, reason=form.cleaned_data["reason"], by=request.user)
    except ValidationError as refusal:
        return steps.closed(request, person, refusal.messages[0], form)
    messages.success(request, done)
    if mail_name:
        mail.send(mail_name, person.email, person=person)
    return redirect(person)


def _person(request, pk):
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    rows = User.objects.visible_to(request.user)
    return get_object_or_404(rows.annotate(has_second_factor=Exists(factors)), pk=pk)


def _tell_about_assignment(request, person, assignment):
    """Mail the link or the news, and say honestly whether the mail went out."""
    context = {"person": person, "assignment": assignment, "by": request.user}
    if person.is_invited:
        link = invitations.link_for(person)
        sent = mail.send(
            "invitation",
            person.email,
            link=link,
            days=invitations.VALID_FOR.days,
            **context,
        )
        done = _("Undangan dikirim ke %(email)s.") % {"email": person.email}
    else:
        sent = mail.send("assignment", person.email, **context)
        done = _("Penugasan disimpan dan diberitahukan kepada %(email)s.") % {
            "email": person.email
        }
    if sent:
        messages.success(request, done)
    else:
        messages.warning(
            request,
            _(
                "Penugasan tersimpan, tetapi surel ke %(email)s belum dapat dikirim. "
                "Coba kirim lagi nanti."
            )
            % {"email": person.email},
        )
