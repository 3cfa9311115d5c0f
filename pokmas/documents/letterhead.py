"""What stands at the top of a paper: lines down to its office, and how to reach it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pokmas.documents.models import IssuedDocument
from pokmas.offices.models import Office
from pokmas.words.phones import international

BETWEEN = " · "


@dataclass(frozen=True)
class Letterhead:
    lines: list[str]
    contact: list[str]


def letterhead_of(office: Office, issued: IssuedDocument | None = None) -> Letterhead:
    """As it is, or as it was on the day on which a paper was issued."""
    lines = issued.letterhead_lines if issued else office.letterhead_lines
    contact = [
        [("", office.address), (_("Telepon"), international(office.phone))],
        [(_("Laman:"), without_scheme(office.website)), (_("Pos-el:"), office.email)],
    ]
    return Letterhead(
        [line.upper() for line in lines], list(filter(None, map(_line, contact)))
    )


def _line(parts: list[tuple[str, str]]) -> str:
    return BETWEEN.join(f"{label} {text}".strip() for label, text in parts if text)


def without_scheme(address: str) -> str:
    return re.sub(r"^https?://", "", address).rstrip("/")
