"""Who acts for a partner: who they are, one more, one less; and coming in by a link."""

from functools import partial

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from partners.colleagues import invitations, services
from partners.colleagues.forms import InviteForm, JoinForm
from partners.registry.models import Partnership, Representative
from pokmas.accounts import mail
from pokmas.accounts.models import User
from pokmas.accounts.permissions import permission_required
from pokmas.steps import pages as steps


@permission_required("partners.represent_partner")
def colleagues(request, pk):
    partnership = _own(request, pk)
    form = InviteForm(request.POST or None, user=request.user)
    if form.is_valid():
        with form.refusals():
            email = form.cleaned_data["email"]
            link = services.invite(partnership, email=email, by=request.user)
            _send(request, partnership, email, link)
            return redirect("partners:colleagues", pk)
    rows = Representative.objects.current().filter(partner=partnership.partner_id)
    rows = list(rows.select_related("user").order_by("pk"))
    mine = next(each for each in rows if each.user == request.user)
    context = {
        "partnership": partnership,
        "form": form,
        "colleagues": [(each, services.may_remove(mine, each)) for each in rows],
    }
    return render(request, "partners/colleagues/colleagues.html", context)


def _send(request, partnership, email, link):
    sent = mail.send(
        "colleague",
        email,
        person=email,
        link=link,
        partnership=partnership,
        by=request.user,
        days=invitations.VALID_FOR.days,
    )
    if sent:
        done = _("Undangan dikirim ke %(email)s.") % {"email": email}
        messages.success(request, done)
    else:
        messages.warning(request, _("Surel belum dapat dikirim. Coba lagi nanti."))


@require_POST
@permission_required("partners.represent_partner")
def remove(request, pk, colleague_pk):
    partnership = _own(request, pk)
    rows = Representative.objects.filter(partner=partnership.partner_id)
    colleague = get_object_or_404(rows, pk=colleague_pk)
    do = partial(services.remove, partnership=partnership)
    done = _("%(name)s tidak lagi mewakili mitra ini.") % {"name": colleague.user}
    page = reverse("partners:colleagues", args=[pk])
    if colleague.user == request.user:
        page = reverse("home")
    return steps.do(request, colleague, do, done, to=page)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def join(request, token):
    """Behind the link: for who has an account, and for who makes one."""
    invitation = invitations.read(token)
    if invitation is None:
        return render(request, "partners/colleagues/over.html", status=410)
    user = request.user
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
        "is_his": form is not None or user.email == invitation.email,
    }
    return render(request, "partners/colleagues/join.html", context)


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
    own = Partnership.objects.represented_by(request.user).for_page()
    return get_object_or_404(own, pk=pk)
