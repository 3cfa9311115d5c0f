"""A list that comes in: the file, its columns, what will become of each row."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from pokmas.accounts.permissions import permission_required, require
from pokmas.forms.base import ReasonForm
from pokmas.imports import services
from pokmas.imports.columns import IMPORTS, rows_of
from pokmas.imports.filters import ImportFilter, RowFilter
from pokmas.imports.forms import HeadingsForm, ImportForm, MapForm, MendForm
from pokmas.imports.headings import letter
from pokmas.imports.kinds import KINDS
from pokmas.imports.models import Import, ImportRow, KnownHeading
from pokmas.lists.pages import show
from pokmas.server.outside import whole_number
from pokmas.steps import pages as steps

VIEW, ADD = "imports.view_import", "imports.add_import"


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def index(request):
    rows = Import.objects.visible_to(request.user).for_list()
    filters = ImportFilter(request.GET, rows, user=request.user)
    return show(request, IMPORTS, filters, "pokmas/imports/index.html")


@permission_required(ADD)
def create(request, kind):
    kind = _kind(kind)
    for permission in kind.permissions:
        require(request.user, permission)
    if kind.is_of_unit and request.user.acting.office.is_wide:
        messages.error(request, _("Daftar ini dimasukkan unit, masing-masing sendiri."))
        return redirect(kind.list_page)
    about = _about(request, kind)
    if about and (refusal := kind.refusal(about, request.user)):
        messages.error(request, refusal)
        return redirect(about)
    office = about.office if about else request.user.acting.office
    record = Import(kind=kind.name, office=office, about_id=about and about.pk)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        instance=record,
        user=request.user,
        kind=kind,
    )
    if form.is_valid():
        with form.refusals():
            kept = services.start(
                form.save(commit=False),
                document=form.cleaned_data["document"],
                by=request.user,
            )
            return redirect(kept)
    context = {"form": form, "kind": kind, "about": about}
    return render(request, "pokmas/imports/create.html", context)


def _kind(name: str):
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _about(request, kind):
    """The record that the list belongs to, as far as it is open to this person."""
    if kind.about is None:
        return None
    pk = whole_number(request.GET.get("about", ""))
    return get_object_or_404(kind.about.objects.visible_to(request.user), pk=pk)


@permission_required(ADD)
def headings(request, kind):
    """What the office said of headings; the next lists are read by it."""
    kind, office = _kind(kind), request.user.acting.office
    known = KnownHeading.objects.filter(office__in=office.branch_ids, kind=kind.name)
    form = HeadingsForm(
        request.POST or None,
        user=request.user,
        kind=kind,
        known=known.select_related("office").order_by("heading", "pk"),
    )
    if form.is_valid():
        if form.answers:
            services.explain(office, answers=form.answers, by=request.user)
        messages.success(request, _("Tersimpan. Daftar berikutnya dibaca begitu."))
        return redirect("imports:headings", kind.name)
    context = {"form": form, "kind": kind, "office": office}
    return render(request, "pokmas/imports/headings.html", context)


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def detail(request, pk):
    record = _found(request, pk)
    kind = _kind(record.kind)
    if not record.has_rows:
        context = _whole(request, record, kind)
        return render(request, "pokmas/imports/detail.html", context)
    filters = RowFilter(request.GET, record.rows.all())
    return show(
        request,
        rows_of(record, kind),
        filters,
        "pokmas/imports/detail.html",
        about=record,
        whole=lambda: _whole(request, record, kind),
    )


def _whole(request, record, kind) -> dict:
    """What the page says above the rows."""
    about = kind.about and kind.about.objects.filter(pk=record.about_id).first()
    known = [each for each in record.headings if each["name"]]
    return {
        "record": record,
        "kind": kind,
        "way": kind.way(record.way).label,
        "about": about,
        "known": [_known(each, kind) for each in known],
        "strange": [each for each in record.headings if each.get("is_strange")],
        "left_out": [
            each
            for each in record.headings
            if not each["name"] and not each.get("is_strange")
        ],
        "results": _results(request, record),
        "guessed": _guessed(record, kind),
        "outlook": _outlook(record, kind),
        "works": record.job and record.job.state != "done",
    }


def _known(heading, kind) -> dict:
    return {
        "letter": letter(heading["place"]),
        "title": heading["title"],
        "label": kind.labels[heading["name"]],
    }


def _guessed(record, kind) -> list[tuple]:
    """Words and number of each column that the portal guessed on new rows."""
    if not record.count(ImportRow.Result.NEW):
        return []
    counts = record.guessed([each.name for each in kind.columns])
    return [
        (each.label, counts[each.name]) for each in kind.columns if counts[each.name]
    ]


def _outlook(record, kind) -> list[tuple]:
    """Words and number of each thing that the new rows will be."""
    if not record.count(ImportRow.Result.NEW):
        return []
    return [each for each in kind.outlook(record) if each[1]]


def _results(request, record) -> list[tuple]:
    """Word, number and name of each result there is."""
    asked = request.GET.get("result", "")
    return [
        (result.label, record.count(result), result.value, result.value == asked)
        for result in ImportRow.Result
        if record.count(result)
    ]


@require_safe
@permission_required(VIEW)
def row(request, pk, number):
    """One row: what stood in each cell, how it was read, what stands against it."""
    record = _found(request, pk)
    kind = _kind(record.kind)
    found = get_object_or_404(record.rows, number=number)
    places = {each["name"]: letter(each["place"]) for each in record.headings}
    cells = [
        {
            "label": each.label,
            "cell": f"{places[each.name]}{found.number}" if each.name in places else "",
            "text": found.cells.get(each.name, ""),
            "problem": found.problems.get(each.name) or found.remarks.get(each.name),
            "words": each.words(record) if each.name in found.problems else (),
        }
        for each in kind.columns
        if each.name in places or each.name in found.remarks
    ]
    context = {
        "record": record,
        "row": found,
        "cells": cells,
        "about_all": found.remarks.get(""),
        "found_url": _page_of(kind, found),
        "may_mend": found.result in ImportRow.MENDED
        and _may(record, "mend", request.user),
        "letting": found.may_be_let_in
        and _may(record, "let_in", request.user)
        and kind.letting,
    }
    return render(request, "pokmas/imports/row.html", context)


def _may(record, name: str, user) -> bool:
    step = Import.STEPS[name]
    return record.may(user, step) and not record.refusal(step, user)


def _page_of(kind, found) -> str:
    """Where the record of the portal is that it is like, or that it made."""
    like = kind.found or kind.makes[0]
    pk = found.made.get(like._meta.db_table) or found.found_id
    record = pk and like._default_manager.filter(pk=pk).first()
    return record.get_absolute_url() if record else ""


@require_safe
@never_cache
@permission_required(VIEW)
def progress(request, pk):
    """The piece of the page; once the work is over, that page anew."""
    record = _found(request, pk)
    if not request.htmx:
        return redirect(record)
    if record.job is None or not record.job.is_open:
        return HttpResponseClientRefresh()
    return render(request, "pokmas/imports/_progress.html", {"record": record})


def map_columns(request, pk):
    record, step = steps.find(request, Import, "map", pk)
    form = MapForm(
        request.POST or None, user=request.user, record=record, kind=_kind(record.kind)
    )
    return _take(
        request,
        record,
        step,
        form,
        lambda record, by: services.map_columns(record, columns=form.columns, by=by),
        _("Daftar dibaca lagi dengan kolom yang Anda tunjukkan."),
        "pokmas/imports/map.html",
    )


def mend(request, pk):
    record, step = steps.find(request, Import, "mend", pk)
    form = MendForm(*steps.sent(request), user=request.user, record=record)
    return _take(
        request,
        record,
        step,
        form,
        lambda record, by: services.mend(
            record, document=form.cleaned_data["document"], by=by
        ),
        _("Perbaikan sedang dibaca."),
        "pokmas/imports/mend.html",
    )


def let_in(request, pk, number):
    record, step = steps.find(request, Import, "let_in", pk)
    found = get_object_or_404(record.rows, number=number)
    letting = _kind(record.kind).letting
    if letting is None or not found.may_be_let_in:
        messages.error(request, _("Baris ini tidak bentrok dengan yang sejajar."))
        return redirect("imports:row", record.pk, number)
    form = ReasonForm(request.POST or None, user=request.user, record=record)
    return _take(
        request,
        record,
        step,
        form,
        lambda record, by: services.let_in(
            record, number=number, reason=form.cleaned_data["reason"], by=by
        ),
        step.done,
        "pokmas/imports/let_in.html",
        row=found,
        letting=letting,
    )


def _take(request, record, step, form, service, done, template, **more):
    if refusal := record.refusal(step, request.user):
        return steps.closed(request, record, refusal, form, step)
    if form.is_valid():
        seen = form.cleaned_data.get("revision")
        try:
            steps.refuse_stale(record, seen)
            service(record, by=request.user)
        except ValidationError as refusal:
            record.refresh_from_db()
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect(record)
    context = {"record": record, "step": step, "form": form, **more}
    return render(request, template, context)


def _found(request, pk) -> Import:
    return get_object_or_404(Import.objects.visible_to(request.user).for_page(), pk=pk)
