"""Where the text of an agreement and what is on record of it say different things.

For whoever writes, reviews or signs it, never a block: what a file from Word leaves
blank, or says in a way that is not read here, is no difference.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from agreements.parties.listing import Side, parties_of
from agreements.register.models import Agreement
from agreements.texts.articles import MARK, Text, plain
from agreements.texts.composing import plan_rows
from agreements.texts.fields import ORDINALS, topic_of
from pokmas.numbering.keys import bare_number
from pokmas.offices.letters import WRITTEN_OUT
from pokmas.records.steps import Words
from pokmas.words import dates
from pokmas.words.glyphs import printable

SHORT = re.compile(
    rf"\b({'|'.join(map(re.escape, sorted(WRITTEN_OUT, key=len, reverse=True)))})\b",
    re.I,
)
FULL = {short.casefold(): full for short, full in WRITTEN_OUT.items()}
TITLED = re.compile(r"tentang\b\s*(.*)", re.I)
NUMBERED = re.compile(r"nomor\s*[:.]?\s*(\S.*)", re.I)
# Dots, lines and variables are filled in later.
OPEN = re.compile(r"\.{2,}|…|_{2,}|\$\{|\{\{")
PLACED = re.compile(r"bertempat\s+di\s+([^,;]+)", re.I)
PARTY = re.compile(
    rf"disebut\W+(?:sebagai\W+)?pihak\s+(pertama|{'|'.join(ORDINALS)})\b", re.I
)
NAMED = re.compile(r"atas\s+nama\s+([^,;]+)", re.I)
# What follows whom a party is signed for by.
ACTS = re.compile(
    r"[,\s]*\b(?:bertindak|dalam\s+hal\s+ini|berkedudukan|selanjutnya|berdasarkan)\b.*",
    re.I | re.S,
)
ACTING = re.compile(r"\bplt\b|\bpelaksana\s+tugas\b", re.I)
DAILY = re.compile(r"\bplh\b|\bpelaksana\s+harian\b", re.I)
PERIOD = re.compile(r"jangka\s+waktu|masa\s+berlaku", re.I)
IN_WORDS = re.compile(
    r"\b(\d{1,2})\s*(?:\([^)]*\)\s*)?(?:bulan\s+)?([a-z]{3,9})\s+(?:tahun\s+)?(\d{4})\b",
    re.I,
)
IN_FIGURES = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
SPAN = re.compile(
    r"(?:selama|jangka\s+waktu)\s+((\d{1,3})\s*(?:\([^)]*\)\s*)?(tahun|bulan))\b"
    r"(?!\s+(?:dan\s+)?\d)",
    re.I,
)
# Before and behind a name: Drs., H., and S.H., M.Si.
TITLES = re.compile(r"^(?:\w+\.\s*)+|,.*$", re.S)
LONGEST = 150


@dataclass(frozen=True)
class Difference:
    """`text` is what the text says instead; empty where it does not name it."""

    name: Words
    data: str
    text: str = ""

    def __str__(self):
        words = {"name": self.name, "data": self.data, "text": self.text}
        if self.text:
            said = _("%(name)s: naskah menyebut “%(text)s”; data menyebut “%(data)s”.")
        else:
            said = _("%(name)s: data menyebut “%(data)s”; naskah tidak menyebutnya.")
        return said % words


def differences(
    agreement: Agreement, text: Text | None, place: str = ""
) -> list[Difference]:
    """`place` is where it is to be signed, as long as that is not on record.

    One that amends another says only what changes.
    """
    if text is None or agreement.is_amendment:
        return []
    said, parties = Said(text), parties_of(agreement)
    return [
        *_of_title(agreement, said),
        *_of_numbers(agreement, said),
        *_of_period(agreement, said),
        *_of_parties(parties, said),
        *_of_place(agreement.signed_at_place or place, said),
    ]


def data_cautions(agreement: Agreement, text: Text | None, place: str = "") -> list:
    """The same as one sentence for whoever is about to go on."""
    found = differences(agreement, text, place)
    if not found:
        return []
    said = _("Naskah versi terakhir berbeda dari data kerja sama.")
    return [" ".join([said, *map(str, found), what_to_do(agreement)])]


def what_to_do(agreement: Agreement) -> str:
    if agreement.status == agreement.Status.READY_TO_SIGN:
        return _(
            "Samakan dahulu: kembalikan ke pembahasan, lalu ubah datanya, atau buat "
            "atau unggah naskah yang benar."
        )
    return _("Samakan dahulu: ubah datanya, atau buat atau unggah naskah yang benar.")


def annex_cautions(agreement: Agreement, text: Text | None) -> list:
    """Said where the work plan on record is another than the annex of its text."""
    if text is None or agreement.is_amendment:
        return []
    planned = plan_rows(agreement)
    width = len(planned[0])
    said = [row.cells for row in text.annex if len(row.cells) == width]
    if [*map(_read, planned[1:])] == [*map(_read, said)][1:]:
        return []
    return [
        _(
            "Rencana kerja di portal berbeda dari lampiran naskah versi terakhir. "
            "Samakan dahulu: buat atau unggah versi berikutnya, atau ubah rencananya."
        )
    ]


class Said:
    """What a text says, as far as it is read."""

    def __init__(self, text: Text):
        self.text = text

    @cached_property
    def whole(self) -> str:
        lines = [line.text for line in self.text.lead]
        lines += [line for article in self.text.articles for line in article.said]
        lines += [line for cell in self.text.tail for line in cell]
        return bare(" ".join(lines))

    def names(self, value: str) -> bool:
        return bare(value) in self.whole

    def names_person(self, name: str) -> bool:
        """With the titles on record, with others, or with none."""
        return self.names(name) or bool(
            (alone := bare(TITLES.sub("", name))) and alone in self.whole
        )

    @cached_property
    def titles(self) -> list[str]:
        """The lines above the first sentence."""
        return [line.text for line in self.text.lead if line.is_centred]

    @property
    def title(self) -> str:
        found: list[str] | None = None
        for line in self.titles:
            if found is None:
                if begun := TITLED.fullmatch(line):
                    found = [begun[1]]
            elif NUMBERED.fullmatch(line):
                break
            else:
                found.append(line)
        return " ".join(filter(None, found or ()))

    @property
    def numbers(self) -> list[str]:
        """Each in its line, "" of one that is still open."""
        found = filter(None, map(NUMBERED.fullmatch, self.titles))
        return ["" if OPEN.search(each[1]) else each[1] for each in found]

    @cached_property
    def introductions(self) -> dict[int, str]:
        """The sentence that introduces a party, by its place among them."""
        found: dict[int, str] = {}
        for line in self.text.lead:
            if party := PARTY.search(line.text):
                word = party[1].upper()
                place = 0 if word == "PERTAMA" else ORDINALS.index(word)
                found.setdefault(place, line.text)
        return found

    @property
    def place(self) -> str:
        for line in self.text.lead:
            if found := PLACED.search(line.text):
                return "" if OPEN.search(found[1]) else found[1].strip()
        return ""

    @cached_property
    def period(self) -> str:
        """The Pasal about it; without one, the sentences with a day that say how long
        it is in force."""
        of_period = [each for each in self.text.articles if PERIOD.search(each.heading)]
        if of_period:
            return " ".join(line for each in of_period for line in each.lines)
        lines = [line for each in self.text.articles for line in each.lines]
        return " ".join(
            line for line in lines if "berlaku" in line.casefold() and days_in(line)
        )


def _of_title(agreement: Agreement, said: Said) -> Iterator[Difference]:
    topic, title = topic_of(agreement), said.title
    if bare(topic) not in (bare(title) or said.whole):
        yield Difference(_("Judul"), topic, _short(title))


def _of_numbers(agreement: Agreement, said: Said) -> Iterator[Difference]:
    """Each side has its own, the unit first; alone it may be either's."""
    ours = [agreement.our_number, agreement.partner_number]
    known = {bare_number(each) for each in ours if each}
    labels = (_("Nomor unit"), _("Nomor mitra"))
    for label, number, text in zip(labels, ours, said.numbers, strict=False):
        if number and text and bare_number(text) not in known:
            yield Difference(label, number, text)


def _of_period(agreement: Agreement, said: Said) -> Iterator[Difference]:
    first, last = agreement.starts_on, agreement.ends_on
    days = days_in(said.period)
    others = [day for day in days if day not in (first, last)]
    if first not in days and others:
        yield _of_day(_("Mulai berlaku"), first, others[0])
    if last in days:
        return
    if len(days) > 1 and others:
        yield _of_day(_("Berakhir"), last, others[-1])
    elif spans := SPAN.findall(said.period):
        ends = [_months_on(first, int(count), unit) for _all, count, unit in spans]
        if not any(last in (end, end - timedelta(days=1)) for end in ends):
            data = f"{dates.date_long(first)} – {dates.date_long(last)}"
            yield Difference(_("Jangka waktu"), data, spans[0][0])


def _of_day(name: Words, data: date, text: date) -> Difference:
    return Difference(name, dates.date_long(data), dates.date_long(text))


def _months_on(first: date, count: int, unit: str) -> date:
    return dates.months_later(first, count * 12 if unit.lower() == "tahun" else count)


def _of_parties(parties: Sequence[Side], said: Said) -> Iterator[Difference]:
    for place, party in enumerate(parties):
        sentence = said.introductions.get(place, "")
        if not said.names(party.name):
            named = NAMED.search(sentence)
            yield Difference(party.label, party.name, _short(named[1] if named else ""))
        who = _who(sentence)
        # Where the name stands in a cell of its own, the sentence says the rest alone.
        instead = who if "," in who else ""
        if party.representative and not said.names_person(party.representative):
            name = _("Penanda tangan %(party)s") % {"party": party.label}
            yield Difference(name, party.representative, instead)
        position = DAILY.sub("", ACTING.sub("", party.position))
        if who and not said.names(position):
            name = _("Jabatan penanda tangan %(party)s") % {"party": party.label}
            yield Difference(name, party.position, who)
        elif who and _capacity(who) != _capacity(party.position):
            name = _("Kedudukan penanda tangan %(party)s") % {"party": party.label}
            yield Difference(name, party.position, who)


def _who(sentence: str) -> str:
    """Who signs for a party, before what he does."""
    marked = MARK.match(sentence)
    return _short(ACTS.sub("", marked[2] if marked else sentence).strip(" ,;:"))


def _capacity(text: str) -> tuple[bool, bool]:
    return bool(ACTING.search(text)), bool(DAILY.search(text))


def _of_place(place: str, said: Said) -> Iterator[Difference]:
    text = said.place
    if not (place and text):
        return
    if bare(place) not in bare(text) and bare(text) not in bare(place):
        yield Difference(_("Tempat penandatanganan"), place, _short(text))


def days_in(text: str) -> list[date]:
    """The days that it names, in order: 10 (sepuluh) Januari 2026, 10-01-2026."""
    found = []
    for each in IN_WORDS.finditer(text):
        month = dates.MONTH_NUMBERS.get(each[2].casefold())
        found.append((each.start(), int(each[3]), month or 0, int(each[1])))
    for each in IN_FIGURES.finditer(text):
        found.append((each.start(), int(each[3]), int(each[2]), int(each[1])))
    return list(filter(None, (_day(*each) for _at, *each in sorted(found))))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def bare(text: str) -> str:
    """Letters and digits alone, offices written out, however it is typed."""
    full = SHORT.sub(lambda found: FULL[found[1].casefold()], plain(printable(text)))
    return "".join(filter(str.isalnum, full.upper().casefold()))


def _read(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(plain(printable(each)).casefold().split()) for each in cells)


def _short(text: str) -> str:
    return Truncator(text.strip()).chars(LONGEST)
