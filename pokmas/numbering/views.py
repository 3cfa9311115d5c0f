"""The number book, one of its numbers, and how an office numbers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.lists.pages import show
from pokmas.numbering import services
from pokmas.numbering.columns import NUMBERS
from pokmas.numbering.filters import NumberFilter
from pokmas.numbering.forms import (
    CancelForm,
    CodeForm,
    ContinueForm,
    NumberForm,
    TemplateForm,
)
from pokmas.numbering.models import (
    Kind,
    Number,
    NumberBook,
    NumberTemplate,
    OfficeCode,
    keeper_of,
)
from pokmas.papers.kinds import panels
from pokmas.steps import pages as steps

VIEW, TAKE = "numbering.view_number", "numbering.take_number"
CANCEL, MANAGE = "numbering.cancel_number", "numbering.manage_numbering"


@require_safe
@vary_on_headers("HX-Request")
@permission_required(VIEW)
def index(request):
    numbers = Number.objects.visible_to(request.user)
    filters = NumberFilter(request.GET, numbers, user=request.user)
    return show(request, NUMBERS, filters, "pokmas/numbering/index.html")


@permission_required(TAKE)
def create(request):
    form = NumberForm(request.POST or None, user=request.user)
    if form.is_valid():
        with form.refusals():
            number = services.record(
                form.save(commit=False),
                by=request.user,
                text=form.cleaned_data["other_number"],
            )
            messages.success(
                request, _("Tercatat: nomor %(number)s.") % {"number": number.text}
            )
            return redirect(number)
    return render(request, "pokmas/numbering/create.html", {"form": form})


@require_safe
@permission_required(VIEW)
def detail(request, pk):
    number = _number(request, pk)
    entries = timeline(number, request.user)
    context = {"number": number, "entries": entries, "form": CancelForm()}
    return render(request, "pokmas/numbering/detail.html", context)


@permission_required(CANCEL)
def cancel(request, pk):
    number = _number(request, pk)
    form = CancelForm(*steps.sent(request), user=request.user)
    if number.is_cancelled:
        return steps.closed(request, number, _("Nomor ini sudah dibatalkan."), form)
    if form.is_valid():
        with form.refusals():
            services.cancel_unused(number, by=request.user, **form.cleaned_data)
            messages.success(request, _("Nomor dibatalkan; tetap ada di buku nomor."))
            return redirect(number)
    context = {"number": number, "form": form}
    return render(request, "pokmas/numbering/cancel.html", context)


@require_safe
@permission_required(VIEW)
def books(request):
    rows = NumberBook.objects.visible_to(request.user).select_related("office")
    return render(request, "pokmas/numbering/books.html", {"books": rows[:200]})


@require_safe
@permission_required(VIEW)
def book(request, pk):
    rows = NumberBook.objects.visible_to(request.user).select_related("office")
    return _show_book(request, get_object_or_404(rows, pk=pk))


@permission_required(MANAGE)
def continue_book(request, pk):
    """Behind the numbers that the office gave on paper."""
    rows = NumberBook.objects.visible_to(request.user).select_related("office")
    own = rows.filter(office=keeper_of(request.user.acting.office))
    found = get_object_or_404(own, pk=pk)
    form = ContinueForm(*steps.sent(request), user=request.user)
    if form.is_valid():
        with form.refusals():
            services.continue_from(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Nomor berikutnya mengikuti angka itu."))
            return redirect(found)
    return _show_book(request, found, form)


def _show_book(request, found, form=None):
    may_continue = (
        request.user.has_perm(MANAGE)
        and keeper_of(request.user.acting.office) == found.office
    )
    context = {
        "book": found,
        "form": form or (ContinueForm(user=request.user) if may_continue else None),
        "count": found.numbers.count(),
        "panels": panels(found, request.user),
    }
    return render(request, "pokmas/numbering/book.html", context)


@permission_required(MANAGE)
def settings(request):
    office = keeper_of(request.user.acting.office)
    row = OfficeCode.objects.filter(office=office).first()
    data, _files = steps.sent(request) or (None, None)
    form = CodeForm(data, user=request.user, initial={"code": row.code if row else ""})
    if form.is_valid():
        with form.refusals():
            services.set_code(office, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kode kantor tersimpan."))
            return redirect("numbering:settings")
    writings = services.writings_of(office, office.today)
    context = {
        "office": office,
        "form": form,
        "kinds": [_shown(writings[kind]) for kind in Kind],
    }
    return render(request, "pokmas/numbering/settings.html", context)


def _shown(writing):
    """A kind of paper with its rule, and an example or why there is none."""
    try:
        writing.refuse()
        example, refusal = writing.text(1, None), ""
    except ValidationError as error:
        example, refusal = "", " ".join(error.messages)
    return {
        "kind": Kind(writing.kind),
        "rule": writing.rule,
        "example": example,
        "refusal": refusal,
    }


@permission_required(MANAGE)
def template(request, kind):
    if kind not in Kind:
        raise Http404
    form = TemplateForm(request.POST or None, user=request.user, kind=kind)
    if form.is_valid():
        with form.refusals():
            services.set_template(form.save(commit=False), by=request.user)
            messages.success(request, _("Pola nomor tersimpan."))
            return redirect("numbering:settings")
    office = keeper_of(request.user.acting.office)
    rows = NumberTemplate.objects.filter(office=office, kind=kind)
    context = {"form": form, "kind": Kind(kind), "rows": rows}
    return render(request, "pokmas/numbering/template.html", context)


def _number(request, pk):
    rows = Number.objects.visible_to(request.user)
    related = rows.select_related("office", "book", "classification", "created_by")
    return get_object_or_404(related, pk=pk)
