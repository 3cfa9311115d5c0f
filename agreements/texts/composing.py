"""The text of an agreement from what is on record of it and what texts say today."""

import re
import string
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from agreements.parties.listing import parties_of
from agreements.plans.models import PlanItem
from agreements.register.models import Agreement
from agreements.texts.articles import Article, Line, Row, Text, plain
from agreements.texts.fields import (
    KINDS,
    called,
    holds,
    plan_of,
    topic_of,
    values_of,
)
from agreements.texts.models import Clause
from pokmas.papers.blocks import UNNAMED
from pokmas.papers.merging import merged
from pokmas.papers.srikandi import FILLED
from pokmas.words import dates
from pokmas.words.glyphs import printable

Part = Clause.Part
DAY = re.compile(r"\b[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}\b")
STAMP = "Meterai Rp10.000"
# With which a line of a clause begins that is a letter below the line before.
LETTER = "-"
# Of the work plan: its columns, and who does what.
PLANNED = ("No.", "Kegiatan", "Waktu", "Banyaknya", "Sasaran", "Penanggung jawab")
RESPONSIBLE = {
    PlanItem.Party.FIRST: "PIHAK KESATU",
    PlanItem.Party.SECOND: "PIHAK KEDUA",
    PlanItem.Party.BOTH: "PIHAK KESATU dan PIHAK KEDUA",
}
# How people begin the lines of a list that they type.
TYPED_MARK = re.compile(r"\s*(?:[-•*–]|\(?\d{1,2}[.)]|[a-z][.)])\s+")


def composed(agreement: Agreement, today: date) -> Text:
    """Of an amendment the whole text as it reads from then on."""
    kind = KINDS[agreement.as_a_whole.kind]
    if agreement.is_amendment:
        kind = f"Adendum {kind}"
    agreement = agreement.as_a_whole
    clauses = [
        clause
        for clause in Clause.objects.for_kind(agreement.kind).holding(today)
        if holds(clause.condition, agreement)
    ]
    values = values_of(agreement)
    return Text(
        tuple(_lead(agreement, kind, clauses, values)),
        tuple(_articles(clauses, values)),
        tuple(_tail(agreement)),
        tuple(_annex(agreement, kind)),
    )


def _lead(
    agreement: Agreement, kind: str, clauses: Sequence[Clause], values
) -> list[Line]:
    parties = parties_of(agreement)
    titles = [kind.upper(), "ANTARA"]
    titles += [word for party in parties for word in (party.name.upper(), "DAN")][:-1]
    titles += ["TENTANG", topic_of(agreement).upper()]
    titles += _numbers(agreement)
    lines = [
        f"Pada hari ini, {UNNAMED}, tanggal {FILLED.date}, bertempat di {UNNAMED}, "
        "yang bertanda tangan di bawah ini:",
        *(_identity(place, party) for place, party in enumerate(parties)),
        f"{_all_of(len(parties))} selanjutnya secara bersama-sama disebut PARA PIHAK, "
        "terlebih dahulu menerangkan hal-hal sebagai berikut:",
        *_listed(clauses, Part.RECITAL, values, _letters),
    ]
    if bases := _listed(clauses, Part.BASIS, values, _figures):
        lines += ["Dengan mengingat:", *bases]
    lines.append(
        f"PARA PIHAK sepakat membuat dan melaksanakan {kind} ini dengan ketentuan "
        "sebagai berikut:"
    )
    said = [Line(_clean(line), is_centred=True) for line in titles]
    return said + [Line(_clean(line)) for line in lines]


def _identity(place: int, party) -> str:
    who = [party.representative, party.number, party.position]
    if party.authority:
        who.append(f"berdasarkan {party.authority}")
    return (
        f"{place + 1}. {', '.join(filter(None, who))}, bertindak untuk dan atas nama "
        f"{party.capacity or party.name}, berkedudukan di {party.address or UNNAMED}, "
        f"selanjutnya disebut {called(place)};"
    )


def _all_of(count: int) -> str:
    *first, last = map(called, range(count))
    if count > 2:
        return f"{', '.join(first)}, dan {last}"
    return f"{first[0]} dan {last}"


def _letters(place: int) -> str:
    letters = string.ascii_lowercase
    return f"{letters[place % 26] * (place // 26 + 1)}."


def _figures(place: int) -> str:
    return f"{place + 1}."


def _listed(clauses: Sequence[Clause], part: str, values, mark) -> list[str]:
    said = [merged(each.text, values) for each in clauses if each.part == part]
    return [f"{mark(place)} {text}" for place, text in enumerate(said)]


def _articles(clauses: Sequence[Clause], values) -> list[Article]:
    """Clauses of one heading are one Pasal, at the place of the first of them."""
    found: dict[str, list] = {}
    for clause in clauses:
        if clause.part == Part.ARTICLE:
            heading = _clean(clause.heading).upper()
            found.setdefault(heading, []).extend(_sentences(clause.text, values))
    return [
        Article(str(number), heading, tuple(_marked(sentences)))
        for number, (heading, sentences) in enumerate(found.items(), start=1)
    ]


def _sentences(text: str, values) -> list[tuple[bool, str]]:
    """The lines of a clause, and whether each is a letter below an ayat; a field of
    several lines gives as many, of one kind."""
    found = []
    for line in text.splitlines():
        is_letter = line.lstrip().startswith(LETTER)
        said = merged(line.strip().removeprefix(LETTER).strip(), values).splitlines()
        said = [each for each in said if each.strip()]
        if is_letter or len(said) > 1:
            said = [TYPED_MARK.sub("", each, count=1) for each in said]
        found += [(is_letter, _clean(each)) for each in said if _clean(each)]
    return found


def _marked(sentences: Sequence[tuple[bool, str]]) -> list[str]:
    """With the numbers of ayat, if there are several, and letters below them."""
    are_several = sum(not is_letter for is_letter, _text in sentences) > 1
    ayat = letter = 0
    found = []
    for is_letter, text in sentences:
        if is_letter:
            found.append(f"{_letters(letter)} {text}")
            letter += 1
            continue
        letter, ayat = 0, ayat + 1
        found.append(f"({ayat}) {text}" if are_several else text)
    return found


def _tail(agreement: Agreement) -> list[tuple[str, ...]]:
    cells = []
    for place, party in enumerate(parties_of(agreement)):
        lines = [
            called(place),
            party.name,
            f"{party.position},",
            STAMP if place else FILLED.signature,
            party.representative,
            *filter(None, [party.number]),
        ]
        cells.append(tuple(map(_clean, lines)))
    return cells


def _numbers(agreement: Agreement) -> list[str]:
    """Each side gives its own."""
    theirs = agreement.partner_number or UNNAMED
    return [f"NOMOR: {FILLED.number}", f"NOMOR: {theirs}"]


def _annex(agreement: Agreement, kind: str) -> list[Row]:
    """The work plan, if there is one."""
    items = list(plan_of(agreement))
    if not items:
        return []
    titles = [f"LAMPIRAN {kind.upper()}", *_numbers(agreement)]
    titles += ["TENTANG", topic_of(agreement).upper(), "RENCANA KERJA"]
    rows = [PLANNED, *(_planned(*each) for each in enumerate(items, start=1))]
    return [
        *(Row((_clean(title),), is_centred=True) for title in titles),
        *(Row(tuple(map(_clean, cells))) for cells in rows),
    ]


def annex_cautions(agreement: Agreement, text: Text | None) -> list:
    """Said where the work plan on record is another than the annex of its text."""
    if text is None:
        return []
    planned = [_planned(*each) for each in enumerate(plan_of(agreement), start=1)]
    said = [row.cells for row in text.annex if len(row.cells) == len(PLANNED)]
    if [*map(_read, planned)] == [*map(_read, said)][1:]:
        return []
    return [
        _(
            "Rencana kerja di portal berbeda dari lampiran naskah versi terakhir. "
            "Samakan dahulu: buat atau unggah versi berikutnya, atau ubah rencananya."
        )
    ]


def data_cautions(agreement: Agreement, text: Text | None) -> list:
    """Said where its text does not name what is on record; one that amends another
    says only what changes."""
    if text is None or agreement.is_amendment:
        return []
    articles = " ".join(line for article in text.articles for line in article.said)
    lines = [line.text for line in text.lead]
    lines += [articles, *(line for cell in text.tail for line in cell)]
    said = _spoken(" ".join(lines))
    stated = [
        (_("Judul"), topic_of(agreement)),
        (_("Penanda tangan unit"), agreement.our_signatory),
        (_("Penanda tangan mitra"), agreement.partner_signatory),
    ]
    if DAY.search(articles):
        stated += [
            (_("Mulai berlaku"), dates.date_long(agreement.starts_on)),
            (_("Berakhir"), dates.date_long(agreement.ends_on)),
        ]
    missing = [
        f"{name}: {value}" for name, value in stated if _spoken(value) not in said
    ]
    if not missing:
        return []
    words = _(
        "Data kerja sama di portal tidak termuat dalam naskah versi terakhir: "
        "%(what)s. Samakan dahulu: buat atau unggah versi berikutnya, atau ubah "
        "datanya."
    )
    return [words % {"what": "; ".join(missing)}]


def _spoken(text: str) -> str:
    return " ".join(_clean(text).casefold().split())


def _read(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_spoken, cells))


def _planned(number: int, item: PlanItem) -> tuple[str, ...]:
    return (
        str(number),
        str(item),
        item.months,
        f"{dates.number(item.times)} kegiatan",
        f"{dates.number(item.target)} orang",
        RESPONSIBLE[item.party],
    )


def _clean(text: str) -> str:
    return plain(printable(text))
