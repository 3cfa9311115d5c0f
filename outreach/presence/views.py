from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from outreach.activities.desks import held_by
from outreach.activities.models import Activity
from outreach.presence import codes, printed, services
from outreach.presence.forms import CodeForm, OutcomesForm, RegisterForm
from outreach.presence.models import Outcome, Participant
from outreach.presence.overdue import WAYS, grouped, without_result_of
from pokmas.accounts.permissions import permission_required
from pokmas.documents.pdf import PdfFailed
from pokmas.records.constraints import in_words
from pokmas.steps import pages as steps
from pokmas.steps.tabs import opened, tabs_of
from pokmas.words import dates

VIEW = "outreach.view_presence"
RECORD = "outreach.record_presence"
# How many past sessions one page asks about.
AT_ONCE = 30
LABELS = {
    "unit": gettext_lazy("Per unit"),
    "place": gettext_lazy("Per tempat"),
    "partner": gettext_lazy("Per mitra"),
}


def _activity(request, pk) -> Activity:
    rows = Activity.objects.visible_to(request.user)
    rows = rows.select_related(
        *("office__region", "office__parent", "type", "regency", "session__series")
    )
    return get_object_or_404(rows, pk=pk)


def _own(view):
    """Of an activity whose office this person acts for."""

    @wraps(view)
    def _asked_for(request, pk):
        activity = _activity(request, pk)
        if refusal := activity.refusal_elsewhere(request.user):
            return steps.closed(request, activity, refusal)
        return view(request, activity)

    return _asked_for


def _to_presence(activity) -> str:
    return f"{activity.get_absolute_url()}?tab=presence#tabs"


@permission_required(RECORD)
@_own
def participants(request, activity):
    """Whom to put on the list of an activity."""
    form = RegisterForm(request.POST or None, user=request.user, activity=activity)
    if activity.status in services.SETTLED:
        refusal = _("Kegiatan ini sudah dikunci atau dibatalkan; pesertanya tetap.")
        return steps.closed(request, activity, refusal)
    if form.is_valid():
        with form.refusals():
            number = services.register(activity, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("%(number)s orang terdaftar.") % {"number": dates.number(number)},
            )
            return redirect(_to_presence(activity))
    context = {"activity": activity, "form": form, "back": _to_presence(activity)}
    return render(request, "outreach/presence/participants.html", context)


@require_POST
@permission_required(RECORD)
def unregister(request, pk):
    rows = Participant.objects.visible_to(request.user)
    participant = get_object_or_404(rows.select_related("activity__office"), pk=pk)
    done = _("Peserta dihapus dari daftar.")
    to = _to_presence(participant.activity)
    return steps.do(request, participant, services.unregister, done, to=to)


@require_POST
@permission_required("outreach.view_activity")
def join(request, pk):
    activity = _activity(request, pk)
    done = _("Anda terdaftar. Tunjukkan kode Anda saat datang.")
    return steps.do(request, activity, services.join, done, to=_to_presence(activity))


@permission_required(RECORD)
@_own
def attendance(request, activity):
    """Who came, of several at once."""
    rows = activity.participants.for_list()
    used = Q(pk__in=rows.exclude(outcome=None).values("outcome"))
    form = OutcomesForm(
        request.POST or None,
        user=request.user,
        rows=rows,
        outcomes=Outcome.objects.of_people().filter(used | Q(is_active=True)),
        rest=_("Semua yang belum dipilih"),
    )
    if form.is_valid():
        with form.refusals():
            number = services.mark(
                activity, form.answers, by=request.user, known=form.known
            )
            messages.success(request, _marked(number))
            return redirect(_to_presence(activity))
    context = {"activity": activity, "form": form, "back": _to_presence(activity)}
    return render(request, "outreach/presence/attendance.html", context)


def _marked(number) -> str:
    if not number:
        return _("Tidak ada yang berubah.")
    words = _("Kehadiran %(number)s orang tercatat.")
    return words % {"number": dates.number(number)}


@never_cache
@permission_required(RECORD)
@_own
def scan(request, activity):
    """The organiser's phone or reader says code after code."""
    form = CodeForm(request.POST or None, user=request.user)
    said = None
    if form.is_valid():
        with form.refusals():
            said = _scanned(form.cleaned_data["code"], activity, request.user)
            form = CodeForm(user=request.user)
    rows = activity.participants.scanned().for_list().order_by("-scanned_at")
    context = {
        "activity": activity,
        "form": form,
        "said": said,
        "scanned": rows,
        "registered": activity.participants.count(),
        "back": _to_presence(activity),
    }
    piece = request.htmx.target == "scanned"
    template = "_scanned" if piece else "scan"
    return render(request, f"outreach/presence/{template}.html", context)


def _scanned(text, activity, user) -> str:
    found, participant = codes.read(text)
    if found != activity:
        raise ValidationError(_("Kode ini untuk kegiatan lain."))
    if participant is None:
        raise ValidationError(
            _("Ini kode lembar daftar hadir. Pindai kode milik peserta.")
        )
    return services.scan(participant, by=user)


@require_safe
@never_cache
@permission_required("outreach.view_activity")
def code(request, pk):
    """The own code of who is registered, to be shown on the spot."""
    activity = _activity(request, pk)
    own = activity.participants.of_person(request.user).for_list().first()
    if own is None:
        messages.error(request, _("Anda belum terdaftar pada kegiatan ini."))
        return redirect(_to_presence(activity))
    context = {
        "activity": activity,
        "participant": own,
        "code": codes.drawn(codes.of_person(own)),
    }
    return render(request, "outreach/presence/code.html", context)


@require_safe
@never_cache
@vary_on_headers("HX-Request")
@permission_required("outreach.view_activity")
def mine(request):
    """The own codes of what is still to come, that of today ready to be shown."""
    rows = Participant.objects.visible_to(request.user).of_person(request.user)
    rows = rows.filter(activity__ends_at__gte=timezone.now())
    rows = rows.exclude(activity__status__in=services.SETTLED)
    rows = rows.select_related("activity__office").order_by("activity__starts_at", "pk")
    coming = list(rows[:AT_ONCE])
    now = next((row for row in coming if codes.holds_today(row.activity)), None)
    context = {
        "coming": coming,
        "now": now,
        "code": now and codes.drawn(codes.of_person(now)),
    }
    template = "_mine" if request.htmx else "mine"
    return render(request, f"outreach/presence/{template}.html", context)


@never_cache
@permission_required("outreach.view_activity")
def present(request):
    """Where a scanned code leads: what it is, and whether to note who is there."""
    text = request.POST.get("c") or request.GET.get("c") or ""
    context = {"code": text}
    try:
        context |= _asked(text, request.user)
        if request.method == "POST":
            with in_words():
                said = services.scan(context["participant"], by=request.user)
            messages.success(request, said)
            return redirect(context["onward"])
    except ValidationError as refusal:
        context["refusal"] = " ".join(refusal.messages)
        context.pop("participant", None)
    return render(request, "outreach/presence/present.html", context)


def _asked(text, user) -> dict:
    """Who would be noted at which activity, if `user` may say so with this code."""
    activity, participant = codes.read(text)
    visible = Activity.objects.visible_to(user).filter(pk=activity.pk)
    records = user.has_perm(RECORD) and visible.filter(held_by(user)).exists()
    if participant is None:
        own = activity.participants.of_person(user).for_list()
        participant = own.select_related("activity__office").first()
        if participant is None:
            raise ValidationError(
                _(
                    "Anda belum terdaftar pada kegiatan ini. Minta petugas di tempat "
                    "mendaftarkan Anda, atau tanda tangani lembar daftar hadir."
                )
            )
        onward = activity.get_absolute_url()
    elif records:
        onward = f"{activity.get_absolute_url()}scan/"
    elif participant.account_id == user.pk:
        raise ValidationError(
            _("Ini kode Anda sendiri. Tunjukkan kepada petugas di tempat kegiatan.")
        )
    else:
        raise ValidationError(_("Kode ini milik orang lain."))
    codes.check_day(activity)
    return {"activity": activity, "participant": participant, "onward": onward}


@require_safe
@permission_required(RECORD)
@_own
def sheet_a(request, activity):
    return _sheet(request, activity, "a")


@require_safe
@permission_required(RECORD)
@_own
def sheet_b(request, activity):
    return _sheet(request, activity, "b")


def _sheet(request, activity, sheet):
    try:
        content = printed.printed(activity, sheet)
    except PdfFailed as failure:
        messages.error(request, failure)
        return redirect(_to_presence(activity))
    name = f"lembar-{sheet}-{activity.held_on}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@permission_required(RECORD)
def outcomes(request):
    """How past sessions of the unit went, of several at once."""
    left = without_result_of(request.user)
    rows = left.select_related("office", "group").prefetch_related("partners")
    form = OutcomesForm(
        request.POST or None,
        user=request.user,
        rows=rows.order_by("held_on", "pk")[:AT_ONCE],
        outcomes=Outcome.objects.of_sessions().in_use(),
        rest=_("Semua yang belum dipilih"),
    )
    if form.is_valid():
        answers = {form.rows[pk]: outcome for pk, outcome in form.answers.items()}
        number, refusals = services.note_outcomes(answers, by=request.user)
        for refusal in refusals:
            messages.error(request, refusal)
        if form.missing:
            words = _("%(number)s sesi sudah punya hasil dari orang lain.")
            messages.info(request, words % {"number": dates.number(form.missing)})
        if number:
            words = _("Hasil %(number)s sesi tercatat.")
            messages.success(request, words % {"number": dates.number(number)})
        return redirect("outreach:outcomes")
    context = {"form": form, "left": left.count()}
    return render(request, "outreach/presence/outcomes.html", context)


@require_safe
@permission_required(VIEW)
def overdue(request):
    tabs = tabs_of(request, *((way, LABELS[way]) for way in WAYS))
    context = {
        "tabs": tabs,
        "groups": grouped(request.user, opened(tabs)),
        "number": Activity.objects.visible_to(request.user).without_result().count(),
        "gives": request.user.has_perm(RECORD)
        and without_result_of(request.user).exists(),
    }
    return render(request, "outreach/presence/overdue.html", context)
