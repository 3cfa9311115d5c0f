"""Draws one page of a stranger's PDF as a picture, in a confined process of its own.

    python -m pokmas.documents.drawer <folder> <number of the page> <width>

The file is `upload` in that folder, the picture becomes `page`. It prints JSON: the
size of the picture, or {"refused": <reason>}. Forms and scripts of the file are dead:
they are neither run nor drawn.
"""

import json
import sys
from pathlib import Path

from pokmas.documents import sandbox

SECONDS = 8
MEGABYTES = 768

# A page longer than this many times its width is drawn narrower.
TALLEST = 3
QUALITY = 80


def draw(folder: Path, number: int, width: int) -> dict:
    import pypdfium2

    file = pypdfium2.PdfDocument(folder / "upload", autoclose=True)
    page = file[number - 1]
    across, down = page.get_size()
    scale = min(width / across, TALLEST * width / down)
    image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    image.save(folder / "page", "JPEG", quality=QUALITY, optimize=True)
    return {"width": image.width, "height": image.height}


def main() -> None:
    folder, number, width = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    sandbox.confine(folder, seconds=SECONDS, megabytes=MEGABYTES)
    try:
        answer = draw(folder, number, width)
    except Exception as error:  # noqa: BLE001
        answer = {"refused": "broken", "error": f"{type(error).__name__}: {error}"}
    answer |= {"megabytes": sandbox.memory_used(), "attempts": sandbox.attempts}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
