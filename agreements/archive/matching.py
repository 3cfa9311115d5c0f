"""Which file is the scan of which agreement: by its name, and by what it says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.documents.models import Document

# Numbers and names stand on the first pages.
LOOKED_THROUGH = 30_000
# Of a number that is shorter many papers would have some part.
SHORTEST = 5
# What speaks for it: its number in the name of the file or in the text, the partner's
# number, the words of its title and the name of its partner.
NUMBER_IN_NAME, NUMBER_IN_TEXT, THEIRS_IN_NAME, THEIRS_IN_TEXT = 100, 70, 60, 50
TITLE_IN_NAME, PARTNER_IN_NAME, PARTNER_IN_TEXT, TITLE_IN_TEXT = 45, 35, 25, 20
SURE, WORTH, SHOWN = 90, 20, 8
WORD = re.compile(r"[A-Z0-9]+")
# Words that any of them may have.
COMMON = frozenset(
    [
        "PKS",
        "MOU",
        "NOTA",
        "PERJANJIAN",
        "KERJA",
        "SAMA",
        "KERJASAMA",
        "ANTARA",
        "DENGAN",
        "TENTANG",
        "DAN",
        "BAPAS",
        "KELAS",
        "YAYASAN",
        "SCAN",
        "PINDAIAN",
        "TTD",
        "PDF",
        "KESEPAHAMAN",
        "KESEPAKATAN",
        "BALAI",
    ]
)


class Match(TextChoices):
    SURE = "sure", _("Yakin")
    UNSURE = "unsure", _("Periksa")
    NONE = "none", _("Tidak ditemukan")


TONES = {Match.SURE: "good", Match.UNSURE: "warn", Match.NONE: "neutral"}


@dataclass(frozen=True)
class Candidate:
    """An agreement that has no scan yet, in the forms that are compared."""

    agreement: Agreement
    ours: str
    theirs: str
    title: frozenset[str]
    partner: frozenset[str]

    @classmethod
    def of(cls, agreement: Agreement) -> "Candidate":
        return cls(
            agreement,
            _number(agreement.our_number),
            _number(agreement.partner_number),
            _words(agreement.title),
            _words(agreement.partner.name),
        )

    def score(self, name: str, text: str) -> float:
        of_name, of_text = frozenset(name.split()), frozenset(text.split())
        found = 0.0
        for number, in_name, in_text in (
            (self.ours, NUMBER_IN_NAME, NUMBER_IN_TEXT),
            (self.theirs, THEIRS_IN_NAME, THEIRS_IN_TEXT),
        ):
            if number and number in name:
                found += in_name
            elif number and number in text:
                found += in_text
        found += TITLE_IN_NAME * _share(self.title, of_name)
        found += PARTNER_IN_NAME * _share(self.partner, of_name)
        found += PARTNER_IN_TEXT * _share(self.partner, of_text)
        return found + TITLE_IN_TEXT * _share(self.title, of_text)


@dataclass
class Proposal:
    """A file and what it is taken for; `likely` are the best, the first one first."""

    document: Document
    match: str
    likely: list[Agreement] = field(default_factory=list)

    @property
    def status_label(self) -> str:
        return Match(self.match).label

    @property
    def tone(self) -> str:
        return TONES[self.match]


def is_sure_by_name(document: Document, candidates: Sequence[Candidate]) -> bool:
    """Whether the name alone says it, so that nothing needs to be read."""
    return propose(document, "", candidates).match == Match.SURE


def propose(document: Document, text: str, candidates: Sequence[Candidate]) -> Proposal:
    name, said = spread(document.name), spread(text[:LOOKED_THROUGH])
    scored = [(each.score(name, said), each) for each in candidates]
    ranked = sorted(scored, key=lambda pair: -pair[0])
    likely = [(score, each) for score, each in ranked[:SHOWN] if score >= WORTH]
    if not likely:
        return Proposal(document, Match.NONE)
    best, *others = [score for score, _each in likely]
    is_sure = best >= SURE and not (others and others[0] >= SURE)
    match = Match.SURE if is_sure else Match.UNSURE
    return Proposal(document, match, [each.agreement for _score, each in likely])


def spread(text: str) -> str:
    """Its words in capitals with one blank around each, whatever stood between."""
    return f" {' '.join(WORD.findall(text.upper()))} "


def _number(text: str) -> str:
    """A number as it is looked for; "" of one that says too little."""
    found = spread(text)
    is_enough = len(found.replace(" ", "")) >= SHORTEST
    return found if is_enough and any(map(str.isdigit, found)) else ""


def _words(text: str) -> frozenset[str]:
    words = {word for word in WORD.findall(text.upper()) if len(word) > 2}
    return frozenset(words - COMMON)


def _share(words: frozenset[str], among: frozenset[str]) -> float:
    return len(words & among) / len(words) if words else 0
