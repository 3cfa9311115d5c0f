import os

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


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
