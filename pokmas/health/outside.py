"""What lies outside the database: queue server, files, PDF, virus scanner."""

import io
import shutil
import uuid
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import (
    ManifestFilesMixin,
    staticfiles_storage,
)
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _
from redis import Redis

from pokmas.documents import belonging, clamd
from pokmas.health.watched import SECONDS, Finding, State
from pokmas.words import dates

LITTLE_SPACE, NO_SPACE = 2 * 1024**3, 512 * 1024**2


def broker() -> Finding:
    url = settings.REDIS_URL.replace("redis+socket://", "unix://")
    with Redis.from_url(
        url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS, retry=None
    ) as client:
        client.ping()
    return Finding("broker", State.OK, _("Menjawab."))


def static() -> Finding:
    """Whether every file of this version is in the list that the process began with."""
    missing = _uncollected()
    if missing:
        text = _("%(count)s berkas belum dikumpulkan.") % {"count": missing}
        return Finding("static", State.BAD, text)
    return Finding("static", State.OK, _("Lengkap untuk versi ini."))


@cache
def _uncollected() -> int:
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return 0
    names = {name for finder in get_finders() for name, _storage in finder.list([])}
    collected = staticfiles_storage.hashed_files
    return len({staticfiles_storage.hash_key(each) for each in names} - set(collected))


def storage() -> Finding:
    """Write a small file, read it again, remove it; then look at the space left."""
    content = uuid.uuid4().bytes
    name = default_storage.save(f"health/{uuid.uuid4().hex}", ContentFile(content))
    try:
        with default_storage.open(name) as file:
            if file.read() != content:
                raise OSError
    finally:
        default_storage.delete(name)
    if not isinstance(default_storage, FileSystemStorage):
        return Finding("storage", State.OK, _("Dapat ditulis dan dibaca."))
    free = shutil.disk_usage(default_storage.location).free
    text = _("Dapat ditulis dan dibaca; sisa ruang %(free)s.") % {
        "free": _gigabytes(free)
    }
    state = State.WARN if free < LITTLE_SPACE else State.OK
    state = State.BAD if free < NO_SPACE else state
    return Finding("storage", state, text, {"storage_free_bytes": free})


def whose(wanted: str) -> Callable[[], Finding]:
    """Whether the store is the one that the database knows by this mark."""

    def storage_mark() -> Finding:
        if words := belonging.fault_of(wanted):
            return Finding("storage_mark", State.BAD, words)
        return Finding("storage_mark", State.OK, _("Milik basis data ini."))

    return storage_mark


def pdf() -> Finding:
    """Typst and fonts, without loading it into the web."""
    missing = []
    if find_spec("typst") is None:
        missing.append("Typst")
    if not any(Path(settings.BASE_DIR, "static", "fonts").glob("*.ttf")):
        missing.append(_("huruf"))
    if missing:
        text = _("Tidak ada: %(names)s.") % {"names": ", ".join(missing)}
        return Finding("pdf", State.BAD, text)
    return Finding("pdf", State.OK, _("Typst dan huruf tersedia."))


def scanner() -> Finding:
    """A small clean file is answered; a daemon without its lists refuses."""
    clamd.scan(io.BytesIO(b"pokmas"))
    return Finding("scanner", State.OK, _("Menjawab."))


def _gigabytes(size: int) -> str:
    return f"{dates.number(size / 1024**3, 1)} GB"
