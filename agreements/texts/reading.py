"""What a Word file of a text says."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.texts.articles import Text, text_of
from pokmas.documents.models import Document
from pokmas.papers import reading
from pokmas.papers.reader import Piece

MOST_SIGNS = 400_000
MOST_PIECES = 6_000
MOST_ARTICLES = 150
TOO_LONG = _(
    "Naskah “%(name)s” terlalu panjang untuk dibaca per Pasal. Pisahkan lampirannya ke "
    "berkas lain."
)


@dataclass(frozen=True, kw_only=True)
class Reading(reading.Reading):
    text: Text


def read(document: Document) -> Reading:
    """Refuses in words a file that cannot be read."""
    found = reading.read(document)
    text = text_in(found.pieces)
    if text is None:
        raise ValidationError(TOO_LONG, code="too_long", params={"name": document.name})
    return Reading(**vars(found), text=text)


def text_in(pieces: Iterable[Piece]) -> Text | None:
    """None if there is more than texts have."""
    pieces = list(pieces)
    signs = sum(len(piece.text) for piece in pieces)
    if len(pieces) > MOST_PIECES or signs > MOST_SIGNS:
        return None
    text = text_of(pieces)
    return text if len(text.articles) <= MOST_ARTICLES else None
