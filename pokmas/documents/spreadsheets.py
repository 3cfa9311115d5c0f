"""Lists that the portal reads row by row: XLSX, XLS, ODS, CSV. Plain Python.

What they hold is judged here before anything of them is read; the reading is the work
of `pokmas.imports.reader`, in such a process too.
"""

import re
import zipfile
from pathlib import Path

from pokmas.documents import packages
from pokmas.documents.sandbox import Refused

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
OLD_EXCEL = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")
LOCKED = "EncryptedPackage".encode("utf-16-le")
MACROS = "_VBA_PROJECT".encode("utf-16-le")
OTHER_TEXT = re.compile(rb"\s*(<|\{|%|#!|BEGIN:)", re.I)
UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Control signs that no list holds.
ODD = re.compile("[\x00-\x08\x0e-\x1f]")
SAMPLE = 65_536


def inspect(path: Path, folder: Path) -> dict:
    """Of which kind it is; refuses what is none, what is locked, and bombs."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if head.startswith(b"PK"):
        return _package(path, folder)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_excel(path)
    if OTHER_TEXT.match(head) or ODD.search(decoded(head)):
        raise Refused("not_list")
    return {"kind": "csv"}


def decoded(data: bytes) -> str:
    """Text as spreadsheets save it here: Unicode, else that of an old Windows.

    The end of a sample may cut a sign in two.
    """
    if data.startswith(UTF16):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:
            return data[: error.start].decode("utf-8-sig")
    return data.decode("cp1252", errors="replace")


def _package(path: Path, folder: Path) -> dict:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
        if kind.strip() != ODS:
            return _office(path, folder)
        packages.unpack(archive, path.stat().st_size)
        manifest = archive.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise Refused("encrypted")
    return {"kind": "ods"}


def _office(path: Path, folder: Path) -> dict:
    try:
        found = packages.inspect(path, folder)
    except Refused as refusal:
        # A binary workbook, slides, a mere archive.
        if refusal.args[0] != "not_office":
            raise
        found = {"kind": ""}
    if found["kind"] != "xlsx":
        raise Refused("not_list")
    return found


def _old_excel(path: Path) -> dict:
    from python_calamine import CalamineError, PasswordError, load_workbook

    content = path.read_bytes()
    if LOCKED in content:
        raise Refused("encrypted")
    if not any(name in content for name in OLD_EXCEL):
        raise Refused("not_list")
    if MACROS in content:
        raise Refused("macro")
    try:
        load_workbook(path)
    except PasswordError:
        raise Refused("encrypted") from None
    except CalamineError:
        raise Refused("broken") from None
    return {"kind": "xls"}
