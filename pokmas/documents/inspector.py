"""The part that opens a stranger's file, in a confined process of its own.

    python -m pokmas.documents.inspector <one of TASKS> <folder>

The file is `upload` in that folder. It prints JSON: facts about the file, or
{"refused": <reason>}, and in both cases what is marked about it. Reasons are turned
into words by `inspection.py`.
"""

import json
import re
import sys
import time
from pathlib import Path

from pokmas.documents import (
    certificates,
    packages,
    pdf_objects,
    photos,
    sandbox,
    spreadsheets,
)
from pokmas.documents.sandbox import Refused

# Of processor time. Whoever asks about a code may have no account: he gets less.
SECONDS = 5
CODE_SECONDS = 1
# Of a list of 50,000 rows every cell is looked at.
LIST_SECONDS = 15
# Reading what is needed for signatures takes longer than looking at one.
SIGNATURE_SECONDS = 20
MEGABYTES = 640

# What is searched of one file; a thousand signs more say nothing new of it.
TEXT_SECONDS, MOST_SIGNS = 10, 200_000
# A page of ours holds some thousand signs.
PAGE_SIGNS = 20_000
CODE = re.compile(r"[2-9B-DF-HJ-NP-TV-Z]{4}(?:-[2-9B-DF-HJ-NP-TV-Z]{4}){2}")


def find_code(path: Path, folder: Path) -> dict:
    """Codes of ours in the text of a PDF, from its last pages to its first."""
    import pypdfium2

    file = pypdfium2.PdfDocument(path)
    until = time.process_time() + CODE_SECONDS / 2
    for number in range(len(file) - 1, max(len(file) - pdf_objects.PAGES, 0) - 1, -1):
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


def read_text(path: Path, folder: Path) -> dict:
    """What a PDF says, from its first page on; "" of one that is pictures alone.

    Of one that takes long what was read until then counts.
    """
    import pypdfium2

    file = pypdfium2.PdfDocument(path)
    until = time.process_time() + TEXT_SECONDS / 2
    pages, left = [], MOST_SIGNS
    for number in range(min(len(file), pdf_objects.PAGES)):
        if left <= 0 or time.process_time() > until:
            break
        text = file[number].get_textpage()
        pages.append(text.get_text_range(0, min(text.count_chars(), PAGE_SIGNS, left)))
        left -= len(pages[-1])
    return {"text": "\n".join(pages)}


TASKS = {
    "image": photos.redraw,
    "page": photos.redraw_page,
    "edit": photos.edit,
    "pages": photos.bind,
    "pdf": pdf_objects.inspect,
    "own": pdf_objects.inspect_own,
    "office": packages.inspect,
    "list": spreadsheets.inspect,
    "code": find_code,
    "text": read_text,
    "signatures": certificates.examine,
}
SECONDS_FOR = {
    "code": CODE_SECONDS,
    "text": TEXT_SECONDS,
    "list": LIST_SECONDS,
    "signatures": SIGNATURE_SECONDS,
}


def seconds_for(task: str) -> int:
    return SECONDS_FOR.get(task, SECONDS)


def inspect(task: str, path: Path, folder: Path) -> dict:
    """Facts about the file, or why it is refused; whatever the file does to us."""
    try:
        answer = TASKS[task](path, folder)
    except Refused as refusal:
        answer = {"refused": refusal.args[0], **refusal.marks}
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
