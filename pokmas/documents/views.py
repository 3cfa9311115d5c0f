import logging
import math

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from pokmas.documents import away, checking, limiter, pictures, slots
from pokmas.documents.answers import SANDBOX, answer
from pokmas.documents.forms import CodeForm, FileForm
from pokmas.documents.models import Document, IssuedDocument
from pokmas.server.outside import whole_number

logger = logging.getLogger(__name__)


@require_safe
def download(request, pk, name):
    document = _visible(request, pk)
    if not document.is_available:
        return render(
            request,
            "pokmas/documents/unavailable.html",
            {"document": document},
            status=410 if document.scan == Document.Scan.INFECTED else 409,
        )
    return answer(
        request,
        document,
        document.file,
        document.kind,
        document.name,
        inline=document.is_image,
    )


@require_safe
def thumbnail(request, pk):
    document = _visible(request, pk)
    if not document.is_available or not document.thumbnail:
        raise Http404
    response = answer(
        request, document, document.thumbnail, Document.Kind.JPEG, document.name
    )
    if response.status_code == 200:
        response["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def view(request, pk):
    """A file to be read inside another page: one page of it, and plain links."""
    document = _visible(request, pk)
    siblings = [document]
    if document.owner is not None:
        siblings = list(_beside(document).visible_to(request.user))
    return _read(request, document, siblings)


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def issued_view(request, code):
    """A paper that the portal made, to be read so."""
    paper = _visible_paper(request, code)
    return _read(request, paper, [paper])


@require_safe
def page(request, pk, number, zoom):
    """One page of a PDF as a picture."""
    document = _visible(request, pk)
    if document.kind != Document.Kind.PDF or not document.is_available:
        raise Http404
    return _page(request, document, number, zoom)


@require_safe
def issued_page(request, code, number, zoom):
    return _page(request, _visible_paper(request, code), number, zoom)


@require_safe
def issued(request, code):
    found = _visible_paper(request, code)
    name = f"{found} {code}.pdf"
    return answer(request, found, found.file, Document.Kind.PDF, name)


@require_safe
def word(request, code):
    """The same in Word, for whoever may see the owner."""
    found = _visible_paper(request, code)
    if not found.word:
        raise Http404
    name = f"{found}.docx"
    return answer(request, found, found.word, Document.Kind.DOCX, name, inline=False)


@require_safe
def package(request, code):
    """The files that it lists, with it, for whoever may see the owner."""
    found = _visible_paper(request, code)
    if not found.package:
        raise Http404
    name = f"{found} {code}.zip"
    return answer(request, found, found.package, "application/zip", name, inline=False)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Public: look a code up, or compare a PDF with what was issued."""
    if request.method == "POST":
        return _check_file(request)
    form = CodeForm(request.GET or None)
    if request.GET and form.is_valid():
        return redirect("documents:check_code", form.cleaned_data["code"])
    return _check_page(request, {"code_form": form})


@login_not_required
@require_safe
def check_code(request, code):
    """Public, behind the QR: number, holder, unit, validity, state, fingerprint."""
    if wait := limiter.wait_for(request, "check-code", times=30, seconds=60):
        return _too_many(request, wait)
    wanted = checking.code_in(code)
    if wanted and wanted != code:
        return redirect("documents:check_code", wanted)
    found = checking.find(wanted) if wanted else None
    if found is None:
        form = CodeForm({"code": code})
        return _check_page(request, {"code_form": form, "unknown": True}, status=404)
    context = {
        "issued": found,
        "finding": checking.finding_of(found),
        "copy": checking.kept_copies().filter(issued=found).best(),
        "file_form": FileForm(),
    }
    return _unlisted(render(request, "pokmas/documents/checked.html", context))


def _check_file(request):
    if wait := limiter.wait_for(request, "check-file", times=10, seconds=60):
        return _too_many(request, wait)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _check_page(request, {"file_form": form}, status=422)
    try:
        verdict = checking.examine(form.cleaned_data["file"])
    except slots.Busy:
        busy = _check_page(request, {"is_busy": True}, status=503)
        busy["Retry-After"] = "5"
        return busy
    except ValidationError as refusal:
        form.add_error("file", refusal)
        return _check_page(request, {"file_form": form}, status=422)
    context = {
        "issued": verdict.issued,
        "copy": verdict.copy,
        "finding": checking.finding_about(verdict),
        "is_other": verdict.result == checking.Result.ALTERED,
    }
    return _unlisted(render(request, "pokmas/documents/checked.html", context))


def _check_page(request, context, status=200):
    """`form` is the one that was sent, for the title of the page."""
    forms = {"code_form": CodeForm(), "file_form": FileForm()} | context
    forms["form"] = context.get("file_form") or context.get("code_form")
    return _unlisted(
        render(request, "pokmas/documents/check.html", forms, status=status)
    )


def _too_many(request, wait):
    context = {"seconds": math.ceil(wait)}
    page = "pokmas/documents/too_many.html"
    response = _unlisted(render(request, page, context, status=429))
    response["Retry-After"] = str(context["seconds"])
    return response


def _unlisted(response):
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _read(request, document, siblings):
    number = _within(request.GET.get("page"), document.pages or 1)
    zoom = _within(request.GET.get("zoom"), max(pictures.WIDTHS))
    context = {
        "document": document,
        "siblings": siblings,
        "following": next((row for row in siblings if row.pk > document.pk), None),
        "number": number,
        "zoom": zoom,
        "picture": document.get_page_url(number, zoom),
    }
    return render(request, "pokmas/documents/view.html", context)


def _page(request, document, number, zoom):
    if not 1 <= number <= (document.pages or 1) or zoom not in pictures.WIDTHS:
        raise Http404
    try:
        content = pictures.page(document, number, zoom)
    except pictures.NotDrawn:
        name = document.file.name
        logger.warning("Page %s of %s is not drawn", number, name, exc_info=True)
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    except FileNotFoundError:
        return away.gone(request, document)
    response = HttpResponse(content, content_type=str(Document.Kind.JPEG))
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _beside(document):
    """What is read together with it: all files of its owner, or what that one says."""
    owner = document.owner
    return owner.papers if hasattr(owner, "papers") else Document.objects.of(owner)


def _within(text, most: int) -> int:
    """A number of the address, from one to `most`."""
    return min(max(whole_number(text) or 1, 1), most)


def _visible(request, pk) -> Document:
    rows = Document.objects.filter(pk=pk)
    document = get_object_or_404(rows.visible_to(request.user))
    if document.is_erased:
        raise Http404
    return document


def _visible_paper(request, code) -> IssuedDocument:
    papers = IssuedDocument.objects.sealed().filter(code=code)
    return get_object_or_404(papers.visible_to(request.user))
