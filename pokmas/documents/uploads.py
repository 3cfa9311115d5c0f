"""Uploads are measured while they arrive: too large ones never fill the disk."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.shortcuts import render
from django.urls import reverse

from pokmas.words import dates

# The largest file any form reads: the check page takes a long issued document.
MAX_FILE_BYTES = 25 * 1024 * 1024


def largest_file() -> int:
    return max(MAX_FILE_BYTES, settings.MAX_UPLOAD_BYTES)


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps no more of a file than any form accepts, but remembers its true size.

    So the form's own check refuses it in words, and nothing else typed is lost.
    """

    def receive_data_chunk(self, raw_data, start):
        if start < largest_file():
            self.file.write(raw_data)


class RequestSizeMiddleware:
    """Answers a request larger than any form of ours before it is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            size = 0
        if size <= settings.MAX_REQUEST_BYTES:
            return self.get_response(request)
        compares = request.path == reverse("documents:check")
        largest = MAX_FILE_BYTES if compares else settings.MAX_UPLOAD_BYTES
        context = {
            "size": dates.file_size(size),
            "limit": dates.file_size(settings.MAX_REQUEST_BYTES),
            "file_limit": dates.file_size(largest),
            "compares": compares,
        }
        return render(request, "pokmas/documents/too_large.html", context, status=413)
