import errno
import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from pokmas.documents import services
from pokmas.server.outage import StoreFailed


class TooMuch(ContentFile):
    """A file that the disk has no room for, from the second block on."""

    def chunks(self, chunk_size=None):
        yield b"x" * 1000
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_said_so_and_leaves_no_half_file(settings):
    with pytest.raises(StoreFailed, match="penuh"):
        services._written(TooMuch(b"x"), "issued")

    assert not any(names for *_path, names in os.walk(settings.MEDIA_ROOT))


def test_a_file_and_its_name_are_on_the_disk_when_it_is_stored(monkeypatch):
    flushed = []
    monkeypatch.setattr(
        os,
        "fsync",
        lambda handle: flushed.append(os.readlink(f"/proc/self/fd/{handle}")),
    )

    name = default_storage.save("documents/2026/11/acak", ContentFile(b"isi"))

    path = default_storage.path(name)
    assert flushed == [path, os.path.dirname(path)]
    assert default_storage.open(name).read() == b"isi"


@pytest.mark.django_db
def test_sweep_strays_comes_round_to_what_an_absent_sweeper_left():
    now = timezone.now() + timedelta(days=2)
    long_ago = f"documents/{now.year - 3}/05/stray"
    stray = default_storage.save(long_ago, ContentFile(b"x"))

    removed = sum(
        services.sweep_strays(now + timedelta(hours=hour))
        for hour in range(services.OLDEST)
    )

    assert (removed, default_storage.exists(stray)) == (1, False)
