"""The files of a bundle as one ZIP: numbered folders, plain names, an index."""

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files import File
from django.utils import timezone

from pokmas.documents import belonging
from pokmas.server.outage import StoreFailed
from reports.bundles.gathering import Piece, Source

INDEX = "00_Indeks"
LONGEST = 80
CHUNK = 1 << 20


@dataclass(frozen=True)
class Packed:
    """A file that is in the ZIP; `is_again` if a piece before it gave the same."""

    number: int
    piece: Piece
    path: str
    sha256: str
    is_again: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


class Packing:
    """A ZIP on the disk of the worker, until the store has it."""

    def __init__(self):
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._zip = ZipFile(self._file, "w")
        self.packed: list[Packed] = []
        self.files = self.size = 0
        # What the rows name and the store does not have.
        self.lost: list[Piece] = []

    def add_all(self, pieces: Iterable[Piece]) -> None:
        """By folder, and in the order given within it. A file that shows several
        records is there once, and named with each."""
        order = list(Source)
        pieces = sorted(pieces, key=lambda piece: order.index(piece.source))
        folders = list(dict.fromkeys(piece.source for piece in pieces))
        digits, there = max(2, len(str(len(pieces)))), {}
        for piece in pieces:
            stored = piece.file.file.name
            if stored in there:
                self.packed.append(replace(there[stored], piece=piece, is_again=True))
                continue
            number = self.files + 1
            folder = f"{folders.index(piece.source) + 1:02}_{plain(piece.source.label)}"
            name = f"{number:0{digits}}_{plain(piece.name)}{piece.extension}"
            path = f"{folder}/{name}"
            digest = self._add(piece, path)
            if digest:
                there[stored] = Packed(number, piece, path, digest)
                self.files, self.size = number, self.size + piece.file.size
                self.packed.append(there[stored])

    def _add(self, piece: Piece, path: str) -> str:
        """Its fingerprint; "" if the store does not have it."""
        try:
            content = piece.file.file.storage.open(piece.file.file.name)
        except FileNotFoundError as error:
            if belonging.fault():
                raise StoreFailed("strange") from error
            self.lost.append(piece)
            return ""
        digest = hashlib.sha256()
        with content, self._zip.open(_entry(path, ZIP_STORED), "w") as target:
            for chunk in content.chunks(CHUNK):
                digest.update(chunk)
                target.write(chunk)
        return digest.hexdigest()

    def finished(self, index: dict[str, bytes]) -> File:
        """With its index, ready to be stored."""
        for name, content in index.items():
            with self._zip.open(_entry(name, ZIP_DEFLATED), "w") as target:
                target.write(content)
        self._zip.close()
        self._file.seek(0)
        return File(self._file, name="paket.zip")


def _entry(path: str, how: int) -> ZipInfo:
    entry = ZipInfo(path, timezone.localtime().timetuple()[:6])
    entry.compress_type, entry.external_attr = how, 0o644 << 16
    return entry


def plain(text: str) -> str:
    """As any system takes it for the name of a file; a long one ends with a word."""
    text = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    text = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
    if len(text) > LONGEST:
        text = text[: LONGEST + 1].rpartition("_")[0] or text[:LONGEST]
    return text.rstrip("_") or "berkas"
