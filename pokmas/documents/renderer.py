"""Turns one HTML file into one PDF, in a confined process; started by `pdf.py`.

    python -m pokmas.documents.renderer

It loads WeasyPrint once (that takes longer than most documents), says "ready", and then
forks for each folder named on its input: the fork confines itself, reads
`document.html` there, writes `document.pdf` and `result.json`, and ends. Whatever a
document does to it, the next one starts afresh. It leaves when its parent does, or
after some idle minutes.
"""

import gc
import json
import logging
import os
import select
import signal
import sys
from pathlib import Path

from pokmas.documents import parts, sandbox

IDLE_SECONDS = 300
# The page that `join` makes a drawing of, for every page.
TOTAL = (
    "<html lang=id><title>.</title>"
    "<link rel=stylesheet href='static:css/pdf-parts.css'>"
    "<section class='total-page'><p class='total'>{pages}</p></section>"
)
WARM_UP = "<html lang=id><title>.</title><style>@page{margin:1cm}</style><p><b>a</b> b"


class Refused(ValueError):
    """An address that the manifest does not hold."""


def fetcher(manifest: dict[str, list[str]]):
    """Knows the names in the manifest, and no address of any kind besides."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ManifestFetcher(URLFetcher):
        def fetch(self, url, headers=None):
            if url not in manifest:
                raise Refused(f"not in the manifest: {url[:200]}")
            path, content_type = manifest[url]
            content = Path(path).read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": content_type})

    return ManifestFetcher()


def render(folder: Path, manifest: dict[str, list[str]]) -> dict:
    document = _laid_out((folder / "document.html").read_text(), manifest)
    document.write_pdf(
        folder / "document.pdf", finisher=_readable_metadata, pdf_variant="pdf/ua-1"
    )
    return {"pages": len(document.pages)}


def render_part(folder: Path, manifest: dict[str, list[str]], part: dict) -> dict:
    """Render what `join` will put together; says where the next part goes on."""
    document = _laid_out((folder / "document.html").read_text(), manifest)
    pages, row = document.pages, None
    if part["goes_on"]:
        pages, row = _whole_pages(pages)
    found = {"pages": len(pages), "row": row}

    def store(document, pdf):
        _readable_metadata(document, pdf)
        parts.leave_room_for_total(pdf)
        first, first_parent = part["next_number"], part["next_parent"]
        found.update(parts.Part(pdf, part["place"], first, first_parent).store(folder))

    document.copy(pages).write_pdf(finisher=_taken(store), pdf_variant="pdf/ua-1")
    return found


def join(folder: Path, manifest: dict[str, list[str]], total: dict) -> dict:
    """One PDF of all the parts, with the number of pages on each."""
    html = TOTAL.format(pages=total["pages"])

    def put_together(_document, pdf):
        parts.join(folder, total["parts"], pdf, folder / "document.pdf")

    _laid_out(html, manifest).write_pdf(finisher=_taken(put_together))
    return {"pages": total["pages"]}


def draw(folder: Path, manifest: dict[str, list[str]], drawings: dict) -> dict:
    """A PNG of each page: what cannot be a drawing elsewhere, such as in Word."""
    import pypdfium2  # native code: in the fork alone

    document = _laid_out((folder / "document.html").read_text(), manifest)
    path = folder / "document.pdf"
    document.write_pdf(path)
    pages = pypdfium2.PdfDocument(path)
    for number, page in enumerate(pages):
        picture = page.render(scale=drawings["dots_an_inch"] / 72).to_pil()
        picture.save(folder / f"page-{number}.png", optimize=True)
    return {"pages": len(pages)}


def _laid_out(html: str, manifest: dict[str, list[str]]):
    from weasyprint import HTML

    return HTML(string=html, url_fetcher=fetcher(manifest)).render()


def _whole_pages(pages: list) -> tuple[list, int | None]:
    """All but the last page, and the row that begins it: the next part goes on there.

    After a row that is taller than a page the last page stays where it is: what it
    holds above its first row belongs to that one.
    """
    rows = [_rows_on(page) for page in pages]
    before = [row for page in rows[:-1] for row in page]
    if not before or not rows[-1]:
        return pages, None
    top, bottom, _row = before[-1]
    if bottom - top > pages[0].height / 2:
        return pages, None
    return pages[:-1], rows[-1][0][-1]


def _rows_on(page) -> list[tuple[float, float, int]]:
    """Top, bottom and place of each row that begins on a page, from the top down."""
    return sorted(
        (top, bottom, int(name.removeprefix(parts.ROW)))
        for name, (_left, top, _right, bottom) in page.anchors.items()
        if name.startswith(parts.ROW)
    )


def _taken(take):
    """A finisher that takes the objects of the PDF; nothing is left to be written."""

    def finish(document, pdf):
        take(document, pdf)
        del pdf.objects[1:]

    return finish


def _readable_metadata(document, pdf) -> None:
    """Leave the metadata uncompressed: the check page finds the code in it."""
    for part in pdf.objects:
        if getattr(part, "extra", {}).get("Type") == "/Metadata":
            part.compress = False


def render_confined(order: dict) -> None:
    """In the fork: render, and say how it went in `result.json`."""
    gc.disable()  # a quarter faster; what is not collected goes with the process
    folder = Path(order["folder"])
    readable = [folder, *map(Path, order["readable"])]
    sandbox.confine(*readable, seconds=order["seconds"], megabytes=order["megabytes"])
    notes = _Notes()
    logging.getLogger("weasyprint").addHandler(notes)
    try:
        result = _work(folder, order)
    except (MemoryError, RecursionError, SystemError) as error:
        # A C library that found no memory may say so with a SystemError.
        result = {"failed": type(error).__name__}
    except Exception as error:  # noqa: BLE001
        result = {"failed": f"{type(error).__name__}: {error}"[:300]}
    result |= {
        "megabytes": sandbox.memory_used(),
        "attempts": sandbox.attempts,
        "notes": notes.lines[:20],
    }
    (folder / "result.json").write_text(json.dumps(result))


def _work(folder: Path, order: dict) -> dict:
    if "part" in order:
        return render_part(folder, order["manifest"], order["part"])
    if "drawings" in order:
        return draw(folder, order["manifest"], order["drawings"])
    if "join" in order:
        return join(folder, order["manifest"], order["join"])
    return render(folder, order["manifest"])


class _Notes(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage()[:300])


def serve(say) -> None:
    """Make documents, one at a time, until the parent leaves or asks no more."""
    while select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
        line = sys.stdin.buffer.raw.readline()
        if not line:
            return
        child = os.fork()
        if child == 0:
            _child(json.loads(line))
        _pid, status = os.waitpid(child, 0)
        say({"exit": os.waitstatus_to_exitcode(status)})


def _child(order: dict) -> None:
    code = 1
    try:
        render_confined(order)
        code = 0
    finally:
        os._exit(code)


def _voice():
    """Says JSON on what was the standard output; nobody hears what else is printed."""
    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(words: dict) -> None:
        output.write(json.dumps(words) + "\n")
        output.flush()

    return say


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to end
    say = _voice()
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        say({"unavailable": str(error)[:300]})
        return
    weasyprint.HTML(string=WARM_UP, url_fetcher=fetcher({})).write_pdf(
        pdf_variant="pdf/ua-1"
    )
    gc.freeze()
    say({"ready": True})
    serve(say)


if __name__ == "__main__":
    main()
