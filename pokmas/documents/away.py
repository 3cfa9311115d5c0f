"""What is answered in place of a file: its store is away, or it is gone from there."""

import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pokmas.documents import belonging, waiting
from pokmas.documents.models import Document, IssuedDocument
from pokmas.server.outage import StoreFailed, why_no_store

logger = logging.getLogger(__name__)
AGAIN_SECONDS = "10"


class StoreMiddleware:
    """Nobody waits long for the store, and whoever needs it is told why not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with waiting.bounded(waiting.REQUEST_SECONDS):
            return self.get_response(request)

    def process_exception(self, request, error):
        why = why_no_store(error)
        if not why:
            return None
        logger.warning("Answered without the store of files: %r", error)
        return _answer(request, why)


def gone(request, document: Document | IssuedDocument) -> HttpResponse:
    """A row names a file that the store does not have.

    Where the store is another one, all files seem gone: that is said instead.
    """
    logger.error("A stored file is gone: %s", document.file.name)
    if belonging.fault():
        raise StoreFailed("strange")
    if _wants_picture(request):
        return _picture(request, _("Gambar sudah tidak ada"), 404)
    return render(
        request, "pokmas/documents/gone.html", {"document": document}, status=404
    )


def _answer(request, why: str) -> HttpResponse:
    """In words why the store does not give a file, and that nothing is lost."""
    if _wants_picture(request):
        response = _picture(request, _("Gambar belum dapat dibuka"), 503)
    else:
        response = render(request, "storage_away.html", {"why": why}, status=503)
    response["Retry-After"] = AGAIN_SECONDS
    return response


def _wants_picture(request) -> bool:
    """Whether it is to stand in a page, as an older browser says in what it accepts."""
    accepted = request.headers.get("Accept", "")
    wanted = "image" if accepted.startswith("image/") else ""
    return request.headers.get("Sec-Fetch-Dest", wanted) == "image"


def _picture(request, words: str, status: int) -> HttpResponse:
    response = render(
        request,
        "pokmas/documents/no_picture.svg",
        {"words": words},
        content_type="image/svg+xml",
        status=status,
    )
    response["Cache-Control"] = "no-store"
    return response
