"""What opens files waits for threads of its own, so that pages never wait behind it.

Who waits there holds no thread and no connection to the database; how long he did is
counted against the time that he is given for his turn.
"""

import re
from contextvars import ContextVar

# Threads of a process for what opens files, beside those that answer all else.
THREADS = 3
# Larger than this a form holds a file; a smaller one is looked into.
FORM_BYTES = 20_000
# An upload, or one kept from before, which may be a page to be bound with others.
NAMES_A_FILE = re.compile(rb'filename(?!="")|_kept"', re.IGNORECASE)
# A page of a PDF that is drawn as a picture (`documents.urls`).
DRAWS_A_PAGE = re.compile(r"/documents/(?:issued/)?[^/]+/pages/\d+/\d+/")

# Seconds that the request of this thread waited for it.
waited: ContextVar[float] = ContextVar("waited", default=0.0)


def opens_files(request) -> bool:
    """Of a request that is there whole, as waitress keeps it."""
    if not request.headers.get("CONTENT_TYPE", "").startswith("multipart/"):
        return bool(DRAWS_A_PAGE.fullmatch(request.path))
    body = request.get_body_stream()
    start = body.read(FORM_BYTES + 1)
    body.seek(0)
    return len(start) > FORM_BYTES or bool(NAMES_A_FILE.search(start))
