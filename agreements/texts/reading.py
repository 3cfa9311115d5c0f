"""What a Word file of a text says: read where it can do no harm."""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.texts import reader
from agreements.texts.articles import Article, Line, Row, Text, plain
from pokmas.documents import sandbox, slots
from pokmas.documents.inspection import REASONS, refusal
from pokmas.documents.models import Document
from pokmas.words.glyphs import printable

TOO_LONG = _(
    "Naskah “%(name)s” terlalu panjang untuk dibaca per Pasal. Pisahkan lampirannya ke "
    "berkas lain."
)


@dataclass(frozen=True)
class Reading:
    """`codes` are those of papers of ours from which the file descends."""

    text: Text
    codes: tuple[str, ...] = ()
    tracked: int = 0
    comments: int = 0
    authors: tuple[str, ...] = ()


def read(document: Document) -> Reading:
    """Refuses in words a file that cannot be read."""
    with tempfile.TemporaryDirectory(prefix="pokmas-") as name:
        folder = Path(name)
        with (
            document.file.open() as stored,
            (folder / "upload").open("wb") as file,
        ):
            shutil.copyfileobj(stored, file)
        facts = _facts(folder, document.name)
    return Reading(
        text=_printable(Text.of_json(facts["text"])),
        codes=tuple(facts["codes"]),
        tracked=facts["tracked"],
        comments=facts["comments"],
        authors=tuple(facts["authors"]),
    )


def _facts(folder: Path, name: str) -> dict:
    try:
        with slots.INSPECTIONS.one():
            facts = sandbox.run(reader.__name__, str(folder), seconds=reader.SECONDS)
    except (slots.Busy, sandbox.Late):
        raise refusal("busy", name) from None
    except sandbox.Broken:
        raise refusal("broken", name) from None
    if reason := facts.get("refused"):
        if reason == "too_long":
            raise ValidationError(TOO_LONG, code=reason, params={"name": name})
        raise refusal(reason if reason in REASONS else "broken", name)
    return facts


def _printable(text: Text) -> Text:
    """What a paper cannot print is no part of it."""
    lead = [Line(_clean(line.text), line.is_centred) for line in text.lead]
    return Text(
        tuple(line for line in lead if line.text),
        tuple(
            Article(each.number, _clean(each.heading), _lines(each.lines))
            for each in text.articles
        ),
        tuple(filter(None, map(_lines, text.tail))),
        tuple(Row(tuple(map(_clean, row.cells)), row.is_centred) for row in text.annex),
    )


def _lines(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(_clean, lines)))


def _clean(text: str) -> str:
    return plain(printable(text))
