"""Who acts for a partner: who they are, one more, one less; and coming in by a link."""

from functools import partial

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from partners.colleagues import invitations, services
from partners.colleagues.forms import MAY, InviteForm, JoinForm, RoleForm
from partners.colleagues.models import Invitation
from partners.registry.models import Partnership, Representative
from pokmas.accounts import mail
from pokmas.accounts.models import User
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.roles import Role
from pokmas.steps import pages as steps


@require_safe
@permission_required("partners.view_colleague")
def colleagues(request, pk):
    partnership = _own(request, pk)
    rows = list(_acting(partnership).order_by("pk"))
    mine = next(each for each in rows if each.user == request.user)
    asked = Invitation.objects.of(partnership.partner_id).open()
    context = {
        "partnership": partnership,
        "colleagues": [
            (each, services.may_manage(mine, each), services.is_last(each))
            for each in rows
        ],
        "invitations": asked.select_related("invited_by", "partnership"),
    }
    return render(request, "partners/colleagues/colleagues.html", context)


@permission_required("partners.represent_partner")
def invite(request, pk):
    partnership = _own(request, pk)
    initial = {"role": Role.PARTNER_WRITER}
    form = InviteForm(request.POST or None, user=request.user, initial=initial)
    if form.is_valid():
        with form.refusals():
            invitation = services.invite(
                partnership, **form.cleaned_data, by=request.user
            )
            _send(request, invitation)
            return redirect("partners:colleagues", pk)
    context = {"partnership": partnership, "form": form}
    return render(request, "partners/colleagues/invite.html", context)


def _send(request, invitation):
    sent = mail.send(
        "colleague",
        invitation.email,
        person=invitation.email,
        link=invitations.link_for(invitation),
        partnership=invitation.partnership,
        may=MAY[invitation.role],
        by=request.user,
        days=invitation.VALID_FOR.days,
    )
    if sent:
        done = _("Undangan dikirim ke %(email)s.") % {"email": invitation.email}
        messages.success(request, done)
    else:
        messages.warning(
            request,
            _("Surel belum dapat dikirim. Kirim ulang undangannya nanti."),
        )


@require_POST
@permission_required("partners.represent_partner")
def resend(request, pk, invitation_pk):
    invitation = _asked(request, pk, invitation_pk)
    try:
        services.resend(invitation, by=request.user)
    except ValidationError as refusal:
        steps.say(request, refusal)
    else:
        _send(request, invitation)
    return redirect("partners:colleagues", pk)


@require_POST
@permission_required("partners.represent_partner")
def withdraw(request, pk, invitation_pk):
    invitation = _asked(request, pk, invitation_pk)
    page = reverse("partners:colleagues", args=[pk])
    done = _("Undangan ditarik; tautannya tidak berlaku lagi.")
    return steps.do(request, invitation, services.withdraw, done, to=page)


@permission_required("partners.represent_partner")
def role(request, pk, colleague_pk):
    partnership = _own(request, pk)
    colleague = get_object_or_404(_acting(partnership), pk=colleague_pk)
    form = RoleForm(
        request.POST or None, user=request.user, initial={"role": colleague.role}
    )
    if form.is_valid():
        with form.refusals():
            services.change_role(
                colleague, partnership, **form.cleaned_data, by=request.user
            )
            said = {"name": colleague.user, "role": colleague.get_role_display()}
            messages.success(request, _("%(name)s kini %(role)s.") % said)
            if colleague.user == request.user:
                return redirect("home")
            return redirect("partners:colleagues", pk)
    context = {"partnership": partnership, "colleague": colleague, "form": form}
    return render(request, "partners/colleagues/role.html", context)


@require_POST
@permission_required("partners.view_colleague")
def remove(request, pk, colleague_pk):
    partnership = _own(request, pk)
    rows = Representative.objects.filter(partner=partnership.partner_id)
    colleague = get_object_or_404(rows, pk=colleague_pk)
    do = partial(services.remove, partnership=partnership)
    done = _("%(name)s tidak lagi mewakili mitra ini.") % {"name": colleague.user}
    page = reverse("partners:colleagues", args=[pk])
    if colleague.user == request.user and not services.is_last(colleague):
        page = reverse("home")
    return steps.do(request, colleague, do, done, to=page)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def join(request, token):
    """Behind the link: for who has an account, and for who makes one."""
    invitation, user = invitations.read(token), request.user
    if invitation is None or invitation.refusal:
        return _over(request, invitation)
    if not user.is_authenticated and invitation.has_account:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    form = None
    if not user.is_authenticated:
        person = User(email=invitation.email)
        form = JoinForm(request.POST or None, person=person)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return _join(request, invitation, form)
        except ValidationError as refusal:
            steps.say(request, refusal)
            return redirect(request.get_full_path() if form else "home")
    context = {
        "invitation": invitation,
        "form": form,
        "may": MAY[invitation.role],
        "is_his": form is not None or user.email == invitation.email,
        "is_officer": form is None and services.is_officer(user),
    }
    return render(request, "partners/colleagues/join.html", context)


def _over(request, invitation):
    """Who came in by this very link goes on; everybody else reads why it is over."""
    user = request.user
    if invitation and user.is_authenticated and invitation.email == user.email:
        rows = Partnership.objects.visible_to(user)
        if invitation.accepted_at and rows.filter(pk=invitation.partnership_id):
            return redirect(invitation.partnership)
    context = {"invitation": invitation}
    return render(request, "partners/colleagues/over.html", context, status=410)


def _join(request, invitation, form):
    if form is None:
        services.join(invitation, by=request.user)
        request.session["assignment"] = request.user.acting.pk
        return redirect(invitation.partnership)
    answers = {name: form.cleaned_data[name] for name in ("full_name", "password")}
    person = services.open_account(invitation, **answers)
    services.join(invitation, by=person)
    answer = Login(
        user=person,
        email=person.email,
        redirect_url=invitation.partnership.get_absolute_url(),
    )
    return perform_login(request, answer)


def _own(request, pk) -> Partnership:
    own = Partnership.objects.belonging_to(request.user).for_page()
    return get_object_or_404(own, pk=pk)


def _acting(partnership) -> QuerySet[Representative]:
    rows = Representative.objects.current().filter(partner=partnership.partner_id)
    return rows.select_related("user")


def _asked(request, pk, invitation_pk) -> Invitation:
    rows = Invitation.objects.visible_to(request.user).of(_own(request, pk).partner_id)
    return get_object_or_404(
        rows.select_related("partnership__partner", "partnership__office"),
        pk=invitation_pk,
    )
