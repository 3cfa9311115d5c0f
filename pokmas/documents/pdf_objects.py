"""What a PDF may hold: its parsed objects are judged, wherever they lie.

A viewer may put a damaged file together in another way than we do. So all that
anybody could find is looked at: what the table lists, what older revisions hold, and
what stands in the file without being listed. Never its bytes: a link to a page about
JavaScript is a link.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from pokmas.documents.sandbox import Refused

PAGES = 50
OBJECTS = 100_000
HEAD = 1024
# In which file beside it stands how much of it is a paper of the portal.
OWN = "own"
MARKUP = re.compile(rb"<\s*(!doctype|html|script|svg|iframe|body)", re.I)
# The head of an object, with what may stand before the object itself.
OBJECT = re.compile(
    rb"(?<!\d)\d{1,10}[\s\0]+\d{1,5}[\s\0]+obj(?![A-Za-z])([\s\0]|%[^\r\n]*)*"
)

# What an action does → why it is refused, and what makes it more than a word.
ACTIONS = {
    "/JavaScript": ("script", {"/JS"}),
    "/Launch": ("launch", {"/F", "/Win", "/Mac", "/Unix"}),
    "/SubmitForm": ("launch", {"/F"}),
    "/ImportData": ("launch", {"/F"}),
    "/GoToE": ("launch", {"/F", "/T"}),
    "/Rendition": ("launch", {"/R", "/JS", "/OP", "/AN"}),
    "/Movie": ("launch", {"/Annotation", "/T", "/Operation"}),
    "/Sound": ("launch", {"/Sound"}),
    "/RichMediaExecute": ("launch", {"/CMD", "/TA"}),
}
# They lead out of the file: only to the web, and only when somebody presses.
LEAVING = {"/URI": "/URI", "/GoToR": "/F", "/Thread": "/F"}
ANNOTATIONS = {
    "/RichMedia": "media",
    "/3D": "media",
    "/Movie": "media",
    "/Sound": "media",
}
PLACES = ("/F", "/UF", "/DOS", "/Unix", "/Mac", "/Base")
# To a machine of the local network, or into the reader's own: what he is there is told.
LOCAL = re.compile(
    r"[\\/]{2}|(file|smb|jar|res|mhtml|javascript|vbscript|data|ms-\w+|search-ms):"
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:")


def inspect_own(path: Path, folder: Path) -> dict:
    """A paper that the portal itself sealed may hold its figures as a sheet; not so
    what was written behind it since."""
    return inspect(path, folder, own=int((folder / OWN).read_text()))


def inspect(path: Path, folder: Path, *, own: int = 0) -> dict:
    """Refuse what acts by itself, hides something, is locked, torn or too long.

    The first `own` bytes are a paper of the portal.
    """
    from pypdf import PdfReader

    content = path.read_bytes()
    _refuse_foreign_parts(content, own)
    # Offsets count from the header, also where something stands before it.
    content = content[content.index(b"%PDF-") :]
    try:
        reader = PdfReader(io.BytesIO(content))
        opens_freely = not reader.is_encrypted or reader.decrypt("")
    except NotImplementedError:  # for the holders of certain certificates
        raise Refused("encrypted") from None
    if not opens_freely:
        raise Refused("encrypted")
    marks = {"is_locked": reader.is_encrypted, "is_signed": False}
    reason = ""
    for found, place in _objects(reader, content):
        for value in _dictionaries(found):
            marks["is_signed"] |= _is_signature(value)
            against = _reason_against(value)
            if not (place < own and against == "attachment"):
                reason = reason or against
    if reason:
        raise Refused(reason, **marks)
    pages = len(reader.pages)
    if not pages:
        raise Refused("broken")
    if pages > PAGES and not own:
        raise Refused("pages", **marks)
    for page in reader.pages:
        if "/MediaBox" in page and not (page.mediabox.width and page.mediabox.height):
            raise Refused("broken")
    return {"kind": "pdf", "pages": pages, **marks}


def _refuse_foreign_parts(content: bytes, own: int) -> None:
    """A page or an archive that is a PDF as well; and one whose end is missing."""
    first = OBJECT.search(content, 0, HEAD)
    head = content[: first.start() if first else HEAD]
    if MARKUP.search(head) or b"PK\x05\x06" in content[own:][-66_000:]:
        raise Refused("two_kinds")
    end = content.rfind(b"%%EOF")
    if end < 0:
        end = content.rfind(b"startxref")
    if end < 0 or OBJECT.search(content, end):
        raise Refused("torn")


def _objects(reader, content: bytes) -> Iterator[tuple]:
    """Every object and its place: those the reader knows, then those that merely stand
    there."""
    from pypdf.generic import IndirectObject

    known = {
        (number, generation): place
        for generation, offsets in reader.xref.items()
        for number, place in offsets.items()
    }
    # Packed: where their stream stands, if it is known.
    known |= {
        (number, 0): known.get((stream, 0), len(content))
        for number, (stream, _order) in reader.xref_objStm.items()
    }
    if len(known) > OBJECTS:
        raise Refused("too_complex")
    for (number, generation), place in known.items():
        yield reader.get_object(IndirectObject(number, generation, reader)), place
    listed = {at for offsets in reader.xref.values() for at in offsets.values()}
    for place in OBJECT.finditer(content):
        if place.start() not in listed:
            for found in _unlisted(reader, content, place.end()):
                yield found, place.start()


def _unlisted(reader, content: bytes, place: int) -> Iterator:
    """The object there, if it is one, and those packed in it."""
    from pypdf.generic import StreamObject, read_object

    file = io.BytesIO(content)
    file.seek(place)
    try:
        found = read_object(file, reader)
        yield found
        if isinstance(found, StreamObject) and _at(found, "/Type") == "/ObjStm":
            packed = io.BytesIO(found.get_data())
            first = int(found["/First"])
            for start in packed.read(first).split()[1::2]:
                packed.seek(first + int(start))
                yield read_object(packed, reader)
    except Refused:
        raise
    except Exception:  # noqa: BLE001
        return  # Signs of a picture that look like the head of an object.


def _dictionaries(found) -> Iterator[dict]:
    """The object and what stands directly in it; what it refers to comes by itself."""
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _at(value: dict, name: str):
    """What stands there, or what it refers to."""
    found = value.get(name)
    try:
        return found.get_object() if hasattr(found, "get_object") else found
    except Exception:  # noqa: BLE001
        return None


def _is_signature(value: dict) -> bool:
    return _at(value, "/FT") == "/Sig" and isinstance(_at(value, "/V"), dict)


def _reason_against(value: dict) -> str:
    """Why this dictionary is not taken; empty if it is harmless."""
    from pypdf.generic import StreamObject

    does = str(_at(value, "/S"))
    if does in ACTIONS and ACTIONS[does][1] & set(value):
        return ACTIONS[does][0]
    if does in LEAVING and not _is_outside(value, does):
        return "reach"
    script = _at(value, "/JS")
    if _is_text(script) or isinstance(script, StreamObject):
        return "script"
    if "/XFA" in value and isinstance(_at(value, "/XFA"), list | StreamObject):
        return "script"
    if _holds_a_file(_at(value, "/EF")):
        return "attachment"
    if reason := ANNOTATIONS.get(str(_at(value, "/Subtype"))):
        return reason
    if isinstance(value, StreamObject) and _names_a_file(_at(value, "/F")):
        return "reach"
    if any(_is_local(_at(value, name)) for name in PLACES):
        return "reach"
    if "/OpenAction" in value or "/AA" in value:
        return _reason_against_start(value)
    return ""


def _reason_against_start(value: dict) -> str:
    """What happens without being asked for stays within the file."""
    triggers = _at(value, "/AA")
    waiting = [_at(value, "/OpenAction")]
    if isinstance(triggers, dict):
        waiting.extend(_at(triggers, name) for name in triggers)
    for _step in range(OBJECTS):
        if not waiting:
            return ""
        action = waiting.pop()
        if isinstance(action, list):
            waiting.extend(
                each.get_object() if hasattr(each, "get_object") else each
                for each in action[:100]
            )
        elif isinstance(action, dict):
            if str(_at(action, "/S")) in LEAVING:
                return "launch"
            waiting.append(_at(action, "/Next"))
    return "too_complex"


def _is_text(value) -> bool:
    from pypdf.generic import NameObject

    return isinstance(value, str | bytes) and not isinstance(value, NameObject)


def _names_a_file(value) -> bool:
    """As a stream does whose content lies elsewhere."""
    return _is_text(value) or isinstance(value, dict)


def _holds_a_file(value) -> bool:
    return isinstance(value, dict) and bool(set(PLACES) & set(value))


def _is_outside(action: dict, does: str) -> bool:
    """Whether a link leads to the web, or to a neighbour in the same folder."""
    where = _at(action, LEAVING[does])
    if does == "/URI":
        return not _is_local(where)
    names = [where]
    if isinstance(where, dict):
        names = [_at(where, name) for name in PLACES]
    names = [_plain(name) for name in names if _is_text(name)]
    return not any(LOCAL.match(name) or SCHEME.match(name) for name in names)


def _is_local(where) -> bool:
    return _is_text(where) and bool(LOCAL.match(_plain(where)))


def _plain(text: str | bytes) -> str:
    """An address as a viewer reads it, however it is written."""
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    text = unquote(unquote(text)).lower()
    return re.sub(r"[\x00-\x20\x7f-\x9f]", "", text)
