"""The text of an agreement from what is on record of it and what texts say today."""

import string
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from agreements.parties.listing import parties_of
from agreements.plans.models import PlanItem
from agreements.register.models import Agreement
from agreements.texts.articles import Article, Line, Row, Text, plain
from agreements.texts.compare import latest_text
from agreements.texts.fields import (
    KINDS,
    called,
    holds,
    plan_of,
    topic_of,
    values_of,
)
from agreements.texts.items import ended, items_of, joined, within
from agreements.texts.models import Clause
from pokmas.papers.blocks import UNNAMED
from pokmas.papers.merging import FIELD, merged
from pokmas.papers.srikandi import FILLED
from pokmas.words import dates
from pokmas.words.glyphs import printable

Part = Clause.Part
STAMP = "Meterai Rp10.000"
# With which a line of a clause begins that is a letter below the line before.
LETTER = "-"
# The field in which people type a list.
LISTED = "pokok"
CLOSING = (
    "Adendum ini dibuat dalam rangkap {{ rangkap }} asli, bermeterai cukup, "
    "masing-masing mempunyai kekuatan hukum yang sama, dan ditandatangani PARA PIHAK "
    "pada hari dan tanggal tersebut di atas."
)
# Of the work plan: its columns, and who does what.
PLANNED = ("No.", "Kegiatan", "Waktu", "Banyaknya", "Sasaran", "Penanggung jawab")
RESPONSIBLE = {
    PlanItem.Party.FIRST: "PIHAK KESATU",
    PlanItem.Party.SECOND: "PIHAK KEDUA",
    PlanItem.Party.BOTH: "PIHAK KESATU dan PIHAK KEDUA",
}


def composed(agreement: Agreement, today: date) -> Text:
    """Of an amendment what it changes, and that all else stays."""
    if agreement.is_amendment:
        return _amending(agreement, today)
    kind, clauses = KINDS[agreement.kind], clauses_of(agreement, today)
    values = values_of(agreement)
    return Text(
        tuple(_lead(agreement, kind, _recitals(kind, clauses, values))),
        tuple(_articles(clauses, values)),
        tuple(_tail(agreement)),
        tuple(_annex(agreement, kind)),
    )


def clauses_of(agreement: Agreement, today: date) -> list[Clause]:
    """Those that its text is made of."""
    return [
        clause
        for clause in Clause.objects.for_kind(agreement.kind).holding(today)
        if holds(clause.condition, agreement)
    ]


def _amending(amendment: Agreement, today: date) -> Text:
    """It names what it amends, and each Pasal that reads otherwise from then on."""
    before, after = amendment.amends, amendment.as_a_whole
    of_both = [(clauses_of(each, today), values_of(each)) for each in (before, after)]
    kind = KINDS[before.kind]
    recitals = [_listed(*each, Part.RECITAL, _letters) for each in of_both]
    changes = [
        *_of_recitals(*recitals, kind),
        *_of_articles(*(_articles(*each) for each in of_both), _known(before)),
    ]
    bodies = [
        *changes,
        (
            "Ketentuan Lain",
            [
                f"(1) Ketentuan lain dalam {kind} yang tidak diubah dengan Adendum ini "
                "tetap berlaku.",
                f"(2) Adendum ini merupakan bagian yang tidak terpisahkan dari {kind} "
                "dan berlaku sejak ditandatangani PARA PIHAK.",
            ],
        ),
        ("Penutup", [merged(CLOSING, values_of(after))]),
    ]
    return Text(
        tuple(_lead(after, f"Adendum {kind}", _amended(before, kind))),
        tuple(
            Article(str(number), heading.upper(), tuple(map(_clean, lines)))
            for number, (heading, lines) in enumerate(bodies, start=1)
        ),
        tuple(_tail(after)),
    )


def _amended(agreement: Agreement, kind: str) -> list[str]:
    """Why it is written: what was signed before."""
    said = _signed(agreement)
    earlier = agreement.amendments.filter(status=Agreement.Status.SIGNED)
    for each in earlier.order_by("signed_on", "pk"):
        said += f", sebagaimana telah diubah dengan Adendum{_signed(each)}"
    return [
        f"a. bahwa PARA PIHAK telah menandatangani {kind} tentang "
        f"{topic_of(agreement)}{said}, selanjutnya disebut {kind};",
        f"b. bahwa PARA PIHAK sepakat mengubah sebagian ketentuan {kind} tersebut.",
        f"PARA PIHAK sepakat membuat Adendum {kind} ini dengan ketentuan sebagai "
        "berikut:",
    ]


def _signed(agreement: Agreement) -> str:
    numbers = filter(None, [agreement.our_number, agreement.partner_number])
    said = " dan ".join(f"Nomor {each}" for each in numbers) or f"Nomor {UNNAMED}"
    return f" {said} tanggal {dates.date_long(agreement.signed_on)}"


def _known(agreement: Agreement) -> dict[str, str]:
    """The number of each Pasal in its newest text, by heading."""
    if (version := latest_text(agreement)) is None:
        return {}
    return {each.heading.upper(): each.number for each in version.content.articles}


def _of_recitals(before: list[str], after: list[str], kind: str) -> list[tuple]:
    if before == after:
        return []
    first = f"Pertimbangan {kind} diubah sehingga berbunyi sebagai berikut:"
    return [("Perubahan Pertimbangan", [first, *after])]


def _of_articles(
    before: Sequence[Article], after: Sequence[Article], known: dict[str, str]
) -> list[tuple[str, list[str]]]:
    """Headings and lines of what becomes of each Pasal that changes."""
    olds, news = ({each.heading: each for each in text} for text in (before, after))
    found = []
    for heading in {**news, **olds}:
        old, new = olds.get(heading), news.get(heading)
        name = f"Pasal {known.get(heading, UNNAMED)}"
        if old is None:
            first = "Ditambahkan ketentuan baru yang berbunyi sebagai berikut:"
            found.append((f"Penambahan {heading}", [first, *new.lines]))
        elif new is None:
            said = f"Ketentuan {name} tentang {heading} dihapus."
            found.append((f"Penghapusan {heading}", [said]))
        elif old.lines != new.lines:
            verses, lines = _otherwise(old.lines, new.lines)
            first = (
                f"Ketentuan {' '.join([name, *verses])} tentang {heading} diubah "
                "sehingga berbunyi sebagai berikut:"
            )
            found.append((f"Perubahan {heading}", [first, *lines]))
    return found


def _otherwise(
    before: Sequence[str], after: Sequence[str]
) -> tuple[list[str], list[str]]:
    """The ayat that read otherwise, by name and in full; the whole, if it has none or
    others than before."""
    olds, news = _verses(before), _verses(after)
    if len(news) < 2 or [*olds] != [*news]:
        return [], [*after]
    changed = [mark for mark in news if olds[mark] != news[mark]]
    *first, last = (f"ayat {mark}" for mark in changed)
    named = f"{', '.join(first)} dan {last}" if first else last
    return [named], [line for mark in changed for line in news[mark]]


def _verses(lines: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        mark = line.split()[0] if line.startswith("(") else next(reversed(found), "")
        found.setdefault(mark, []).append(line)
    return found


def _recitals(kind: str, clauses: Sequence[Clause], values) -> list[str]:
    lines = _listed(clauses, values, Part.RECITAL, _letters)
    if bases := _listed(clauses, values, Part.BASIS, _figures):
        lines += ["Dengan mengingat:", *bases]
    lines.append(
        f"PARA PIHAK sepakat membuat dan melaksanakan {kind} ini dengan ketentuan "
        "sebagai berikut:"
    )
    return lines


def _lead(agreement: Agreement, kind: str, recitals: list[str]) -> list[Line]:
    parties = parties_of(agreement)
    titles = [kind.upper(), "ANTARA"]
    titles += [word for party in parties for word in (party.name.upper(), "DAN")][:-1]
    titles += ["TENTANG", _topic_of(agreement).upper()]
    titles += _numbers(agreement)
    lines = [
        f"Pada hari ini, {UNNAMED}, tanggal {FILLED.date}, bertempat di {UNNAMED}, "
        "yang bertanda tangan di bawah ini:",
        *(_identity(place, party) for place, party in enumerate(parties)),
        f"{_all_of(len(parties))} selanjutnya secara bersama-sama disebut PARA PIHAK, "
        "terlebih dahulu menerangkan hal-hal sebagai berikut:",
        *recitals,
    ]
    said = [Line(_clean(line), is_centred=True) for line in titles]
    return said + [Line(_clean(line)) for line in lines]


def _topic_of(agreement: Agreement) -> str:
    """An amendment is about what that is about which it amends."""
    return topic_of(agreement.amends or agreement)


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


def _listed(clauses: Sequence[Clause], values, part: str, mark) -> list[str]:
    said = [_said(each.text, values) for each in clauses if each.part == part]
    return [f"{mark(place)} {text}" for place, text in enumerate(said)]


def _said(text: str, values) -> str:
    """A field of several lines becomes a part of the sentence in which it stands."""
    return merged(text, values | {LISTED: joined(values[LISTED])})


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
    """The lines of a clause, and whether each is a letter below an ayat; what was typed
    as a list gives as many, of one kind, where it stands alone in its line."""
    found = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        is_letter = line.startswith(LETTER)
        said = line.removeprefix(LETTER).strip()
        alone = FIELD.fullmatch(said.rstrip(" .;,"))
        if alone is None or alone[1] != LISTED:
            found.append((is_letter, _clean(_said(said, values))))
            continue
        items = items_of(values[LISTED])
        goes_on = is_letter and following.startswith(LETTER)
        if _is_part(items, found, is_letter and not goes_on):
            begun = found.pop()[1].removesuffix(":")
            found.append((False, _clean(f"{begun} {within(items[0])}.")))
        elif items:
            said = ended(items) if is_letter else [f"{each}." for each in items]
            said = [f"{each};" for each in items] if goes_on else said
            found += [(is_letter, _clean(each)) for each in said]
    return [(is_letter, said) for is_letter, said in found if said]


def _is_part(items: list[str], found: list, is_list: bool) -> bool:
    """Whether a list of one is no list, but the end of the sentence before it."""
    if len(items) != 1 or not is_list or not found:
        return False
    is_letter, said = found[-1]
    return not is_letter and said.endswith(":")


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


def plan_rows(agreement: Agreement) -> list[tuple[str, ...]]:
    """Its work plan as the table of the annex, the heads first."""
    items = enumerate(plan_of(agreement), start=1)
    return [PLANNED, *(_planned(*each) for each in items)]


def _annex(agreement: Agreement, kind: str) -> list[Row]:
    """The work plan, if there is one."""
    rows = plan_rows(agreement)
    if len(rows) == 1:
        return []
    titles = [f"LAMPIRAN {kind.upper()}", *_numbers(agreement)]
    titles += ["TENTANG", topic_of(agreement).upper(), "RENCANA KERJA"]
    return [
        *(Row((_clean(title),), is_centred=True) for title in titles),
        *(Row(tuple(map(_clean, cells))) for cells in rows),
    ]


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
