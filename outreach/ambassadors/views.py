"""Ambassadors and their terms, the log of their contacts, and what came of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from outreach.ambassadors import funnel as funnels
from outreach.ambassadors import services
from outreach.ambassadors.columns import AMBASSADORS, CONTACTS
from outreach.ambassadors.filters import AmbassadorFilter, ContactFilter
from outreach.ambassadors.forms import AmbassadorForm, ContactForm, FunnelForm
from outreach.ambassadors.models import Ambassador, Contact
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import note_reading, timeline
from pokmas.lists.pages import show
from pokmas.server.outside import whole_number
from pokmas.server.replica import from_replica
from pokmas.steps import pages as steps
from pokmas.steps.tabs import opened, tabs_of
from pokmas.words import dates

VIEW, VIEW_CONTACTS = "outreach.view_ambassador", "outreach.view_contact"
LOG = "outreach.add_contact"
NEWEST = 5


# Appointments


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def ambassadors(request):
    rows = Ambassador.objects.visible_to(request.user).for_list()
    filters = AmbassadorFilter(request.GET, rows, user=request.user)
    return show(request, AMBASSADORS, filters, "outreach/ambassadors/index.html")


@require_safe
@permission_required(VIEW)
def ambassador(request, pk):
    """The page of an ambassador: his terms here, his contacts, what came of them."""
    user = request.user
    rows = Ambassador.objects.visible_to(user)
    found = get_object_or_404(rows.for_page(), pk=pk)
    tabs = tabs_of(
        request,
        ("contacts", pgettext("several", "Kontak")),
        ("terms", _("Masa tugas")),
        ("history", _("Riwayat")),
    )
    context = {"ambassador": found, "tabs": tabs, "tab": opened(tabs)}
    if context["tab"] == "contacts":
        own = Contact.objects.visible_to(user).filter(person=found.person)
        counted = funnels.of_person(found.person, own, found.office.today)
        context["contacts"] = own.for_list()[:NEWEST]
        context["chart"] = funnels.chart(counted.total(person=found.person_id))
    elif context["tab"] == "terms":
        context["terms"] = rows.for_list().filter(person=found.person)
    else:
        context["timeline"] = timeline(found, user)
    return render(request, "outreach/ambassadors/detail.html", context)


@permission_required(services.APPOINT)
def appoint(request):
    form = AmbassadorForm(
        *steps.sent(request), user=request.user, person=request.GET.get("person")
    )
    if form.is_valid():
        with form.refusals():
            made = services.appoint(
                form.save(commit=False),
                letter=form.cleaned_data["letter"],
                by=request.user,
            )
            messages.success(request, _("Penunjukan tersimpan."))
            return redirect(made)
    return render(request, "outreach/ambassadors/form.html", {"form": form})


def correct(request, pk):
    found, step = steps.find(request, Ambassador, "change", pk)
    form = AmbassadorForm(*steps.sent(request), user=request.user, instance=found)
    if refusal := found.refusal(step, request.user):
        return steps.closed(request, found, refusal, form)
    if form.is_valid():
        with form.refusals():
            services.correct(
                form.save(commit=False),
                letter=form.cleaned_data.get("letter"),
                revision=form.seen_revision,
                fields=form.edited_fields,
                by=request.user,
            )
            messages.success(request, _("Perubahan penunjukan tersimpan."))
            return redirect(found)
    context = {"form": form, "ambassador": found}
    return render(request, "outreach/ambassadors/form.html", context)


# Contacts


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW_CONTACTS)
def contacts(request):
    rows = Contact.objects.visible_to(request.user).for_list()
    filters = ContactFilter(request.GET, rows, user=request.user)
    return show(request, CONTACTS, filters, "outreach/ambassadors/contacts.html")


@require_safe
@permission_required(VIEW_CONTACTS)
def contact(request, pk):
    user = request.user
    rows = Contact.objects.visible_to(user).for_page().knowing(user)
    found = get_object_or_404(rows, pk=pk)
    tells_phone = bool(found.phone) and found.tells_phone_to(user)
    if tells_phone and found.person_id != user.pk:
        note_reading(user, found, "phone")
    tabs = tabs_of(request, ("chain", _("Rangkaian kontak")), ("history", _("Riwayat")))
    context = {
        "contact": found,
        "tells_phone": tells_phone,
        "tabs": tabs,
        "tab": opened(tabs),
    }
    if context["tab"] == "chain":
        chain = Contact.objects.visible_to(user).chain(found)
        context["chain"] = chain.select_related("result", "person")
    else:
        context["timeline"] = timeline(found, user)
    return render(request, "outreach/ambassadors/contact.html", context)


@permission_required(LOG)
def log(request):
    """One page, big fields; after an earlier contact it is known with whom."""
    after = _earlier(request)
    if after and (refusal := after.refusal(Contact.STEPS["follow"], request.user)):
        return steps.closed(request, after, refusal)
    form = ContactForm(
        request.POST or None,
        user=request.user,
        instance=Contact(partner=after and after.partner, **_called(after)),
        after=after,
    )
    if form.is_valid():
        with form.refusals():
            made = services.log(form.save(commit=False), after=after, by=request.user)
            messages.success(request, _said(made))
            return redirect(made)
    context = {"form": form, "after": after, "is_appointed": _is_appointed(request)}
    return render(request, "outreach/ambassadors/log.html", context)


def _earlier(request) -> Contact | None:
    asked = request.GET.get("after")
    if not asked:
        return None
    rows = Contact.objects.visible_to(request.user).for_page().knowing(request.user)
    return get_object_or_404(rows, pk=whole_number(asked) or 0)


def _called(after) -> dict:
    names = ("name", "kind", "phone")
    return {name: getattr(after, name) for name in names} if after else {}


def _said(contact) -> str:
    if contact.status == Contact.Status.CLOSED:
        return _("Kontak tersimpan.")
    return _("Kontak tersimpan; tindak lanjutnya %(day)s.") % {
        "day": dates.date_long(contact.follow_up_on)
    }


def _is_appointed(request) -> bool:
    serving = Ambassador.objects.serving().filter(person=request.user)
    return serving.exists()


def change(request, pk):
    found, step = steps.find(request, Contact, "change", pk)
    form = ContactForm(request.POST or None, user=request.user, instance=found)
    if refusal := found.refusal(step, request.user):
        return steps.closed(request, found, refusal, form)
    if form.is_valid():
        with form.refusals():
            services.change(
                form.save(commit=False),
                revision=form.seen_revision,
                fields=form.edited_fields,
                by=request.user,
            )
            messages.success(request, _("Perubahan kontak tersimpan."))
            return redirect(found)
    context = {"form": form, "contact": found, "is_appointed": True}
    return render(request, "outreach/ambassadors/log.html", context)


@require_safe
@from_replica
@permission_required(VIEW_CONTACTS)
def funnel(request):
    """From the first contact to a verified activity, for a period."""
    user = request.user
    today = user.acting.office.today
    usual = {"since": today.replace(month=1, day=1), "until": today, "by": "person"}
    form = FunnelForm(request.GET if "since" in request.GET else None, user=user)
    form.initial = usual
    context = {"form": form}
    if not form.is_bound or form.is_valid():
        asked = form.cleaned_data if form.is_bound else usual
        group = asked.get("by") or "person"
        rows = Contact.objects.visible_to(user)
        counted = funnels.Funnel(rows, asked["since"], asked["until"])
        total = counted.total()
        context |= {
            "rows": counted.by(group),
            "total": total,
            "chart": funnels.chart(total),
            "stages": list(funnels.STAGES.values()),
            "group": funnels.GROUPS[group][0],
        }
    return render(request, "outreach/ambassadors/funnel.html", context)
