"""A form that could not be taken, kept until its owner sends it again.

It was sent after the session had ended, the database was too long over it, or somebody
else was faster.

Only what passed the CSRF check gets here, so a form of another site is never kept.
"""

import re
import time

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from pokmas.records import tries

KEPT = "kept_form"
KEPT_FOR_SECONDS = 60 * 60
MOST_BYTES = 100_000
# What a form says of itself, not its owner; and how many answers are shown again.
HIDDEN = {"revision", "submission_key", "proposed_for", "query", "next", "then"}
GIST = 6
# What a list of choices sends, which nobody typed: “on_site”.
CHOSEN = re.compile(r"[a-z]+(_[a-z]+)*")
# Never stored: secrets, and what belongs to the old page alone.
SECRET = re.compile(
    r"password|passwd|sandi|secret|credential|^code$|^nik$|^csrfmiddleware"
)


def keep(request: HttpRequest, user_id: int | None, *, why: str = "ended") -> bool:
    """Remember fields and address of this request, for `user_id` if he is known.

    `why` is "ended" (the session), "slow" or "faster" (somebody else).

    False if it is no form, or one of too many.
    """
    if request.method != "POST" or _keeps_too_many(request, user_id):
        return False
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if not SECRET.search(name.lower())
        for value in values
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    request.session[KEPT] = {
        "path": request.get_full_path(),
        "fields": fields if size <= MOST_BYTES else [],
        "too_large": size > MOST_BYTES,
        "files": [upload.name[:120] for upload in _files(request)],
        "user": user_id,
        "at": int(time.time()),
        "why": why,
    }
    return True


def kept_for(request: HttpRequest) -> dict | None:
    """What waits for this person; another's or an old one is thrown away."""
    kept = request.session.get(KEPT)
    if kept is None:
        return None
    old = time.time() - kept["at"] > KEPT_FOR_SECONDS
    if old or kept["user"] not in (None, request.user.pk):
        forget(request)
        return None
    return kept


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def forget_sent(request: HttpRequest) -> None:
    """The kept form has been sent again: its copy is no longer needed."""
    kept = request.session.get(KEPT)
    if kept and request.method == "POST" and request.get_full_path() == kept["path"]:
        forget(request)


def _keeps_too_many(request, user_id):
    """A person who is known counts for himself, others by the address they share."""
    who, times = (user_id, 30) if user_id else (get_ip(request), 200)
    return tries.take(f"kept-form:{who}", times=times, seconds=24 * 60 * 60) > 0


def _files(request):
    return [upload for _name, uploads in request.FILES.lists() for upload in uploads]


def gist(kept: dict) -> tuple[list[str], int]:
    """What its owner knows it by: the words he typed; and how many answers more."""
    told = [
        value
        for name, value in kept["fields"]
        if name not in HIDDEN and value.strip() and value != "on"
    ]
    words = [
        value
        for value in told
        if re.search(r"[^\W\d_]{3}", value) and not CHOSEN.fullmatch(value)
    ]
    return words[:GIST], len(told) - len(words[:GIST])
