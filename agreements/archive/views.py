"""Scans of old agreements, many at once: handed in, shown with what each is taken for,
and attached when somebody said so."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.archive import services
from agreements.archive.forms import MOST_FILES, ScanForm, ScansForm
from pokmas.accounts.permissions import permission_required
from pokmas.forms.kept_files import documents_of
from pokmas.words import dates

SIGN = "agreements.sign_agreement"
PAGE = "agreements:scans"


@permission_required(SIGN)
def scans(request):
    if request.method == "POST" and "confirm" in request.POST:
        return _attach(request)
    if request.method == "POST":
        return _take_in(request)
    return _page(request)


def _page(request, **context):
    context.setdefault("form", ScansForm())
    context["waiting"] = services.without_scan(request.user).count()
    return render(request, "agreements/archive/scans.html", context)


def _take_in(request):
    form = ScansForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _page(request, form=form)
    kept, refused = services.take_in(form.cleaned_data["scans"], by=request.user)
    return _page(request, forms=_forms(request, kept), refused=refused)


def _forms(request, kept, *, sent=False):
    rows = list(services.without_scan(request.user))
    data = (request.POST,) if sent else ()
    return [
        ScanForm(*data, proposal=each, user=request.user, rows=rows)
        for each in services.proposals(kept, rows)
    ]


def _attach(request):
    tokens = [value for name, value in request.POST.items() if name.endswith("-token")]
    kept = documents_of(tokens[:MOST_FILES], request.user)
    if not kept:
        messages.info(
            request, _("Berkasnya sudah dipasang, atau sudah lewat sehari; kirim lagi.")
        )
        return redirect(PAGE)
    forms = _forms(request, kept, sent=True)
    wrong = [form for form in forms if not form.is_valid()]
    chosen = [
        (form.document, form.cleaned_data["chosen"])
        for form in forms
        if form not in wrong and form.cleaned_data["chosen"]
    ]
    left = dict(services.attach_all(chosen, by=request.user))
    for form in forms:
        if words := left.get(form.document):
            form.add_error(None, words)
            wrong.append(form)
    _tell(request, len(chosen) - len(left))
    if wrong:
        return _page(request, forms=wrong)
    return redirect(PAGE)


def _tell(request, many):
    if not many:
        messages.info(request, _("Belum ada pindaian yang dipasang."))
        return
    words = ngettext(
        "%(count)s pindaian dipasang pada kerja samanya.",
        "%(count)s pindaian dipasang pada kerja samanya.",
        many,
    )
    messages.success(request, words % {"count": dates.number(many)})
