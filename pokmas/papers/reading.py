"""What stands in a Word file: read where it can do no harm."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.documents import sandbox, slots
from pokmas.documents.inspection import REASONS, refusal
from pokmas.documents.models import Document
from pokmas.papers import reader
from pokmas.papers.reader import Piece, plain
from pokmas.words.glyphs import printable

TOO_LONG = gettext_lazy(
    "Berkas “%(name)s” terlalu panjang untuk dibaca. Pisahkan lampirannya ke berkas "
    "lain."
)


@dataclass(frozen=True)
class Reading:
    """`codes` are those of papers of ours from which the file descends."""

    pieces: tuple[Piece, ...]
    codes: tuple[str, ...] = ()
    tracked: int = 0
    comments: int = 0
    authors: tuple[str, ...] = ()

    @property
    def cautions(self) -> list[str]:
        """What its readers in Word see and the portal does not take as it is."""
        by = get_text_list(self.authors, _("dan")) or _("orang yang tidak disebut")
        words = {"tracked": self.tracked, "comments": self.comments, "by": by}
        said = []
        if self.tracked:
            said.append(
                _(
                    "Berkas ini memuat %(tracked)s perubahan terlacak dari %(by)s. "
                    "Bila dilanjutkan, semuanya dianggap diterima."
                )
                % words
            )
        if self.comments:
            said.append(
                _(
                    "Berkas ini memuat %(comments)s komentar dari %(by)s. Komentar "
                    "tetap ada di berkas Word, tetapi bukan bagian naskah."
                )
                % words
            )
        return said


def read(document: Document) -> Reading:
    """Refuses in words a file that cannot be read."""
    with tempfile.TemporaryDirectory(prefix="pokmas-") as name:
        folder = Path(name)
        with (
            document.file.open() as stored,
            (folder / "upload").open("wb") as file,
        ):
            shutil.copyfileobj(stored, file)
        return _reading(_facts(folder, document.name))


def read_own(file: IO[bytes]) -> Reading:
    """One that the portal made itself."""
    return _reading(reader.read(file))


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


def _reading(facts: dict) -> Reading:
    return Reading(
        tuple(_piece(*each) for each in facts["pieces"]),
        tuple(facts["codes"]),
        facts["tracked"],
        facts["comments"],
        tuple(facts["authors"]),
    )


def _piece(text, is_centred, is_strong, cell, style, place) -> Piece:
    """What a paper cannot print is no part of it."""
    cell = cell and tuple(cell)
    said = plain(printable(text))
    return Piece(said, is_centred, is_strong, cell, style, place)
