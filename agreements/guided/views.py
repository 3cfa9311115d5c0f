"""Two screens and where one stands: the group first, then the MoU."""

from functools import partial

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements.guided import services
from agreements.guided.forms import JoinForm
from agreements.register.models import Agreement
from pokmas.accounts.permissions import require
from pokmas.forms.base import StepForm
from pokmas.steps import pages as steps


def guide(request, pk):
    agreement, step = steps.find(request, Agreement, "guide", pk)
    require(request.user, "partners.add_communitygroup")
    require(request.user, "partners.change_communitygroup")
    group = services.group_of(agreement.partnership)
    nota = services.nota_of(agreement, group) if group else None
    asked = "nota" if group else "group"
    # An answer to the screen before, sent twice, is no answer to this one.
    answered = request.method == "POST" and request.POST.get("screen") == asked
    form = _form(request, agreement, asked, *steps.sent(request) if answered else ())
    if refusal := agreement.refusal(step, request.user):
        return steps.closed(request, agreement, refusal, form)
    if _is_too_late(request, group):
        words = _("Mitra ini sudah masuk ke kelompok “%(group)s”.") % {"group": group}
        joining = _form(request, agreement, "group", *steps.sent(request))
        return steps.closed(request, agreement, words, joining)
    if request.method == "POST" and (nota or not answered):
        return redirect(nota or "agreements:guide", *() if nota else (agreement.pk,))
    if form.is_valid():
        service = services.draft_nota
        if asked == "group":
            service = partial(services.join, **_answers(form))
        if steps.taken(request, agreement, step, form, service):
            return _onward(agreement, asked)
    context = {
        "agreement": agreement,
        "form": form,
        "asked": "" if nota else asked,
        "stages": _stages(agreement, group, nota),
        "nota": nota,
    }
    return render(request, "agreements/guided/guide.html", context)


def _is_too_late(request, group) -> bool:
    """Whether another one has put the partner into another group meanwhile."""
    if group is None or request.POST.get("screen") != "group":
        return False
    if chosen := request.POST.get("group"):
        return chosen != str(group.pk)
    return request.POST.get("name", "").strip() != group.name


def _form(request, agreement, asked, *sent):
    form = JoinForm if asked == "group" else StepForm
    return form(*sent, user=request.user, record=agreement)


def _answers(form):
    return {
        name: form.cleaned_data[name] for name in ("group", "name", "field", "role")
    }


def _onward(agreement, asked):
    if asked == "group":
        return redirect("agreements:guide", agreement.pk)
    return redirect(
        services.nota_of(agreement, services.group_of(agreement.partnership))
    )


def _stages(agreement, group, nota):
    """How far each part is, for `components/_steps.html`."""
    partner = agreement.partnership
    return [
        {
            "title": agreement.partner.name,
            "url": agreement.partner.get_absolute_url(),
            "hint": _("Mitra yang sudah bekerja sama dengan unit."),
            "status": partner.get_status_display() if partner else _("Belum ada"),
            "tone": partner.tone if partner else "neutral",
        },
        _stage(_("Kelompok"), group, _("Kelompok yang ada, atau usulan baru.")),
        _stage(
            _("Nota kesepahaman"), nota, _("Dibahas, ditelaah, lalu ditandatangani.")
        ),
    ]


def _stage(title, record, hint):
    if record is None:
        words = {"status": _("Belum ada"), "tone": "neutral", "url": ""}
        return {"title": title, "hint": hint, **words}
    return {
        "title": f"{title}: {record}",
        "hint": hint,
        "status": record.get_status_display(),
        "tone": record.tone,
        "url": record.get_absolute_url(),
    }
