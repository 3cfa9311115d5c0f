"""A stored file as an answer, whole or from where a download broke off."""

import hashlib
import re
from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from pokmas.documents import away

# What a browser may do with a file it shows itself: nothing but show it.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"

# One part, of a file of any size; who asks for several gets the whole.
_RANGE = re.compile(r"bytes=(?!-$)(\d{0,12})-(\d{0,12})", re.ASCII)

# What some system does not take in the name of a file.
_UNSAFE = re.compile(r'\s*(?:[\\/:*?"<>|\x00-\x1f]\s*)+')


def answer(
    request, document, file, kind, name, *, inline=True, change=None
) -> HttpResponseBase:
    """As it is kept, or as `change` makes it of that."""
    try:
        content = file.open()
    except FileNotFoundError:
        return away.gone(request, document)
    # What is stored under a name stays as it is.
    tag = f'"{hashlib.sha256(file.name.encode()).hexdigest()[:32]}"'
    size = file.file.size
    if change is not None:
        with content:
            changed = change(content.read())
        tag = f'"{hashlib.sha256(changed).hexdigest()[:32]}"'
        content, size = BytesIO(changed), len(changed)
    part = _part_of(request, size, tag)
    if part is not None and not part:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = FileResponse(
        _cut(content, part) if part else content,
        as_attachment=not inline,
        filename=_UNSAFE.sub(" - ", name),
        content_type=str(kind),
        status=206 if part else 200,
    )
    if part:
        response["Content-Range"] = f"bytes {part[0]}-{part[-1]}/{size}"
    response["Accept-Ranges"], response["ETag"] = "bytes", tag
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _part_of(request, size: int, tag: str) -> range | None:
    """The part of a file that a broken-off download goes on with; None is all of it."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = asked.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    return range(int(first), min(int(last) + 1 if last else size, size))


def _cut(content, part: range) -> BytesIO:
    content.seek(part.start)
    with content:
        return BytesIO(content.read(len(part)))
