"""Papers as PDF, set by Typst in a confined process (`renderer.py`).

    rendered = pdf.render(data, drawings={"qr.svg": "<svg …>"}, photos={…})

`data` is what `templates/pdf/paper.typ` shows, and text throughout: whatever people
typed, nothing of it is read as markup. Drawings and photos lie beside it by
their names.
"""

import json
import logging
import re
import shutil
import signal
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pokmas.documents import renderer, sandbox
from pokmas.documents.models import Document
from pokmas.jobs.services import JobFailed
from pokmas.words.glyphs import PLACEHOLDER, printable, unprintable

logger = logging.getLogger(__name__)

STATIC = settings.BASE_DIR / "static"
FONTS = STATIC / "fonts"
EMBLEM = STATIC / "img/emblem.svg"
TEMPLATES = settings.BASE_DIR / "templates/pdf"
DOTS_AN_INCH = 200
PIXELS_IN_MM = 96 / 25.4
SIZE = re.compile(r'^<svg([^>]*?) width="100%"')
HEIGHT = re.compile(r'^<svg[^>]* height="([\d.]+)"')
BOX = re.compile(r'^<svg[^>]* viewBox="([^"]+)"')
FONT = "font-family=\"Arimo, 'DejaVu Sans'\""


class PdfFailed(JobFailed):
    """This document cannot be made; the text says why, and a retry would not help."""


class PdfUnavailable(PdfFailed):
    """The server lacks what PDFs are made with."""


@dataclass(frozen=True)
class Rendered:
    content: bytes
    pages: int
    megabytes: int
    # What was asked for and not given, and what the template was warned of.
    notes: tuple[str, ...]


def render(
    data: dict,
    *,
    drawings: Mapping[str, str] | None = None,
    photos: Mapping[str, Document] | None = None,
    attached: Mapping[str, bytes] | None = None,
    made_at: datetime | None = None,
) -> Rendered:
    """Raises PdfFailed. The same data of the same moment give the same bytes."""
    moment = made_at or timezone.now()
    with _folder("paper.typ", data, timestamp=int(moment.timestamp())) as name:
        folder = Path(name)
        for name, svg in (drawings or {}).items():
            (folder / name).write_text(svg)
        for name, document in (photos or {}).items():
            with document.file.open() as source, (folder / name).open("wb") as target:
                shutil.copyfileobj(source, target)
        for name, content in (attached or {}).items():
            (folder / name).write_bytes(content)
        result = _made(folder)
        return Rendered(
            (folder / "document.pdf").read_bytes(),
            result["pages"],
            result["megabytes"],
            (*result["notes"], *result["attempts"]),
        )


def drawings(svgs: Sequence[str], *, width: int) -> list[bytes]:
    """A PNG of each, so many millimetres wide: for files that take no SVG."""
    data = [
        {"file": f"drawing-{n}.svg", "width": width, "height": _height_of(svg, width)}
        for n, svg in enumerate(svgs)
    ]
    with _folder("drawings.typ", data, dots_an_inch=DOTS_AN_INCH) as name:
        folder = Path(name)
        for each, svg in zip(data, svgs, strict=True):
            (folder / each["file"]).write_text(drawing(svg, width))
        _made(folder)
        return [(folder / f"page-{n}.png").read_bytes() for n in range(len(svgs))]


def drawing(svg: str, width: float) -> str:
    """An SVG for a place so many millimetres wide: in numbers, in our font."""
    size = "" if BOX.search(svg) else f' width="{width * PIXELS_IN_MM:.0f}"'
    return SIZE.sub(rf"<svg\1{size} {FONT}", svg, count=1)


def _height_of(svg: str, width: int) -> float:
    """In millimetres: an SVG says it in pixels, or by the shape of its box."""
    if found := HEIGHT.search(svg):
        return float(found[1]) / PIXELS_IN_MM
    _x, _y, across, down = map(float, BOX.search(svg)[1].split())
    return width * down / across


def _folder(template: str, data, **order) -> tempfile.TemporaryDirectory:
    """What a paper is made of besides its drawings and photos."""
    made = tempfile.TemporaryDirectory(prefix="pokmas-")
    folder = Path(made.name)
    shutil.copyfile(TEMPLATES / template, folder / template)
    shutil.copyfile(EMBLEM, folder / EMBLEM.name)
    (folder / "data.json").write_text(json.dumps(_as_text(data)))
    (folder / "order.json").write_text(json.dumps({"template": template, **order}))
    return made


def _as_text(data):
    """Without what no font of ours can show, wherever it stands."""
    if isinstance(data, str | Promise):
        # What the forms replace may still come another way, such as by an import.
        text = printable(str(data)).replace("\r\n", "\n").replace("\t", " ")
        for sign in unprintable(text):
            text = text.replace(sign, PLACEHOLDER)
        return text
    if isinstance(data, dict):
        return {name: _as_text(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_as_text(each) for each in data]
    return data


def _made(folder: Path) -> dict:
    """Have it made; returns what the renderer says, raises PdfFailed."""
    seconds, megabytes = settings.PDF_SECONDS, settings.PDF_MEGABYTES
    limits = [str(megabytes), str(seconds)]
    try:
        result = sandbox.run(
            renderer.__name__, str(folder), *limits, str(FONTS), seconds=seconds
        )
    except sandbox.Late as error:
        raise _too_long() from error
    except sandbox.Broken as error:
        ended = error.signal in (signal.SIGXCPU, signal.SIGKILL)
        raise (_too_long() if ended else _too_much()) from error
    if "unavailable" in result:
        raise PdfUnavailable(
            _(
                "PDF tidak dapat dibuat karena Typst tidak dapat dimuat di server ini "
                "(%(reason)s). Pengelola memasang paket di "
                "requirements-production.lock."
            )
            % {"reason": result["unavailable"]}
        )
    if "failed" in result:
        logger.warning("PDF failed: %s", result)
        raise PdfFailed(
            _("Dokumen tidak dapat dicetak: %(reason)s") % {"reason": result["failed"]}
        )
    if result["notes"] or result["attempts"]:
        logger.warning("PDF notes: %s %s", result["notes"], result["attempts"])
    return result


def _too_long() -> PdfFailed:
    return PdfFailed(
        _(
            "Dokumen terlalu besar atau terlalu rumit: pembuatannya melewati "
            "batas %(seconds)s detik. Persempit periode atau kurangi lampiran."
        )
        % {"seconds": settings.PDF_SECONDS}
    )


def _too_much() -> PdfFailed:
    return PdfFailed(
        _(
            "Dokumen terlalu besar atau terlalu rumit untuk dicetak sekaligus. "
            "Persempit periode atau kurangi lampiran dan foto."
        )
    )
