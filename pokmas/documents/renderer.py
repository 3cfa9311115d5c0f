"""Sets one paper, in a confined process; started by `pdf.py`.

    python -m pokmas.documents.renderer <folder> <megabytes> <seconds> <fonts>

In the folder are a template and `order.json`: what is made of it. It becomes
`document.pdf`, or a PNG of each page. Typst reads files of that folder only, and no
fonts but ours. It prints JSON: how it went.
"""

import json
import os
import re
import sys
from pathlib import Path

from pokmas.documents import sandbox

# For the archive and for those who have the paper read to them.
STANDARDS = ["a-3a", "ua-1"]
PAGES = re.compile(rb"/Type/Pages/Count (\d+)")


def made(typst, folder: Path, fonts: str) -> dict:
    order = json.loads((folder / "order.json").read_text())
    compiler = typst.Compiler(
        folder / order["template"],
        root=folder,
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[fonts],
        ),
    )
    if "dots_an_inch" in order:
        return _drawn(compiler, folder, order["dots_an_inch"])
    content, warnings = compiler.compile_with_warnings(
        format="pdf", pdf_standards=STANDARDS, timestamp=order["timestamp"]
    )
    (folder / "document.pdf").write_bytes(content)
    return {
        "pages": int(PAGES.search(content)[1]),
        "notes": [warning.message[:300] for warning in warnings[:20]],
    }


def _drawn(compiler, folder: Path, dots_an_inch: int) -> dict:
    pages = compiler.compile(format="png", ppi=dots_an_inch)
    pages = pages if isinstance(pages, list) else [pages]
    for number, page in enumerate(pages):
        (folder / f"page-{number}.png").write_bytes(page)
    return {"pages": len(pages), "notes": []}


def main(folder: Path, megabytes: int, seconds: int, fonts: str) -> dict:
    os.environ["RAYON_NUM_THREADS"] = "1"  # each thread reserves memory of its own
    try:
        import typst
    except (ImportError, OSError) as error:
        return {"unavailable": str(error)[:300]}
    sandbox.confine(folder, seconds=seconds, megabytes=megabytes)
    try:
        result = made(typst, folder, fonts)
    except Exception as error:  # noqa: BLE001
        result = {"failed": f"{type(error).__name__}: {error}"[:300]}
    return result | {
        "megabytes": sandbox.memory_used(),
        "attempts": sandbox.attempts,
    }


if __name__ == "__main__":
    name, megabytes, seconds, fonts = sys.argv[1:]
    print(json.dumps(main(Path(name), int(megabytes), int(seconds), fonts)))  # noqa: T201
