"""From the file to rows that say what will become of them: the work of a worker."""

import itertools
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pokmas.documents import sandbox
from pokmas.documents.models import Document
from pokmas.imports import headings, reader, staging
from pokmas.imports.kinds import COUNTER, KINDS, REASON, ROW, Kind
from pokmas.imports.models import Import, KnownHeading
from pokmas.imports.parsers import Reader
from pokmas.jobs.services import Claim
from pokmas.notices.telling import own_people, tell
from pokmas.words import dates

Status = Import.Status
COMPARING = _("Mencocokkan dengan portal")
SAMPLES = 3
# How many titles, totals and signatures are named on the page.
NAMED = 30
PARTS_OF_PROGRESS = 2_000
NO_COLUMNS = {COUNTER, ROW, REASON}
REASONS = {
    "gone": _("Berkasnya sudah dihapus. Unggah sekali lagi."),
    "no_rows": _("Di dalamnya tidak ada baris yang terisi."),
    "no_list": _("Judul kolomnya ditemukan, tetapi di bawahnya tidak ada baris."),
    "too_many": _(
        "Isinya lebih dari %(most)s baris; sekali masuk paling banyak %(most)s. Bagi "
        "menjadi beberapa berkas."
    ),
    "too_wide": _(
        "Ada isi di sebelah kanan kolom ke-%(columns)s. Salin kolom daftarnya saja ke "
        "lembar baru, lalu unggah yang baru."
    ),
    "another": _(
        "Di dalamnya tidak ada kolom daftar ini. Pakai lembar yang Anda unduh dari "
        "halaman daftarnya; baris yang sudah dibaca tetap ada."
    ),
    "late": _(
        "Portal sedang terlalu sibuk untuk membaca berkas ini. Unggah sekali lagi "
        "beberapa saat lagi."
    ),
    "bomb": _(
        "Berkas ini membengkak melewati batas ketika dibuka, misalnya karena ada isi "
        "jauh di kanan atau di bawah. Salin barisnya saja ke buku kerja baru, simpan "
        "sebagai .xlsx, lalu unggah yang baru."
    ),
    "broken": _(
        "Berkas ini rusak atau tidak lengkap. Simpan ulang di Excel atau LibreOffice "
        "sebagai .xlsx, lalu unggah hasilnya."
    ),
}


class Unreadable(Exception):
    """Nothing can be made of the file; its text says why, in words people read."""


def rehearse(claim: Claim) -> None:
    """Read the file, keep its rows, and judge them. Running it twice is harmless."""
    record = Import.objects.select_related("office").get(pk=claim.payload["import"])
    if record.status != Status.READING:
        return
    mends = claim.payload.get("mends", False)
    with tempfile.TemporaryDirectory(prefix="pokmas-") as place:
        folder = Path(place)
        try:
            claim.advance(5, _("Membuka berkas"))
            sheet = opened(record, folder)
            read = Reading(record, sheet, mends=mends)
            if read.is_understood:
                read.keep_rows(folder / "lines", claim)
        except Unreadable as error:
            _give_up(claim, record, str(error), mends=mends)
            return
        if not read.is_understood and mends:
            _give_up(claim, record, str(REASONS["another"]), mends=True)
            return
        if not read.is_understood:
            _ask(claim, record, read)
            return
        claim.advance(80, COMPARING)
        with transaction.atomic():
            if not _is_awaited(claim, record):
                return
            work = staging.staged(record)
            record.headings, record.sheet = read.headings, sheet.name[:60]
            record.passed = read.passed
            with (folder / "lines").open("rb") as lines:
                staging.fill(work, lines, instead_of=read.numbers if mends else None)
            _judge(claim, record, work)


def compare(claim: Claim) -> None:
    """Judge the rows again as they were read. Running it twice is harmless."""
    record = Import.objects.select_related("office").get(pk=claim.payload["import"])
    if record.status != Status.READING:
        return
    claim.advance(10, COMPARING)
    with transaction.atomic():
        if _is_awaited(claim, record):
            _judge(claim, record, staging.staged(record))


def _judge(claim: Claim, record: Import, work: staging.Staged) -> None:
    staging.judge(work)
    _move(claim, record, Status.REHEARSED)
    tell(
        record,
        "rehearsed",
        own_people(record),
        _("Daftar “%(name)s” sudah dibaca"),
        _(
            "Baru: %(new)s. Sudah ada: %(same)s. Bentrok: %(conflict)s. "
            "Salah: %(wrong)s. Periksa, lalu masukkan."
        ),
        **{
            result: dates.number(record.count(result))
            for result in ("new", "same", "conflict", "wrong")
        },
    )
    claim.finish()


def _is_awaited(claim: Claim, record: Import) -> bool:
    """Whether nobody dropped the list meanwhile; it is held until this is stored."""
    claim.hold()
    record.lock()
    return record.status == Status.READING


def _move(claim: Claim, record: Import, status: str, **changes) -> None:
    record.move_to(
        status,
        by=claim.requested_by,
        headings=record.headings,
        sheet=record.sheet,
        passed=record.passed,
        counts=record.counts,
        **changes,
    )


def _give_up(claim: Claim, record: Import, why: str, *, mends: bool) -> None:
    """Say why; what was read of an earlier file stays."""
    with transaction.atomic():
        if not _is_awaited(claim, record):
            return
        status = Status.REHEARSED if mends else Status.UNREAD
        record.move_to(status, by=claim.requested_by, reason=why)
        tell(
            record,
            "unread",
            own_people(record),
            _("Daftar “%(name)s” tidak dapat dibaca"),
            "%(reason)s",
        )
        claim.finish()


def _ask(claim: Claim, record: Import, read: "Reading") -> None:
    """The headings must be said by a person first."""
    with transaction.atomic():
        if not _is_awaited(claim, record):
            return
        record.headings, record.sheet = read.headings, read.sheet.name[:60]
        _move(claim, record, Status.MAPPING)
        tell(
            record,
            "mapping",
            own_people(record),
            _("Daftar “%(name)s” menunggu Anda: kolomnya belum dikenal"),
            _("Katakan kolom mana yang berisi apa; jawabannya diingat."),
        )
        claim.finish()


# The file


@dataclass(frozen=True)
class Sheet:
    """The sheet of a workbook that is read, its rows as lines of JSON."""

    name: str
    count: int
    lines: Path

    def rows(self) -> Iterator[list]:
        with self.lines.open() as lines:
            for line in lines:
                yield json.loads(line)


def opened(record: Import, folder: Path) -> Sheet:
    """The rows of the file; raises Unreadable if there are none to be had."""
    document = Document.objects.filter(pk=record.document_id).first()
    if document is None or not document.file:
        raise Unreadable(REASONS["gone"])
    with document.file.open() as stored, (folder / "upload").open("wb") as file:
        shutil.copyfileobj(stored, file)
    kind = KINDS[record.kind]
    wanted = {"names": kind.names, "learnt": learnt(record), "needed": kind.needed}
    (folder / "wanted.json").write_text(json.dumps(wanted))
    try:
        facts = sandbox.run(reader.__name__, str(folder), seconds=reader.SECONDS)
    except sandbox.Late:
        raise Unreadable(REASONS["late"]) from None
    except sandbox.Broken:
        raise Unreadable(REASONS["bomb"]) from None
    if reason := facts.get("refused"):
        most = {
            "most": dates.number(reader.MOST_ROWS),
            "columns": dates.number(reader.MOST_COLUMNS),
        }
        raise Unreadable(REASONS.get(reason, REASONS["broken"]) % most)
    return Sheet(facts["sheet"], facts["count"], folder / "rows")


def learnt(record: Import) -> dict[str, str]:
    """What officers of this office said of headings before; else what is of no use."""
    known = KnownHeading.objects.filter(office=record.office_id, kind=record.kind)
    return KINDS[record.kind].idle | dict(known.values_list("heading", "column"))


class Reading:
    """A sheet as its headings are understood, row by row."""

    def __init__(self, record: Import, sheet: Sheet, *, mends: bool):
        self.record, self.sheet = record, sheet
        self.kind: Kind = KINDS[record.kind]
        accepted = headings.Accepted(self.kind.names, learnt(record))
        first = list(itertools.islice(sheet.rows(), headings.LOOKED_THROUGH + 2))
        self.layout = headings.layout_of(first, accepted, self.kind.needed)
        if self.layout is None:
            raise Unreadable(REASONS["no_rows"])
        self.headings = _headings(self.layout, first, accepted)
        self.numbers: set[int] = set()
        self.passed: list[dict] = []
        last = record.rows.order_by("-number").first() if mends else None
        self.following = itertools.count(last.number + 1 if last else 1)
        self.mends = mends

    @property
    def is_understood(self) -> bool:
        """In rows that were put right only what stands for ours is looked at."""
        asked = not self.mends and any(each["is_strange"] for each in self.headings)
        return self.kind.needed in self.layout.columns and not asked

    def keep_rows(self, path: Path, claim: Claim) -> None:
        """Write them where the database reads them, and say how far that is."""
        body = headings.Body(self.layout, self.kind.needed)
        readers = [
            (name, place, self._reader(name))
            for name, place in self.layout.columns.items()
            if name not in NO_COLUMNS
        ]
        fresh = self.kind.values
        with path.open("wb") as lines:
            for count, (number, row) in enumerate(body.rows(self.sheet.rows())):
                if count % PARTS_OF_PROGRESS == 0:
                    percent = 10 + 70 * count // max(self.sheet.count, 1)
                    claim.advance(percent, _("Membaca baris"))
                number = self._number_of(number, row)
                if number in self.numbers:
                    continue
                self.numbers.add(number)
                answers = fresh()
                cells, problems = _read(row, readers, answers)
                lines.write(
                    staging.line_of(self.record, number, cells, answers, problems)
                )
        if not self.numbers:
            raise Unreadable(REASONS["no_list"])
        self.passed = [vars(each) for each in body.passed[:NAMED]]

    def _reader(self, name: str) -> Reader:
        return self.kind.column(name).reader(self.record)

    def _number_of(self, number: int, row: list) -> int:
        """In a sheet of rows put right that of the row it stands for."""
        if not self.mends:
            return number
        place = self.layout.columns.get(ROW)
        said = headings.said(row[place]) if place is not None else ""
        if said.isascii() and said.isdecimal() and len(said) < 8:
            return int(said)
        return next(self.following)


def _read(row: list, readers: list, answers: dict) -> tuple[dict, dict]:
    """The words of its cells and why some cannot be read; `answers` are filled."""
    cells, problems = {}, {}
    for name, place, read in readers:
        cell = row[place] if place < len(row) else None
        if cell in (None, ""):
            continue
        cells[name] = _shown(cell)
        try:
            value = read(cell)
        except ValidationError as refusal:
            problems[name] = " ".join(refusal.messages)
        else:
            if value is not None:
                answers[name] = value
    return cells, problems


def _shown(cell) -> str:
    """The words of a cell: a day as people here write it."""
    if isinstance(cell, dict) and "day" in cell:
        year, month, day = cell["day"].split("-")
        return f"{day}-{month}-{year}"
    return headings.said(cell)


def _headings(
    layout: headings.Layout, first: list[list], accepted: headings.Accepted
) -> list[dict]:
    """Each column of the sheet that has a heading, with what stands below it.

    One `is_strange` if something stands below a heading that nobody knows.
    """
    names = {place: name for name, place in layout.columns.items()}
    below = first[layout.last + 1 :]
    found = []
    for place, title in enumerate(layout.titles):
        if title or place in names:
            cells = [_shown(row[place]) for row in below if place < len(row)]
            samples = [each[:40] for each in cells if each][:SAMPLES]
            is_known = not headings.tidy(title) or accepted.name_of(title) is not None
            found.append(
                {
                    "place": place,
                    "title": title[: headings.KEPT],
                    "name": names.get(place, ""),
                    "is_strange": bool(samples) and not is_known,
                    "samples": samples,
                }
            )
    return found
