"""What an Excel or Word file may hold: judged by its parsed parts, never by a name.

A part is what the list of content types and the relations say it is; macros called
`picture1.png` are macros.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from pokmas.documents.sandbox import Refused

ENTRIES = 5_000
UNPACKED_BYTES = 120 * 1024 * 1024
RATIO = 150
# In names, content types and relations alike.
PROGRAMS = re.compile(
    r"vbaproject|vbadata|macro|activex|/control$|\.(exe|dll|js|vbs|hta|lnk)$", re.I
)
# Other files inside, also whole pages that Word reads as if they were its own.
OBJECTS = re.compile(r"(^|/)embeddings|(^|[/.])oleobject|/package$|afchunk", re.I)
# What fetches its content from elsewhere as soon as somebody opens or refreshes it.
FETCHES = re.compile(
    r"attachedtemplate|connections|querytable|externallink|subdocument|mailmerge|/frame$",
    re.I,
)
HARMLESS_LINKS = {"hyperlink"}
LOCAL = re.compile(r"[\\/]{2}|(file|smb|javascript|vbscript|data|ms-\w+|search-ms):")
# Fields of Word that start programs or fetch something.
FIELD = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b",
    re.I,
)
FORMULA = re.compile(r"\|\s*'[^']*'\s*!|\bWEBSERVICE\s*\(", re.I)
ELEMENTS = {
    "altChunk": "attachment",
    "OLEObject": "attachment",
    "oleObject": "attachment",
    "ddeLink": "external",
    "oleLink": "external",
    "webPr": "external",
    "dbPr": "external",
    "DataMashup": "external",
    "subDoc": "external",
}
# Programs, and files of other programs, whatever their parts are called.
SIGNATURES = {
    b"\xd0\xcf\x11\xe0": "attachment",
    b"PK\x03\x04": "attachment",
    b"%PDF": "attachment",
    b"MZ": "macro",
    b"\x7fELF": "macro",
}
MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument"
    ".spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument"
    ".wordprocessingml.document.main+xml": "docx",
}


def inspect(path: Path, folder: Path) -> dict:
    """Refuse macros, foreign objects, links that load by themselves, and bombs."""
    # The directory of the archive ends the file: nothing may hide behind it.
    if path.read_bytes()[-22:-18] != b"PK\x05\x06":
        raise Refused("torn")
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        _refuse_odd_archive(entries, path.stat().st_size)
        kinds = []
        room = UNPACKED_BYTES
        for entry in entries:
            room -= _read_through(archive, entry, room, kinds.append)
    found = {MAIN_PARTS[kind] for kind in kinds if kind in MAIN_PARTS}
    if len(found) != 1:
        raise Refused("not_office")
    return {"kind": found.pop()}


def unpack(archive: zipfile.ZipFile, size: int) -> None:
    """Look through every part of an archive that is no Excel or Word file."""
    entries = archive.infolist()
    _refuse_odd_archive(entries, size)
    room = UNPACKED_BYTES
    for entry in entries:
        room -= _read_through(archive, entry, room, _refuse_by_name)


def _refuse_odd_archive(entries, size: int) -> None:
    if not entries or len(entries) > ENTRIES:
        raise Refused("bomb")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names) or min(e.header_offset for e in entries):
        raise Refused("two_kinds")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Refused("encrypted")
        _refuse_by_name(entry.filename)
        if entry.filename.startswith("/") or ".." in Path(entry.filename).parts:
            raise Refused("broken")
    if sum(entry.file_size for entry in entries) > min(UNPACKED_BYTES, size * RATIO):
        raise Refused("bomb")


def _refuse_by_name(name: str) -> None:
    """The name of a part, a content type, or the kind of a relation."""
    if PROGRAMS.search(name):
        raise Refused("macro")
    if OBJECTS.search(name):
        raise Refused("attachment")
    if FETCHES.search(name):
        raise Refused("external")


def _read_through(archive, entry, room: int, tell: Callable[[str], None]) -> int:
    """Unpack one entry to nowhere, counting what really comes out of it.

    `tell` hears of each content type that the entry lists.
    """
    count, part = 0, None
    with archive.open(entry) as file:
        while chunk := file.read(256 * 1024):
            if not count:
                _refuse_by_signature(chunk)
                part = Part(entry.filename, tell) if _is_xml(entry, chunk) else None
            count += len(chunk)
            if count > room:
                raise Refused("bomb")
            if part:
                part.read(chunk)
    if part:
        part.read(b"", is_last=True)
    return count


def _refuse_by_signature(chunk: bytes) -> None:
    for signature, reason in SIGNATURES.items():
        if chunk.startswith(signature):
            raise Refused(reason)


def _is_xml(entry, chunk: bytes) -> bool:
    """By its name, or because it looks like it, whatever it is called."""
    start = chunk[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return _must_be_xml(entry.filename) or start.startswith(b"<")


def _must_be_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


class Part:
    """Reads a part for errors and entities, and for what acts or fetches."""

    def __init__(self, name: str, tell: Callable[[str], None]):
        self.is_strict = _must_be_xml(name)
        self.tell = tell
        self.element, self.formula = "", ""
        # The words of each field that is open: Word cuts them into pieces as it likes.
        self.fields = []
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.StartElementHandler = self.begin
        self.parser.CharacterDataHandler = self.text
        self.parser.EndElementHandler = self.end

    def read(self, chunk: bytes, *, is_last: bool = False) -> None:
        try:
            self.parser.Parse(chunk, is_last)
        except expat.ExpatError:
            # Drawings of Excel hold tags that nobody closes.
            if self.is_strict:
                raise

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.element = name.rpartition(":")[2]
        if reason := ELEMENTS.get(self.element):
            raise Refused(reason)
        if self.element == "Relationship":
            _refuse_relation(attributes)
        elif self.element in ("Default", "Override") and "ContentType" in attributes:
            self.tell(attributes["ContentType"])
            _refuse_by_name(attributes["ContentType"])
        elif self.element == "fldSimple":
            _refuse_field(_named("instr", attributes))
        elif self.element == "fldChar":
            self._field(_named("fldCharType", attributes))

    def text(self, words: str) -> None:
        if self.element == "instrText" and self.fields:
            self.fields[-1] = (self.fields[-1] + words).lstrip()[:200]
        elif self.element == "f":
            self.formula = (self.formula + words)[-10_000:]

    def end(self, name: str) -> None:
        if self.formula and FORMULA.search(self.formula):
            raise Refused("external")
        self.element, self.formula = "", ""

    def _field(self, does: str) -> None:
        if "begin" in does:
            self.fields.append("")
        elif self.fields:
            _refuse_field(self.fields[-1])
            if "end" in does:
                self.fields.pop()


def _named(name: str, attributes: dict[str, str]) -> str:
    """The value of that attribute, whatever its name space is called here."""
    found = (value for key, value in attributes.items() if key.endswith(name))
    return next(found, "")


def _refuse_doctype(*_arguments) -> None:
    raise Refused("bomb")


def _refuse_relation(attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2].lower()
    target = re.sub(r"[\x00-\x20]", "", attributes.get("Target", "")).lower()
    is_external = attributes.get("TargetMode", "").strip().lower() == "external"
    if is_external and (kind not in HARMLESS_LINKS or LOCAL.match(target)):
        raise Refused("external")
    _refuse_by_name(f"/{kind}")


def _refuse_field(words: str) -> None:
    if FIELD.match(words):
        raise Refused("external")
