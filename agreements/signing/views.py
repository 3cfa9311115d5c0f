"""Signing days: several agreements of one ceremony, numbered and put on record in one
run."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from agreements.register.models import Agreement
from agreements.signing import services
from agreements.signing.forms import CallOffForm, RowForm, SigningDayForm, free_for
from agreements.signing.models import SigningDay
from pokmas.accounts.permissions import permission_required
from pokmas.papers.kinds import panels
from pokmas.records.constraints import in_words
from pokmas.steps import pages as steps
from pokmas.steps.stale import refuse_stale
from pokmas.steps.typed import typed_in

SIGN = "agreements.sign_agreement"
STEP = Agreement.STEPS


@require_safe
@permission_required(SIGN)
def signing_days(request):
    rows = SigningDay.objects.visible_to(request.user).select_related("office")
    context = {"days": rows[:50], "ready": free_for(request.user).count()}
    return render(request, "agreements/signing/days.html", context)


@permission_required(SIGN)
def plan_signing_day(request):
    """With the nota and what stands under it ticked, if one comes from there."""
    nota = request.GET.get("nota")
    form = SigningDayForm(request.POST or None, user=request.user, nota=nota)
    if form.is_valid():
        with form.refusals():
            agreements = list(form.cleaned_data["agreements"])
            day = services.plan_day(
                form.save(commit=False), agreements, by=request.user
            )
            _number(request, day)
            return redirect(day)
    context = {"form": form, "ready": form.fields["agreements"].queryset.exists()}
    return render(request, "agreements/signing/plan.html", context)


@permission_required(SIGN)
def change_signing_day(request, pk):
    day = _day(request, pk)
    form = SigningDayForm(request.POST or None, user=request.user, instance=day)
    if refused := _settled(request, day, form):
        return refused
    if form.is_valid():
        with form.refusals():
            services.change_day(
                form.save(commit=False),
                list(form.cleaned_data["agreements"]),
                by=request.user,
                revision=form.seen_revision,
                fields=form.edited_fields,
            )
            messages.success(request, _("Hari penandatanganan diubah."))
            _number(request, day)
            return redirect(day)
    context = {"form": form, "ready": True, "day": day}
    return render(request, "agreements/signing/plan.html", context)


@permission_required(SIGN)
def call_off_signing_day(request, pk):
    day = _day(request, pk)
    form = CallOffForm(*steps.sent(request), user=request.user)
    if refused := _settled(request, day, form):
        return refused
    if form.is_valid():
        with form.refusals():
            services.call_off_day(day, by=request.user, **form.cleaned_data)
            messages.success(request, _("Hari penandatanganan dibatalkan."))
            return redirect(day)
    return render(
        request, "agreements/signing/call_off.html", {"form": form, "day": day}
    )


def _settled(request, day, form):
    """Back to the day, if it stays as it is."""
    if not day.is_settled:
        return None
    words = _("Hari penandatanganan ini tidak dapat diubah atau dibatalkan lagi.")
    return steps.closed(request, day, words, form)


@require_POST
@permission_required(SIGN)
def number_signing_day(request, pk):
    day = _day(request, pk)
    _number(request, day)
    return redirect(day)


@permission_required(SIGN)
def signing_day(request, pk):
    """One row for each agreement: those that can be saved are, the others say why."""
    day = _day(request, pk)
    only = request.POST.get("only", "")
    rows, signed, refused = [], 0, 0
    for agreement in list(day.naskah):
        form = _form(request, day, agreement)
        asked = form and form.is_bound and (form.is_sent or only == str(agreement.pk))
        if asked and only in ("", str(agreement.pk)):
            if _sign(request, day, agreement, form):
                signed, form = signed + 1, None
            else:
                refused += 1
        elif form and not form.is_sent:
            form = _form(request, day, agreement, anew=True)
        lost = [] if form or asked else _lost(request, day, agreement, only)
        refused += bool(lost)
        rows.append((agreement, form, lost))
    if request.method == "POST":
        _tell(request, signed, refused)
        if not refused:
            return redirect(day)
    context = {
        "day": day,
        "rows": rows,
        "open": sum(1 for _agreement, form, _lost in rows if form),
        "unnumbered": any(form and not each.our_number for each, form, _lost in rows),
        "is_settled": day.is_settled,
        "panels": panels(day, request.user) if rows else [],
    }
    return render(request, "agreements/signing/day.html", context)


def _form(request, day, agreement, anew=False):
    """What is still to be said of it; None where it is not to be signed any more."""
    if agreement.refusal(STEP["sign"], request.user):
        return None
    sent = () if anew else steps.sent(request)
    return RowForm(*sent, day=day, record=agreement, user=request.user)


def _lost(request, day, agreement, only) -> list[tuple]:
    """What was typed of one that is not to be signed any more, as far as it is not on
    record."""
    if request.method != "POST" or only not in ("", str(agreement.pk)):
        return []
    form = RowForm(*steps.sent(request), day=day, record=agreement, user=request.user)
    typed = typed_in(form, agreement)
    return [(label, text) for label, text, present in typed if text != present]


def _sign(request, day, agreement, form) -> bool:
    if not form.is_valid():
        return False
    answers = dict(form.cleaned_data)
    seen = answers.pop("revision", None)
    take = partial(services.sign, **answers)
    try:
        with in_words(), transaction.atomic():
            agreement.lock()
            refuse_stale(agreement, seen)
            take(agreement, by=request.user)
    except ValidationError as refusal:
        agreement.refresh_from_db()  # a refused move has left its new status on it
        form.refuse(refusal)
        return False
    return True


def _tell(request, signed, refused):
    if signed:
        words = ngettext(
            "%(count)s penandatanganan tersimpan.",
            "%(count)s penandatanganan tersimpan.",
            signed,
        )
        messages.success(request, words % {"count": signed})
    if refused:
        words = ngettext(
            "%(count)s naskah belum tersimpan; alasannya ada pada barisnya.",
            "%(count)s naskah belum tersimpan; alasannya ada pada barisnya.",
            refused,
        )
        messages.error(request, words % {"count": refused})
    if not signed and not refused:
        messages.info(request, _("Belum ada yang diisi."))


def _number(request, day):
    given, left = services.number_all(day, by=request.user)
    if given:
        words = ngettext(
            "%(count)s nomor diberikan.", "%(count)s nomor diberikan.", given
        )
        messages.success(request, words % {"count": given})
    for each in left:
        messages.warning(request, f"{each.agreement.title}: {each.words}")


def _day(request, pk):
    return get_object_or_404(
        SigningDay.objects.visible_to(request.user).for_page(), pk=pk
    )
