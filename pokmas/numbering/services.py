"""Numbers are given, entered and cancelled: the book is whole, none stands twice."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents.models import Document
from pokmas.numbering.models import (
    Classification,
    Kind,
    Number,
    NumberBook,
    NumberTemplate,
    OfficeCode,
    Rule,
    Source,
    keeper_of,
)
from pokmas.offices.letters import letter_number, sequence_in, year_in
from pokmas.offices.models import Office
from pokmas.records.constraints import in_words

# One statement holds the row of the book until its transaction ends: whoever comes
# meanwhile waits, and what is rolled back was never given.
NEXT = """
    INSERT INTO numbering_numberbook AS book (office_id, year, series, last)
    VALUES (%s, %s, %s, 1)
    ON CONFLICT (office_id, year, series) DO UPDATE SET last = book.last + 1
    RETURNING id, last
"""

# What is said of a kind from a day on.
SAID = ("source", "pattern", "classification", "has_own_series")


@dataclass(frozen=True)
class Paper:
    """What the book says of the paper that a number is for."""

    gist: str
    addressed_to: str = ""
    owner: models.Model | None = None
    file: Document | None = None
    # Of the form that asks for it, so that a double click asks once.
    submission_key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Writing:
    """How numbers of a kind are written at an office on a day."""

    keeper: Office
    kind: str
    day: date
    rule: Rule
    region_code: str
    unit_code: str

    @property
    def series(self) -> str:
        return self.kind if self.rule.has_own_series else ""

    def refuse(self) -> None:
        """Raise unless the portal itself gives numbers here, and can."""
        if not self.rule.is_portal:
            raise ValidationError(
                _(
                    "Nomor untuk “%(kind)s” diberi SRIKANDI, jadi portal tidak "
                    "memberinya. Unggah naskah Word ke SRIKANDI, lalu catat nomornya."
                ),
                params={"kind": Kind(self.kind).label},
                code="srikandi",
            )
        lacking = _("Kode %(office)s di dalam nomor naskah belum diisi. %(way)s")
        way = _("Isi dahulu pada halaman “Penomoran”, atau ketik nomornya lengkap.")
        if "{unit}" in self.rule.pattern and not self.unit_code:
            raise ValidationError(lacking % {"office": self.keeper.name, "way": way})
        if "{wilayah}" in self.rule.pattern and not self.region_code:
            region = self.keeper.region or self.keeper
            raise ValidationError(lacking % {"office": region.name, "way": way})

    def refuse_day(self) -> None:
        """A number is never of a day that is still to come."""
        if self.day > self.keeper.today:
            words = _("Tanggal nomor tidak boleh di masa depan.")
            raise ValidationError({"dated": words})

    def sequence_in(self, text: str) -> int | None:
        return sequence_in(
            text,
            self.rule.pattern,
            self.day,
            region=self.region_code,
            unit=self.unit_code,
        )

    def text(self, sequence: int, classification: Classification | None) -> str:
        used = classification or self.rule.classification
        if used is None and "{klasifikasi}" in self.rule.pattern:
            words = _("Pilih klasifikasi: nomornya memuat kode itu.")
            raise ValidationError({"classification": words})
        return letter_number(
            self.rule.pattern,
            sequence,
            self.day,
            used.code if used else "",
            region=self.region_code,
            unit=self.unit_code,
        )


def writings_of(office: Office, day: date) -> dict[str, Writing]:
    """How each kind is written there."""
    keeper = keeper_of(office)
    region = keeper.region_id or keeper.pk
    rows = OfficeCode.objects.filter(office__in=[keeper.pk, region])
    codes = dict(rows.values_list("office", "code"))
    shared = (codes.get(region, ""), codes.get(keeper.pk, ""))
    return {
        kind: Writing(keeper, kind, day, rule, *shared)
        for kind, rule in NumberTemplate.objects.holding(keeper, day).items()
    }


def writing_of(office: Office, kind: str, day: date) -> Writing:
    return writings_of(office, day)[kind]


def proposal(writing: Writing, classification: Classification | None = None) -> str:
    """The number that would be given now; nobody holds it until it is."""
    writing.refuse()
    book = NumberBook.objects.filter(
        office=writing.keeper, year=writing.day.year, series=writing.series
    ).first()
    first = book.last + 1 if book else 1
    return _unused(writing, book and book.pk, first, classification)[1]


@transaction.atomic
def take(
    office: Office,
    kind: str,
    paper: Paper,
    *,
    by: User,
    dated: date,
    classification: Classification | None = None,
) -> Number:
    """Give the next number of the office's book. What is rolled back leaves no gap."""
    writing = writing_of(office, kind, dated)
    writing.refuse()
    writing.refuse_day()
    with connection.cursor() as cursor:
        year = dated.year
        cursor.execute(NEXT, [writing.keeper.pk, year, writing.series])
        book, sequence = cursor.fetchone()
        sequence, text = _unused(writing, book, sequence, classification)
        NumberBook.objects.filter(pk=book).update(last=sequence)
    return _write(
        writing,
        paper,
        by=by,
        book_id=book,
        sequence=sequence,
        text=text,
        source=Source.PORTAL,
        classification=classification or writing.rule.classification,
    )


@transaction.atomic
def enter(
    office: Office,
    kind: str,
    paper: Paper,
    *,
    by: User,
    dated: date,
    text: str,
    source: str = Source.OUTSIDE,
    classification: Classification | None = None,
) -> Number:
    """Write a number into the book that was given elsewhere, or typed. One that is
    written as the office writes them counts in the sequence, whoever typed it where."""
    writing = writing_of(office, kind, dated)
    writing.refuse_day()
    if words := wrong_year(text, dated):
        raise ValidationError(words, code="year")
    book, _made = NumberBook.objects.get_or_create(
        office=writing.keeper, year=dated.year, series=writing.series
    )
    book.lock()
    if found := holder_of(writing, text):
        raise ValidationError(taken_words(found), code="taken")
    sequence = writing.sequence_in(text)
    if sequence is not None and book.numbers.filter(sequence=sequence).exists():
        sequence = None
    if sequence == book.last + 1:
        book.last = sequence
        book.save(update_fields=["last"])
    return _write(
        writing,
        paper,
        by=by,
        book_id=book.pk,
        sequence=sequence,
        text=text,
        source=source,
        classification=classification,
    )


@transaction.atomic
def record(number: Number, *, by: User, text: str) -> Number:
    """A paper of the office that the portal knows nothing else of; the same form sent
    twice gives the same number."""
    made = Number.objects.filter(
        submission_key=number.submission_key, created_by=by
    ).first()
    if made:
        return made
    give = partial(enter, text=text) if text else take
    return give(
        number.office,
        number.kind,
        Paper(number.gist, number.addressed_to, submission_key=number.submission_key),
        by=by,
        dated=number.dated,
        classification=number.classification,
    )


@transaction.atomic
def correct(
    number: Number, *, dated: date, classification: Classification | None
) -> None:
    """Its day or classification was typed wrong; its year is another number's."""
    writing_of(number.office, number.kind, dated).refuse_day()
    number.dated, number.classification = dated, classification
    number.save(update_fields=["dated", "classification"])


@transaction.atomic
def cancel(number: Number, *, by: User, reason: str) -> None:
    """It stays in the book and is given to no other paper."""
    number.refresh_from_db(from_queryset=Number.objects.select_for_update())
    if number.is_cancelled:
        raise ValidationError(_("Nomor ini sudah dibatalkan."))
    number.cancelled_at, number.cancelled_by = timezone.now(), by
    number.reason = reason.strip()
    number.validate_constraints()
    number.save(update_fields=["cancelled_at", "cancelled_by", "reason"])
    Entry.record(by, "number.cancelled", number, reason=number.reason)


def cancel_unused(number: Number, *, by: User, reason: str) -> None:
    """From the book itself only those are cancelled that no record of ours bears."""
    if number.owner_id is not None:
        raise ValidationError(
            _("Nomor ini dipakai “%(paper)s”. Ganti nomornya pada halaman naskah itu."),
            params={"paper": str(number.owner)},
        )
    cancel(number, by=by, reason=reason)


@transaction.atomic
def continue_from(book: NumberBook, *, by: User, last: int) -> None:
    """The numbers up to `last` were given on paper before: go on behind them."""
    book.lock()
    if last <= book.last:
        raise ValidationError(
            {
                "last": _("Nomor urut sudah sampai %(last)s; hanya dapat dimajukan.")
                % {"last": book.last}
            }
        )
    was, book.last = book.last, last
    book.save(update_fields=["last"])
    Entry.record(by, "numberbook.continued", book, was=was, last=last)


@transaction.atomic
def open_book(office: Office, year: int) -> NumberBook:
    """That of an office for a year, though nothing stands in it yet."""
    book, _made = NumberBook.objects.get_or_create(
        office=keeper_of(office), year=year, series=""
    )
    return book


@transaction.atomic
def set_code(office: Office, *, by: User, code: str) -> None:
    """How the office is called within numbers, from now on."""
    row = OfficeCode.objects.select_for_update().filter(office=office).first()
    row = row or OfficeCode(office=office, created_by=by)
    if row.code == code:
        return
    row.code = code
    row.revision += 1
    row.full_clean(exclude=["region", "created_by"])
    row.save()
    Entry.record(by, "officecode.changed", row, code=code)


@transaction.atomic
def set_template(template: NumberTemplate, *, by: User) -> NumberTemplate:
    """From its day on the office and those below it number so; the same form sent
    twice gives the same row. One that is on record already is put right."""
    template.full_clean(exclude=["region", "submission_key"])
    if template.pk:
        template.save_edit(template.revision, SAID)
        Entry.record(by, "numbertemplate.changed", template, name=str(template))
        return template
    made = template.save_new(by)
    if made is template:
        Entry.record(by, "numbertemplate.created", template, name=str(template))
    return made


def holder_of(writing: Writing, text: str) -> Number | None:
    """The number of the book that is this one already, however it is written."""
    return _called(writing, text).first()


def _called(writing: Writing, text: str) -> models.QuerySet:
    return Number.objects.called(writing.keeper, writing.day.year, text, writing.series)


def wrong_year(text: str, day: date) -> str:
    """Said of a number that names another year than that of its day."""
    year = year_in(text)
    if year in (None, day.year):
        return ""
    words = _(
        "Nomor ini menyebut tahun %(year)s, tanggalnya tahun %(dated)s. Betulkan nomor "
        "atau tanggalnya."
    )
    return words % {"year": year, "dated": day.year}


def taken_words(found: Number) -> str:
    words = _("Nomor ini sudah dipakai di buku nomor: %(number)s, “%(gist)s”.")
    return words % {"number": found.text, "gist": found.gist}


def _unused(
    writing: Writing, book: int | None, sequence: int, classification
) -> tuple[int, str]:
    """The first from `sequence` on that nobody typed into the book before, under
    whichever classification."""
    while True:
        text = writing.text(sequence, classification)
        counted = Number.objects.filter(book=book, sequence=sequence)
        if not _called(writing, text).values("pk").union(counted.values("pk")).exists():
            return sequence, text
        sequence += 1


def _write(writing: Writing, paper: Paper, *, by: User, **values) -> Number:
    number = Number(
        office=writing.keeper,
        kind=writing.kind,
        year=writing.day.year,
        dated=writing.day,
        gist=paper.gist[:300],
        addressed_to=paper.addressed_to[:200],
        file=paper.file,
        submission_key=paper.submission_key,
        created_by=by,
        **values,
    )
    if paper.owner is not None:
        number.owner = paper.owner
    number.full_clean(exclude=["region", "owner_type", "created_by", "book"])
    with in_words():
        number.save()
    Entry.record(by, "number.given", number, number=number.text)
    return number
