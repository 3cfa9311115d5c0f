from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.models import User
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import note_reading
from pokmas.lists.pages import show, where_it_was
from pokmas.notices import services
from pokmas.notices.columns import NOTICES
from pokmas.notices.filters import NoticeFilter
from pokmas.notices.forms import PreferencesForm
from pokmas.notices.models import Notice
from pokmas.notices.whatsapp import MESSAGES

# The inbox


@require_safe
@vary_on_headers("HX-Request")
def index(request):
    filters = NoticeFilter(request.GET, Notice.objects.visible_to(request.user))
    return show(request, NOTICES, filters, "pokmas/notices/index.html")


@require_safe
def open_notice(request, pk):
    """To what it is about; opening it is reading it."""
    notices = Notice.objects.visible_to(request.user)
    notice = get_object_or_404(notices, pk=pk)
    services.mark_read(notices.filter(pk=pk))
    return redirect(notice.url or "notices:index")


@require_POST
def read(request, pk):
    notices = Notice.objects.visible_to(request.user)
    get_object_or_404(notices, pk=pk)
    services.mark_read(notices.filter(pk=pk))
    return redirect(where_it_was(request, reverse("notices:index")))


@require_POST
def read_all(request):
    services.mark_read(Notice.objects.visible_to(request.user))
    messages.success(request, _("Semua pemberitahuan ditandai sudah dibaca."))
    return redirect("notices:index")


# How to be told


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    # Of its own, so that a refused form leaves the signed-in person as he is.
    user = User.objects.get(pk=request.user.pk)
    form = PreferencesForm(request.POST or None, instance=user)
    if form.is_valid():
        with form.refusals():
            services.set_preferences(request.user, by=request.user, **form.cleaned_data)
            messages.success(request, _("Pilihan Anda tersimpan."))
            return redirect("notices:preferences")
    return render(request, "pokmas/notices/preferences.html", {"form": form})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """One click in the mail programme (RFC 8058): the signed link is the proof."""
    user = services.unsubscriber(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        services.set_preferences(user, by=None, notify_by_mail=User.Frequency.NONE)
    done = user.notify_by_mail == User.Frequency.NONE
    return render(request, "pokmas/notices/unsubscribe.html", {"done": done})


# WhatsApp


@require_safe
@permission_required("notices.send_message")
def whatsapp(request, model, pk, kind):
    """The prepared text, to be read before it is opened in WhatsApp."""
    record, message, prepared = _prepared(request, model, pk, kind)
    if prepared.phone:
        note_reading(request.user, record, "phone")
    context = {
        "record": record,
        "message": message,
        "prepared": prepared,
        "back": record.get_absolute_url(),
        "open_url": reverse("notices:open_whatsapp", args=[model, pk, kind]),
    }
    return render(request, "pokmas/notices/whatsapp.html", context)


@require_safe
@permission_required("notices.send_message")
def open_whatsapp(request, model, pk, kind):
    """Note that it was opened, and go to WhatsApp. Only from our own page."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return redirect("notices:whatsapp", model, pk, kind)
    record, _message, prepared = _prepared(request, model, pk, kind)
    if prepared.phone == "":
        return redirect("notices:whatsapp", model, pk, kind)
    services.note_message(record, kind, by=request.user)
    return HttpResponseRedirect(
        services.whatsapp_link(prepared.phone or "", str(prepared.text))
    )


def _prepared(request, model, pk, kind):
    message = MESSAGES.get((model, kind))
    if message is None:
        raise Http404
    records = apps.get_model(model)._default_manager.visible_to(request.user)
    record = get_object_or_404(records, pk=pk)
    return record, message, message.prepare(record, request.user)
