"""Where a head names who stands in for him."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from pokmas.accounts import mail
from pokmas.accounts.forms import SubstituteForm
from pokmas.accounts.models import Assignment
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.services import substitutes
from pokmas.notices.services import notify
from pokmas.steps import pages as steps
from pokmas.words import dates


@permission_required(substitutes.NAME)
def index(request):
    if not substitutes.may_name(request.user):
        messages.error(request, _("Pengganti tidak dapat menunjuk pengganti lagi."))
        return redirect("accounts:me")
    form = SubstituteForm(request.POST or None, user=request.user)
    if form.is_valid():
        with form.refusals():
            named = substitutes.name_substitute(
                form.save(commit=False), by=request.user
            )
            _tell(request, named)
            return redirect("accounts:substitutes")
    context = {"form": form, "named": substitutes.named_at(request.user.acting)}
    return render(request, "pokmas/accounts/substitutes.html", context)


@require_POST
@permission_required(substitutes.NAME)
def end(request, pk):
    seen = Assignment.objects.visible_to(request.user)
    assignment = get_object_or_404(seen, pk=pk)
    done = _("Anda tidak digantikan lagi.")
    service = substitutes.end_substitution
    return steps.do(request, assignment, service, done, to="accounts:substitutes")


def _tell(request, named):
    """By the mail about every assignment, and by a notice, which needs no mail then."""
    holder = request.user
    notify(
        named.user,
        kind="accounts.substitute",
        title=gettext_lazy("Anda menggantikan %(holder)s sampai %(day)s"),
        body=gettext_lazy(
            "Sejak %(from)s. Di Beranda Anda memilih bertindak sebagai %(post)s."
        ),
        words={
            "holder": holder,
            "post": lambda: str(named),
            "from": lambda: dates.date_long(named.starts_on),
            "day": lambda: dates.date_long(named.ends_on),
        },
        url=reverse("home"),
        key=f"substitute:{named.pk}",
        by_mail=False,
    )
    if mail.send(
        "assignment",
        named.user.email,
        person=named.user,
        assignment=named,
        by=holder,
    ):
        done = _("%(name)s ditunjuk sebagai pengganti dan diberi tahu.")
        messages.success(request, done % {"name": named.user})
    else:
        done = _(
            "%(name)s ditunjuk sebagai pengganti dan diberi tahu di portal; surel "
            "belum dapat dikirim."
        )
        messages.warning(request, done % {"name": named.user})
