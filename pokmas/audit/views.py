from datetime import datetime
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.models import User
from pokmas.accounts.permissions import permission_required, require
from pokmas.accounts.roles import PERMISSIONS
from pokmas.audit import services
from pokmas.audit.columns import ENTRIES
from pokmas.audit.filters import EntryFilter
from pokmas.audit.models import Entry, Inspection, Seal
from pokmas.audit.phrases import of_table, phrase
from pokmas.lists.pages import show

READINGS_SHOWN = 50
NAMES = {permission.name for permission in PERMISSIONS}


@require_safe
@vary_on_headers("HX-Request")
@permission_required("audit.view_entry")
def index(request):
    filters = EntryFilter(request.GET, Entry.objects.visible_to(request.user))
    return show(request, ENTRIES, filters, "pokmas/audit/index.html")


@require_safe
def record(request, kind, pk):
    """Everything that happened to one record, for whoever may see the record."""
    model = _model_or_404(kind)
    found = get_object_or_404(model._default_manager.visible_to(request.user), pk=pk)
    own = f"{model._meta.app_label}.view_{model._meta.model_name}"
    permission = getattr(model, "HISTORY_RIGHT", own)
    if permission in NAMES and found != request.user:
        require(request.user, permission)
    history = services.timeline(
        found, request.user, before=_moment(request.GET.get("before"))
    )
    older = history.older
    context = {
        "record": found,
        "history": history,
        "older_url": f"?{urlencode({'before': older.isoformat()})}" if older else "",
        "kind": model._meta.verbose_name,
    }
    if request.user.has_perm("audit.view_entry"):
        readings = Entry.objects.about(found).readings().for_list()
        context["readings"] = _rows(readings[:READINGS_SHOWN])
        context["is_person"] = isinstance(found, User)
    return render(request, "pokmas/audit/record.html", context)


@require_safe
@never_cache
@permission_required("audit.inspect_trail")
def chain(request):
    inspections = Inspection.objects.select_related("requested_by")
    finished = inspections.finished()
    # What a night found is not over because the next one looked elsewhere.
    latest = inspections.unsettled().first() or finished.first()
    context = {
        "waiting": inspections.filter(finished_at=None).first(),
        "latest": latest,
        "earlier": finished.exclude(pk=latest and latest.pk)[:10],
        "seals": [
            (of_table(seal.table), seal)
            for seal in Seal.objects.defer("ids", "digests").order_by("-pk")[:10]
        ],
    }
    if latest:
        context["faults"] = [
            (of_table(fault["table"]), fault) for fault in latest.named_faults
        ]
    return render(request, "pokmas/audit/chain.html", context)


@require_POST
@permission_required("audit.inspect_trail")
def inspect(request):
    services.ask_for_inspection(by=request.user)
    messages.success(request, _("Pemeriksaan dimulai. Hasilnya muncul di halaman ini."))
    return redirect("audit:chain")


def _rows(entries):
    """Entries with the words that are shown, made once."""
    words: dict[str, str] = {}
    rows = []
    for entry in entries:
        entry.text = words.setdefault(entry.action, phrase(entry.action))
        rows.append(entry)
    return rows


def _model_or_404(kind: str):
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if not hasattr(model._default_manager, "visible_to"):
        raise Http404
    return model


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        return None
    return moment if moment is not None and timezone.is_aware(moment) else None
