"""What stands at the top of a paper: lines down to its office, and how to reach it.

A paper keeps the letterhead of its day of issue, however its offices are called later
and whatever lines they choose then.
"""

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from pokmas.offices.models import Office
from pokmas.words.phones import international

# What belongs together stays on one line.
NO_BREAK = "\N{NO-BREAK SPACE}"
BETWEEN = f"{NO_BREAK}· "


@dataclass(frozen=True)
class Letterhead:
    above: list[str]
    unit: list[str]
    contact: list[str]


def letterhead_of(office: Office) -> Letterhead:
    """As it is now. Papers are Indonesian, whoever asks for one."""
    with translation.override("id"):
        phone = labelled(_("Telepon"), international(office.phone))
        site = labelled(_("Laman:"), without_scheme(office.website))
        mail = labelled(_("Pos-el:"), office.email)
    contact = [[office.address, phone], [site, mail]]
    return Letterhead(
        [line.upper() for line in office.lines_above],
        [line.upper() for line in office.own_lines],
        [BETWEEN.join(filter(None, line)) for line in contact if any(line)],
    )


def labelled(label: str, text: str) -> str:
    return f"{label} {text}".replace(" ", NO_BREAK) if text else ""


def without_scheme(address: str) -> str:
    return re.sub(r"^https?://", "", address).rstrip("/")
