"""One page for every list and one form for every row."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from pokmas.accounts.permissions import require
from pokmas.lists.pages import show, where_it_was
from pokmas.reference import services
from pokmas.reference.filters import ReferenceFilter
from pokmas.reference.lists import LISTS, lists_for
from pokmas.steps import pages as steps


@require_safe
def home(request):
    """The first of the lists that this person keeps."""
    own = lists_for(request.user)
    if not own:
        require(request.user, next(iter(LISTS.values())).permission)
    return redirect(_url(own[0]))


@require_safe
@vary_on_headers("HX-Request")
def index(request, slug):
    reference = _list(request, slug)
    return show(
        request,
        reference.table,
        ReferenceFilter(request.GET, reference),
        "pokmas/reference/index.html",
        whole=lambda: {"list": reference, "lists": lists_for(request.user)},
    )


def create(request, slug):
    reference = _list(request, slug)
    form = reference.form(request.POST or None, user=request.user)
    if form.is_valid():
        with form.refusals():
            services.create(form.save(commit=False), by=request.user)
            return _kept(request, reference)
    return _form_page(request, reference, form)


def change(request, slug, pk):
    reference, row = _found(request, slug, pk)
    form = reference.form(request.POST or None, user=request.user, instance=row)
    if form.is_valid():
        with form.refusals():
            services.change(
                form.save(commit=False),
                revision=form.seen_revision,
                fields=form.edited_fields,
                by=request.user,
            )
            return _kept(request, reference)
    return _form_page(request, reference, form, row)


@require_POST
def archive(request, slug, pk):
    """Asked about first: it holds for all units at once."""
    reference, row = _found(request, slug, pk)
    if "confirmed" not in request.POST:
        context = {"list": reference, "row": row, "query": request.POST.get("query")}
        return render(request, "pokmas/reference/archive.html", context)
    done = _("Diarsipkan: tidak ditawarkan lagi, tetapi tetap tampak pada data lama.")
    to = where_it_was(request, _url(reference))
    return steps.do(request, row, services.archive, done, to=to)


@require_POST
def restore(request, slug, pk):
    reference, row = _found(request, slug, pk)
    done = _("Dipakai lagi.")
    to = where_it_was(request, _url(reference))
    return steps.do(request, row, services.restore, done, to=to)


def _list(request, slug):
    if slug not in LISTS:
        raise Http404
    require(request.user, LISTS[slug].permission)
    return LISTS[slug]


def _found(request, slug, pk):
    reference = _list(request, slug)
    if reference.is_fixed:
        raise Http404
    return reference, get_object_or_404(reference.model, pk=pk)


def _kept(request, reference):
    messages.success(request, _("Tersimpan."))
    return redirect(_url(reference))


def _url(reference) -> str:
    return reverse("reference:index", args=[reference.slug])


def _form_page(request, reference, form, row=None):
    context = {"list": reference, "form": form, "row": row}
    return render(request, "pokmas/reference/form.html", context)
