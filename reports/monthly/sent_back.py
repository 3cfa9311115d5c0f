"""A report that comes back from Word: what is said in it is taken, and nothing else.

Whatever the portal wrote there, figures first, must stand as it was in the very file
that the edited one descends from; what stands besides is what people said.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.documents.models import IssuedDocument
from pokmas.papers.reader import Piece, plain
from pokmas.papers.reading import Reading, read_own
from pokmas.papers.word import WRITTEN_STYLE
from pokmas.words import dates
from pokmas.words.glyphs import check_printable, printable
from reports.monthly.models import Report
from reports.monthly.papers import ReportPaper
from reports.monthly.said import HERE, LONGEST, places_of, text_at

NAMED = 5
# Behind how many lines a row is looked for where another one should stand.
AHEAD = 40
# Paragraphs stand apart, the items of a list do not.
PARAGRAPH = re.compile(r"\n(?!\(?(?:\d{1,2}|[a-z])[.)]\s|[•▪–-]\s)")
AGAIN = gettext_lazy(
    "Unduh Word laporan ini sekali lagi, lalu salin uraian Anda ke dalamnya."
)


@dataclass(frozen=True)
class Line:
    """A paragraph, or the cells of a row."""

    cells: tuple[str, ...]
    is_row: bool = False

    @property
    def name(self) -> str:
        return Truncator(next(filter(None, self.cells), "–")).chars(80)


@dataclass
class Section:
    """What stands below a heading; `place` is what people say there."""

    title: str = ""
    level: int = 0
    place: str = ""


@dataclass
class Original:
    """What the portal wrote, each line with the section in which it stands."""

    lines: list[tuple[Line, Section]] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> "Original":
        found, above = cls(), [Section()]
        for line, first in lines_of(pieces):
            if first.style == WRITTEN_STYLE:
                section = above[-1]
                section.place = first.place or section.place
                found.said[section.place].append(line.cells[0])
                continue
            if first.style.startswith("Heading"):
                level = int(first.style[-1])
                above = [each for each in above if each.level < level]
                # A part of a chapter without a place of its own has the chapter's.
                above.append(Section(line.cells[0], level, above[-1].place))
            found.lines.append((line, above[-1]))
        return found


def lines_of(pieces: Iterable[Piece]) -> Iterator[tuple[Line, Piece]]:
    """Each with its first paragraph."""
    for row, group in groupby(pieces, key=lambda piece: piece.cell and piece.cell[:2]):
        if row is None:
            yield from ((Line((piece.text,)), piece) for piece in group)
            continue
        group = list(group)
        cells = groupby(group, key=lambda piece: piece.cell)
        texts = tuple(" ".join(piece.text for piece in cell) for _cell, cell in cells)
        yield Line(texts, is_row=True), group[0]


def taken(report: Report, reading: Reading) -> dict[str, str]:
    """What is said otherwise than in the file it descends from, by its place.

    Refused in words if that file is none of this report, if anything else is not as it
    was, or if somebody said something else in the same place meanwhile.
    """
    issued = _source(report, reading)
    with issued.word.open() as file:
        original = Original.of(read_own(file).pieces)
    said = _said(original, reading.pieces)
    before = {place: _text(lines) for place, lines in original.said.items()}
    changed = {
        place: text for place, text in said.items() if text != before.get(place, "")
    }
    changed |= {place: "" for place in before if before[place] and place not in said}
    _refuse_conflicts(report, issued, before, changed)
    names = places_of(report)
    spaced = {place: PARAGRAPH.sub("\n\n", text) for place, text in changed.items()}
    for place, text in spaced.items():
        check_printable(text)
        if len(text) > LONGEST:
            raise ValidationError(
                _("Uraian “%(name)s” %(count)s tanda; paling banyak %(most)s."),
                params={
                    "name": names[place],
                    "count": dates.number(len(text)),
                    "most": dates.number(LONGEST),
                },
            )
    if not changed:
        raise ValidationError(
            _("Uraian di berkas ini sama dengan yang diunduh; tidak ada yang disimpan.")
        )
    return spaced


def _source(report: Report, reading: Reading) -> IssuedDocument:
    rows = IssuedDocument.objects.filter(code__in=reading.codes, kind=ReportPaper.kind)
    issued = rows.first()
    if issued is None:
        raise ValidationError(
            _(
                "Berkas ini bukan turunan berkas Word laporan ini: tanda portal tidak "
                "ada di dalamnya. Unduh Word laporan ini, sunting berkas itu, lalu "
                "unggah."
            )
        )
    if issued.owner_id != report.pk:
        raise ValidationError(_("Berkas ini berasal dari laporan lain."))
    if not issued.word:
        raise ValidationError(AGAIN)
    return issued


def _said(original: Original, pieces: Sequence[Piece]) -> dict[str, str]:
    """What stands besides the lines of the portal, by place."""
    expected = original.lines
    found, changed, at = defaultdict(list), [], 0
    section, astray = Section(), []
    for line, _first in lines_of(pieces):
        ahead = [each for each, _section in expected[at : at + AHEAD]]
        if line in ahead[:1]:
            section = expected[at][1]
            at += 1
        elif not line.is_row:
            if text := line.cells[0].replace(HERE, "").strip():
                found[section.place].append(text)
                astray += [] if section.place else [(section, text)]
        elif not ahead or (not _is_alike(ahead[0], line) and line not in ahead):
            raise _added(line)
        elif line in ahead or len(line.cells) != len(ahead[0].cells):
            break
        else:
            changed.append((ahead[0], line))
            at += 1
    if at < len(expected):
        raise _missing(expected[at][0])
    if changed:
        raise _figures(changed)
    if astray:
        raise _astray(*astray[0])
    return {place: _text(lines) for place, lines in found.items()}


def _astray(section: Section, text: str) -> ValidationError:
    return ValidationError(
        _(
            "“%(text)s” berdiri di bagian yang tidak memuat uraian (%(title)s). "
            "Pindahkan ke bagian berlatar abu-abu."
        ),
        params={
            "text": Truncator(text).chars(120),
            "title": section.title or _("kepala laporan"),
        },
    )


def _is_alike(was: Line, now: Line) -> bool:
    """Whether a row is the other one with some cells changed."""
    return was.is_row and bool(set(was.cells) & set(now.cells) - {""})


def _text(lines: Sequence[str]) -> str:
    return "\n".join(line for line in lines if line != HERE)


def _refuse_conflicts(report, issued, before: dict, changed: dict) -> None:
    """Other places that were filled meanwhile stay as they are."""
    names = places_of(report)
    if gone := [place for place in changed if place not in names]:
        raise ValidationError(
            _("Indikator ini tidak ada lagi di laporan: %(names)s. %(again)s"),
            params={"names": ", ".join(gone), "again": AGAIN},
        )
    both = [
        names[place]
        for place, text in changed.items()
        if _plain(text_at(report, place)) not in (before.get(place, ""), text)
    ]
    if both:
        raise ValidationError(
            _(
                "Sejak berkas ini diunduh (versi %(version)s), uraian ini diubah di "
                "portal: %(names)s. %(again)s"
            ),
            params={
                "version": issued.version,
                "names": get_text_list(both, _("dan")),
                "again": AGAIN,
            },
        )


def _plain(text: str) -> str:
    """As a Word file says it."""
    lines = (plain(printable(line)) for line in text.splitlines())
    return "\n".join(filter(None, lines))


def _missing(line: Line) -> ValidationError:
    return ValidationError(
        _(
            "Bagian yang dibuat portal hilang atau diubah: “%(part)s”. Kembalikan "
            "seperti semula. Atau: %(again)s"
        ),
        params={"part": line.name, "again": AGAIN},
    )


def _added(line: Line) -> ValidationError:
    return ValidationError(
        _(
            "Tabel tambahan tidak dapat diambil: “%(row)s”. Tulis isinya sebagai "
            "paragraf."
        ),
        params={"row": line.name},
    )


def _figures(changed: list[tuple[Line, Line]]) -> ValidationError:
    told = [
        _("“%(row)s”: “%(old)s” menjadi “%(new)s”")
        % {"row": was.name, "old": old or "–", "new": new or "–"}
        for was, now in changed
        for old, new in zip(was.cells, now.cells, strict=True)
        if old != new
    ]
    more = len(told) - NAMED
    rest = [_("dan %(count)s lagi") % {"count": dates.number(more)}] if more > 0 else []
    return ValidationError(
        _(
            "Angka tidak diambil dari berkas Word, tetapi di berkas ini diubah: "
            "%(changes)s. Kembalikan seperti semula; angka yang keliru dibetulkan pada "
            "kegiatannya, lalu PDF disusun ulang."
        ),
        params={"changes": "; ".join([*told[:NAMED], *rest])},
    )
