"""The part that opens a stranger's file, in a confined process of its own.

    python -m pokmas.documents.inspector <image|pdf|office|code> <folder>

The file is `upload` in that folder. It prints JSON: facts about the file, or
{"refused": <reason>}. Images are drawn anew as `file` and `thumbnail`, without anything
that came along with the pixels. Reasons are turned
into words by `inspection.py`.
"""

import json
import re
import sys
import time
import warnings
import zipfile
from pathlib import Path
from xml.parsers import expat

from pokmas.documents import sandbox

# Of processor time. Whoever asks about a code may have no account: he gets less.
SECONDS = 5
CODE_SECONDS = 1
MEGABYTES = 640

LONGEST_SIDE = 1600
THUMBNAIL_SIDE = 320
PIXELS = 40_000_000
AIM_BYTES = 300 * 1024
QUALITIES = (85, 76, 66, 55)
# EXIF orientation → what sets the picture upright.
UPRIGHT = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}

PAGES = 50
OBJECTS = 100_000
ACTIVE = {
    "/JS": "script",
    "/JavaScript": "script",
    "/Launch": "launch",
    "/SubmitForm": "launch",
    "/ImportData": "launch",
    "/GoToE": "launch",
    "/EmbeddedFile": "attachment",
    "/EmbeddedFiles": "attachment",
    "/EF": "attachment",
    "/RichMedia": "attachment",
    "/RichMediaContent": "attachment",
    "/XFA": "script",
}
RAW_ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)\b")
MARKUP = re.compile(rb"<\s*(!doctype|html|script|svg|iframe|body)", re.I)

ENTRIES = 5_000
UNPACKED_BYTES = 120 * 1024 * 1024
RATIO = 150
MACROS = re.compile(
    r"vbaproject|macrosheets/|activex/|\.(exe|dll|js|vbs|hta|lnk)$", re.I
)
OBJECTS_INSIDE = re.compile(r"(^|/)(embeddings|oleobject)", re.I)
MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument"
    ".spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument"
    ".wordprocessingml.document.main+xml": "docx",
}

# A page of ours holds some thousand signs.
PAGE_SIGNS = 20_000
CODE = re.compile(r"[2-9B-DF-HJ-NP-TV-Z]{4}(?:-[2-9B-DF-HJ-NP-TV-Z]{4}){2}")


class Refused(Exception):
    """The file is not taken; the argument says why in one word."""


# Images


def inspect_image(path: Path, folder: Path) -> dict:
    """Draw the image anew: upright, at most 1600 pixels, without metadata."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", message=".*malformed MPO")
    try:
        image = Image.open(path, formats=["JPEG", "PNG"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("pixels") from None
    with image:
        was_png = image.format == "PNG"
        if image.width * image.height > PIXELS:
            raise Refused("pixels")
        orientation = _orientation(image)
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        small = _shrunk(image, LONGEST_SIDE)
    if orientation in UPRIGHT:
        small = small.transpose(getattr(Image.Transpose, UPRIGHT[orientation]))
    clean = Image.new("RGB", small.size, "white")
    clean.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    kind = _save(clean, small, folder / "file", was_png=was_png)
    clean.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    clean.save(folder / "thumbnail", "JPEG", quality=70, optimize=True)
    return {"kind": kind, "width": small.width, "height": small.height}


def _orientation(image) -> int:
    """From EXIF, which may be broken without the picture being so."""
    try:
        return image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001
        return 1


def _shrunk(image, side: int):
    """At most `side` pixels long, as RGB, or RGBA if parts are transparent.

    Far larger ones are first reduced strip by strip: whole, they would be held twice.
    """
    from PIL import Image

    factor = max(image.size) // (2 * side)
    if factor > 1:
        width, height = (-(-length // factor) for length in image.size)
        strip = 64 * factor
        reduced = Image.new(_plain(image.crop((0, 0, 1, 1))).mode, (width, height))
        for top in range(0, image.height, strip):
            piece = image.crop((0, top, image.width, min(top + strip, image.height)))
            reduced.paste(_plain(piece).reduce(factor), (0, top // factor))
        image = reduced
    image = _plain(image)
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return image


def _plain(image):
    """In one of two modes: with transparency, or without."""
    if image.mode in ("RGB", "RGBA"):
        return image
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode.startswith("I") or image.mode == "F":
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGB")


def _save(clean, small, path: Path, *, was_png: bool) -> str:
    """As PNG if it was one and is light, else as JPEG of some 300 KB."""
    if was_png:
        fresh = small.copy()
        fresh.info = {}
        fresh.save(path, "PNG", optimize=True)
        if path.stat().st_size <= AIM_BYTES:
            return "png"
    for quality in QUALITIES:
        clean.save(path, "JPEG", quality=quality, optimize=True, progressive=True)
        if path.stat().st_size <= AIM_BYTES:
            break
    return "jpeg"


# PDF


def inspect_pdf(path: Path, folder: Path) -> dict:
    """Refuse what acts by itself, hides something, is locked, torn or too long."""
    from pypdf import PdfReader

    content = path.read_bytes()
    _refuse_foreign_parts(content)
    reader = PdfReader(path)
    if reader.is_encrypted:
        raise Refused("encrypted")
    if match := RAW_ACTIVE.search(content):
        raise Refused(ACTIVE[match[0].decode()])
    for number in _object_numbers(reader):
        _refuse_active(reader.get_object(number))
    pages = len(reader.pages)
    if not pages:
        raise Refused("broken")
    if pages > PAGES:
        raise Refused("pages")
    for page in reader.pages:
        if not (page.mediabox.width and page.mediabox.height):
            raise Refused("broken")
    return {"kind": "pdf", "pages": pages}


def _refuse_foreign_parts(content: bytes) -> None:
    if b"%%EOF" not in content[-1024:]:
        raise Refused("torn")
    if MARKUP.search(content[:1024]) or b"PK\x05\x06" in content[-66_000:]:
        raise Refused("two_kinds")


def _object_numbers(reader):
    from pypdf.generic import IndirectObject

    numbers = [
        (number, generation)
        for generation, offsets in reader.xref.items()
        for number in offsets
    ]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > OBJECTS:
        raise Refused("too_complex")
    for number, generation in numbers:
        yield IndirectObject(number, generation, reader)


def _refuse_active(found) -> None:
    """Look through one object and what stands directly in it."""
    from pypdf.generic import IndirectObject, NameObject

    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            continue
        if isinstance(value, dict):
            for name in value:
                if str(name) in ACTIVE:
                    raise Refused(ACTIVE[str(name)])
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, NameObject) and str(value) in ACTIVE:
            raise Refused(ACTIVE[str(value)])


# XLSX and DOCX


def inspect_office(path: Path, folder: Path) -> dict:
    """Refuse macros, foreign objects, links that load by themselves, and bombs."""
    # The directory of the archive ends the file: nothing may hide behind it.
    if path.read_bytes()[-22:-18] != b"PK\x05\x06":
        raise Refused("torn")
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        _refuse_odd_archive(entries, path.stat().st_size)
        kind = _main_part(archive)
        room = UNPACKED_BYTES
        for entry in entries:
            room -= _read_through(archive, entry, room)
    return {"kind": kind}


def _refuse_odd_archive(entries, size: int) -> None:
    if not entries or len(entries) > ENTRIES:
        raise Refused("bomb")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or min(e.header_offset for e in entries):
        raise Refused("two_kinds")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Refused("encrypted")
        if MACROS.search(entry.filename):
            raise Refused("macro")
        if OBJECTS_INSIDE.search(entry.filename):
            raise Refused("attachment")
        if entry.filename.startswith("/") or ".." in Path(entry.filename).parts:
            raise Refused("broken")
    if sum(entry.file_size for entry in entries) > min(UNPACKED_BYTES, size * RATIO):
        raise Refused("bomb")


def _main_part(archive) -> str:
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types:
        raise Refused("macro")
    found = [kind for name, kind in MAIN_PARTS.items() if name.encode() in types]
    if len(found) != 1:
        raise Refused("not_office")
    return found[0]


def _read_through(archive, entry, room: int) -> int:
    """Unpack one entry to nowhere, counting what really comes out of it."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    parser = _parser(entry.filename) if is_xml else None
    count = 0
    with archive.open(entry) as file:
        while chunk := file.read(256 * 1024):
            count += len(chunk)
            if count > room:
                raise Refused("bomb")
            if parser:
                parser.Parse(chunk, False)
    if parser and count:
        parser.Parse(b"", True)
    return count


def _parser(filename: str):
    """Reads XML for errors, entities and, in lists of relations, what loads itself."""
    parser = expat.ParserCreate()

    def refuse_doctype(*_arguments):
        raise Refused("bomb")

    def look_at(name, attributes):
        if name.rpartition(":")[2] != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode") == "External" and kind != "hyperlink":
            raise Refused("external")

    parser.StartDoctypeDeclHandler = refuse_doctype
    if filename.endswith(".rels"):
        parser.StartElementHandler = look_at
    return parser


# The code printed in one of our own documents


def find_code(path: Path, folder: Path) -> dict:
    """Codes of ours in the text of a PDF, from its last pages to its first."""
    import pypdfium2

    file = pypdfium2.PdfDocument(path)
    until = time.process_time() + CODE_SECONDS / 2
    for number in range(len(file) - 1, max(len(file) - PAGES, 0) - 1, -1):
        if time.process_time() > until:
            raise Refused("endless")
        text = file[number].get_textpage()
        signs = text.count_chars()
        # The code stands at the foot of a page, and which end that is nobody knows.
        for start in {0, max(signs - PAGE_SIGNS, 0)}:
            words = text.get_text_range(start, min(signs, PAGE_SIGNS))
            if found := CODE.findall(words):
                return {"codes": sorted(set(found))[:5]}
    return {"codes": []}


TASKS = {
    "image": inspect_image,
    "pdf": inspect_pdf,
    "office": inspect_office,
    "code": find_code,
}


def seconds_for(task: str) -> int:
    return CODE_SECONDS if task == "code" else SECONDS


def inspect(task: str, path: Path, folder: Path) -> dict:
    """Facts about the file, or why it is refused; whatever the file does to us."""
    try:
        answer = TASKS[task](path, folder)
    except Refused as refusal:
        answer = {"refused": refusal.args[0]}
    except MemoryError:
        answer = {"refused": "too_complex"}
    except Exception as error:  # noqa: BLE001
        answer = {"refused": "broken", "error": f"{type(error).__name__}: {error}"}
    return answer


def main() -> None:
    task, folder = sys.argv[1], Path(sys.argv[2])
    sandbox.confine(folder, seconds=seconds_for(task), megabytes=MEGABYTES)
    answer = inspect(task, folder / "upload", folder)
    answer |= {"megabytes": sandbox.memory_used(), "attempts": sandbox.attempts}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
