"""Templates of ours to PDF, by WeasyPrint in a confined process (`renderer.py`).

    rendered = pdf.render(
        "reports/monthly/pdf/monthly.html", {...}, images={"photo-1": document}
    )

A long table stands behind its paper as an annex, which is made in parts:

    pdf.render(…, annexes=[pdf.Annex("pdf/paper_annex.html", rows)])

In the template a photo is `<img src="media:photo-1" alt="…">`; style sheets and
pictures of ours are `static:css/pdf.css`. No other address leads anywhere.
"""

import atexit
import contextlib
import json
import logging
import mimetypes
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pokmas.documents import parts, sandbox
from pokmas.documents.models import Document
from pokmas.jobs.services import JobFailed
from pokmas.words.glyphs import printable

logger = logging.getLogger(__name__)

STATIC = settings.BASE_DIR / "static"
FONTS = STATIC / "fonts"
SERVED = ["css/pdf.css", "css/pdf-parts.css", "img/emblem.svg"]
# A table with more rows (some 20 pages) is for an annex; a part of one has so many.
LONG_TABLE = 400
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias>
    <family>sans-serif</family>
    <prefer><family>Arimo</family><family>DejaVu Sans</family></prefer>
  </alias>
</fontconfig>
"""
DOTS_AN_INCH = 200
HEIGHT = re.compile(r'^<svg[^>]* height="([\d.]+)"')
BOX = re.compile(r'^<svg[^>]* viewBox="([^"]+)"')
START_SECONDS = 60
TOO_MUCH = ("MemoryError", "RecursionError", "SystemError")


class PdfFailed(JobFailed):
    """This document cannot be made; the text says why, and a retry would not help."""


class PdfUnavailable(PdfFailed):
    """The server lacks what PDFs are made with."""


@dataclass(frozen=True)
class Rendered:
    content: bytes
    pages: int
    megabytes: int
    # What was asked for and not given: addresses, files, connections.
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """A long table behind a paper.

    Its template extends `pdf/annex.html` and shows `rows`, pairs of a place from 1 on
    and a row; each `<tr>` has the id `baris-<place>`. Also there: is_first, is_last,
    and what `context` adds to that of the paper.
    """

    template_name: str
    rows: Sequence
    context: dict = field(default_factory=dict)


def render(
    template_name: str,
    context: dict,
    *,
    images: Mapping[str, Document] | None = None,
    annexes: Sequence[Annex] = (),
    told: Callable[[int, int], None] | None = None,
    rows_a_part: int = LONG_TABLE,
) -> Rendered:
    """Render a template of ours; raises PdfFailed.

    Papers are Indonesian, and tell the time of `office` in the context. `told` hears
    after each part how many rows of the annexes are done, and of how many.
    """
    if not annexes:
        return render_html(_html(template_name, context), images=images)
    count = sum(len(annex.rows) for annex in annexes)
    before = 0
    with _folder() as folder:
        making = _InParts(folder, context, images or {})
        making.add(template_name, {})
        for annex in annexes:
            for done in _add_annex(making, annex, rows_a_part):
                if told:
                    told(before + done, count)
            before += len(annex.rows)
        return making.joined()


def _add_annex(making: "_InParts", annex: Annex, rows_a_part: int) -> Iterator[int]:
    """Make it part by part; how many of its rows are done after each."""
    done, count = 0, len(annex.rows)
    while done < count:
        last = min(done + rows_a_part, count)
        more = {
            "rows": list(enumerate(annex.rows[done:last], start=done + 1)),
            "is_first": done == 0,
            "is_last": last == count,
        }
        more |= annex.context
        going_on = making.add(annex.template_name, more, goes_on=last < count)
        done = going_on - 1 if going_on else last
        yield done


def render_html(html: str, *, images: Mapping[str, Document] | None = None) -> Rendered:
    with _folder() as folder:
        (folder / "document.html").write_text(html)
        return _rendered(folder, [_made(folder, _media_files(folder, images or {}))])


def drawings(svgs: Sequence[str], *, width: int) -> list[bytes]:
    """A PNG of each, so many millimetres wide: for files that take no SVG."""
    html = render_to_string(
        "pdf/drawings.html",
        {"drawings": [(svg, width, _height_of(svg, width)) for svg in svgs]},
    )
    with _folder() as folder:
        (folder / "document.html").write_text(html)
        _made(folder, {}, drawings={"dots_an_inch": DOTS_AN_INCH})
        return [(folder / f"page-{n}.png").read_bytes() for n in range(len(svgs))]


def _height_of(svg: str, width: int) -> float:
    """In millimetres: an SVG says it in pixels, or by the shape of its box."""
    if found := HEIGHT.search(svg):
        return float(found[1]) * 25.4 / 96
    _x, _y, across, down = map(float, BOX.search(svg)[1].split())
    return width * down / across


def _html(template_name: str, context: dict) -> str:
    office = context.get("office")
    zone = ZoneInfo(office.zone) if office else timezone.get_current_timezone()
    with translation.override("id"), timezone.override(zone):
        # What the forms replace may still come another way, such as by an import.
        return printable(render_to_string(template_name, context))


@contextlib.contextmanager
def _folder():
    with tempfile.TemporaryDirectory(prefix="pokmas-") as name:
        yield Path(name)


class _InParts:
    """A paper in the making: each part in a process of its own, then joined."""

    def __init__(self, folder: Path, context: dict, images: Mapping[str, Document]):
        self.folder, self.context = folder, context
        self.media = _media_files(folder, images)
        self.results = []
        self.pages = 0
        self.next = {"next_number": parts.FREE, "next_parent": 0}

    def add(self, template_name: str, more: dict, *, goes_on=False) -> int | None:
        """Make the next part; returns the row at which the one after goes on."""
        context = self.context | more | {"first_page": self.pages + 1}
        (self.folder / "document.html").write_text(_html(template_name, context))
        part = {"place": len(self.results), "goes_on": goes_on, **self.next}
        result = _made(self.folder, self.media, part=part)
        self.results.append(result)
        self.pages += result["pages"]
        self.next = {name: result[name] for name in self.next}
        return result["row"]

    def joined(self) -> Rendered:
        total = {"parts": len(self.results), "pages": self.pages}
        return _rendered(
            self.folder, [*self.results, _made(self.folder, {}, join=total)]
        )


def _made(folder: Path, media: dict, **more) -> dict:
    """Have the printer do one order; returns what it says, raises PdfFailed."""
    order = {
        "folder": str(folder),
        "readable": [str(STATIC)],
        "manifest": _static_files() | media,
        "seconds": settings.PDF_SECONDS,
        "megabytes": settings.PDF_MEGABYTES,
        **more,
    }
    result = _printer.ask(order) | _result(folder)
    if result.get("exit") or "failed" in result:
        logger.warning("PDF failed: %s", result)
        raise _failure(result)
    if result["notes"] or result["attempts"]:
        logger.warning("PDF notes: %s %s", result["notes"], result["attempts"])
    return result


def _rendered(folder: Path, results: list[dict]) -> Rendered:
    """What `results` came to; the last of them wrote the document."""
    return Rendered(
        (folder / "document.pdf").read_bytes(),
        results[-1]["pages"],
        max(result["megabytes"] for result in results),
        tuple(note for result in results for note in result["notes"])
        + tuple(note for result in results for note in result["attempts"]),
    )


def _static_files() -> dict[str, list[str]]:
    return {f"static:{name}": [str(STATIC / name), _type(name)] for name in SERVED}


def _media_files(folder: Path, images: Mapping[str, Document]) -> dict[str, list[str]]:
    """Copy the images into the folder, wherever the storage keeps them."""
    manifest = {}
    for number, (name, document) in enumerate(images.items()):
        if not (document.is_image and document.is_available):
            continue
        path = folder / f"image-{number}"
        with document.file.open() as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        manifest[f"media:{name}"] = [str(path), document.kind]
    return manifest


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _result(folder: Path) -> dict:
    """What the fork said of its work, once; nothing if it was ended."""
    path = folder / "result.json"
    if not path.exists():
        return {}
    result = json.loads(path.read_text())
    path.unlink()
    return result


def _failure(result: dict) -> PdfFailed:
    if result.get("exit") in (-signal.SIGXCPU, -signal.SIGKILL):
        return PdfFailed(
            _(
                "Dokumen terlalu besar atau terlalu rumit: pembuatannya melewati "
                "batas %(seconds)s detik. Persempit periode atau kurangi lampiran."
            )
            % {"seconds": settings.PDF_SECONDS}
        )
    if result.get("failed") in TOO_MUCH or result.get("exit"):
        return PdfFailed(
            _(
                "Dokumen terlalu besar atau terlalu rumit untuk dicetak sekaligus. "
                "Persempit periode atau kurangi lampiran dan foto."
            )
        )
    return PdfFailed(
        _("Dokumen tidak dapat dicetak: %(reason)s") % {"reason": result["failed"]}
    )


class Printer:
    """The renderer of this process: started when first needed, and again if it left."""

    def __init__(self):
        self.lock = threading.Lock()
        self.process = None
        self.owner = None

    def ask(self, order: dict) -> dict:
        """Have one document made and return how the fork ended."""
        seconds = order["seconds"] + 30
        with self.lock:
            for _try in range(2):
                self._start()
                try:
                    return self._exchange(order, seconds)
                except (BrokenPipeError, EOFError):
                    self.stop()
            raise PdfFailed(_("Pencetak PDF berhenti di tengah pekerjaan. Coba lagi."))

    def stop(self) -> None:
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()

    def _start(self) -> None:
        if self.owner == os.getpid() and self.process and self.process.poll() is None:
            return
        self.stop()
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-BP", "-m", "pokmas.documents.renderer"],
            env=sandbox.environment(FONTCONFIG_FILE=str(_fonts_conf())),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        try:
            words = self._hear(START_SECONDS)
        except (EOFError, TimeoutError):
            words = {"unavailable": _("pencetak PDF tidak mau mulai")}
        if "unavailable" in words:
            self.stop()
            raise PdfUnavailable(
                _(
                    "PDF tidak dapat dibuat karena pustaka Pango tidak terpasang di "
                    "server ini (%(reason)s). Pengelola memasangnya dengan: "
                    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
                )
                % {"reason": words["unavailable"]}
            )

    def _exchange(self, order: dict, seconds: int) -> dict:
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        try:
            return self._hear(seconds)
        except TimeoutError:
            self.stop()
            return {"exit": -signal.SIGKILL}
        except BaseException:  # a time limit of the worker: its answer would come late
            self.stop()
            raise

    def _hear(self, seconds: int) -> dict:
        pipe = self.process.stdout
        if not select.select([pipe], [], [], seconds)[0]:
            raise TimeoutError
        line = pipe.readline()
        if not line:
            raise EOFError
        return json.loads(line)


def _fonts_conf() -> Path:
    """Only our own fonts, so that a page looks the same on every host."""
    folder = Path(settings.DATA_DIR) / "pdf"
    folder.mkdir(parents=True, exist_ok=True)
    path, draft = folder / "fonts.conf", folder / f"fonts.conf.{os.getpid()}"
    draft.write_text(
        FONTS_CONF.format(fonts=escape(str(FONTS)), cache=escape(str(folder / "cache")))
    )
    draft.replace(path)
    return path


_printer = Printer()
atexit.register(_printer.stop)
