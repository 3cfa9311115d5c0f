"""Turns one HTML file into one PDF, in a confined process; started by `pdf.py`.

    python -m pokmas.documents.renderer

It loads WeasyPrint once (that takes longer than most documents), says "ready", and then
forks for each folder named on its input: the fork confines itself, reads
`document.html` and `manifest.json` there, writes `document.pdf` and `result.json`, and
ends. Whatever a document does to it, the next one starts afresh. It leaves when its
parent does, or after some idle minutes.
"""

import gc
import json
import logging
import os
import select
import signal
import sys
from pathlib import Path

from pokmas.documents import sandbox

IDLE_SECONDS = 300
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
    from weasyprint import HTML

    html = (folder / "document.html").read_text()
    document = HTML(string=html, url_fetcher=fetcher(manifest)).render()
    document.write_pdf(
        folder / "document.pdf", finisher=_readable_metadata, pdf_variant="pdf/ua-1"
    )
    return {"pages": len(document.pages)}


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
        result = render(folder, order["manifest"])
    except (MemoryError, RecursionError) as error:
        result = {"failed": type(error).__name__}
    except Exception as error:  # noqa: BLE001
        result = {"failed": f"{type(error).__name__}: {error}"[:300]}
    result |= {
        "megabytes": sandbox.memory_used(),
        "attempts": sandbox.attempts,
        "notes": notes.lines[:20],
    }
    (folder / "result.json").write_text(json.dumps(result))


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
