"""What stored files say, kept so that they are found by it."""

import re
import shutil
import tempfile
from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from pathlib import Path

from django.contrib.postgres.search import SearchQuery

from pokmas.documents import inspector, sandbox, slots
from pokmas.documents.models import WORDS, Document, DocumentText

# The parts of a number stand one behind the other.
AS_PHRASE = {"config": WORDS, "search_type": "phrase"}


def looked_for(meanings: Sequence[Sequence[str]]) -> SearchQuery:
    """What is asked of the texts: a meaning of every word."""
    return reduce(
        and_,
        (
            reduce(or_, (SearchQuery(_words(word), **AS_PHRASE) for word in each))
            for each in meanings
        ),
    )


def _words(text: str) -> str:
    """Words alone, so that a number is the same however its parts are joined."""
    return " ".join(re.findall(r"[^\W_]+", text))


class NotNow(Exception):
    """Others are being read; trying again in a moment helps."""


def known(document: Document) -> DocumentText | None:
    return DocumentText.objects.filter(document=document).first()


def keep(document: Document, text: str | None = None) -> DocumentText:
    """Keep what a file says; `text` is that of one that was read already."""
    if text is None:
        text = read(document)
    said, _made = DocumentText.objects.update_or_create(
        document=document, defaults={"text": _words(text)[: inspector.MOST_SIGNS]}
    )
    return said


def read(document: Document) -> str:
    """The text of a stored PDF, read where it can do no harm; "" if it has none."""
    with tempfile.TemporaryDirectory(prefix="pokmas-") as name:
        folder = Path(name)
        with document.file.open() as stored, (folder / "upload").open("wb") as file:
            shutil.copyfileobj(stored, file)
        try:
            with slots.INSPECTIONS.one():
                answer = sandbox.run(
                    inspector.__name__,
                    "text",
                    str(folder),
                    seconds=inspector.seconds_for("text"),
                )
        except (slots.Busy, sandbox.Late):
            raise NotNow from None
        except sandbox.Broken:
            return ""
    return answer.get("text", "")
