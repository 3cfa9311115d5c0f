"""Lists that may come in from a sheet, each said by a room in its `sheets.py`.

    register(
        Kind(
            "partners",
            title=_("Daftar mitra"),
            columns=[Column("name", _("Nama mitra"), ("nama mitra", …), text(150)), …],
            judge=partners.judge,
            insert=partners.insert,
            …
        )
    )

The engine reads the sheet, keeps its rows, shows what will become of them, and asks the
room for what only it knows: statements over all rows at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pokmas.imports.headings import tidy
from pokmas.imports.parsers import Reader

Words = str | Promise
KINDS: dict[str, "Kind"] = {}
# What every list may have: a number of each row, which says nothing, and the number of
# the row in the sheet that is put right.
COUNTER, ROW = "no", "row"
COUNTERS = ("No", "No. Urut", "Nomor urut", "Nr", "#")
ROWS = ("Baris",)
REASON = "reason"
REASONS = ("Alasan", "Hasil")
# What these are called: of no use for the list itself.
BESIDE = {
    COUNTER: _("Nomor urut"),
    ROW: _("Nomor baris daftar semula"),
    REASON: _("Hasil yang ditulis portal"),
}


@dataclass(frozen=True)
class Column:
    """One column of ours: by which headings it is known, and how its cells are read.

    `reader` is called once for each import and gives what reads a cell into a value for
    JSON; it refuses in words. `sql` is the type of that value in the database.
    """

    name: str
    label: Words
    headings: Sequence[str]
    reader: Callable[..., Reader]
    sql: str = "text"
    # words(import): what its cells may say, where that is a list of some length.
    words: Callable[..., Sequence[str]] = lambda record: ()
    # Without it nothing can be read, and a row without it is wrong.
    is_needed: bool = False


@dataclass(frozen=True)
class Way:
    """As what the rows come in; one that `is_confirmed` asks a second person."""

    name: str
    label: Words
    is_confirmed: bool = False


@dataclass(frozen=True)
class Letting:
    """What may be so of a row that clashes with another: the step that lets it in, what
    it is called, and when it is right. `judge` marks such rows."""

    label: Words
    when: Words


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What may be read from a sheet, and what becomes of it."""

    name: str
    title: Words
    # What the page says above the file, and where its list is.
    lead: Words
    list_page: str
    columns: Sequence[Column]
    # Headings of columns that are known to be of no use here: nobody is asked of them.
    unused: Sequence[str] = ()
    # Which models an imported row makes, in the order in which they are taken away.
    makes: Sequence[type[Model]]
    # Tables of links that belong to them, each with its column that names the first.
    links: Sequence[tuple[str, str]] = ()
    # judge(staged): say in the database which rows are the same, in conflict or wrong.
    judge: Callable
    # insert(staged, by): make the rows that are new, at once.
    insert: Callable
    # guess(staged): say on new rows, as remarks, what comes in that no cell says so.
    guess: Callable = lambda staged: None
    # outlook(import): what the new rows will be in the portal, each with its number.
    outlook: Callable[..., Sequence[tuple[Words, int]]] = lambda record: ()
    # Why all of it must stay by now, if it must; and undo(staged, by): what else is
    # done when rows are taken away.
    keeps_all: Callable[..., Words | None] = lambda staged: None
    undo: Callable = lambda staged, by: None
    # More values of each row, that no sheet holds.
    values: Callable[[], dict] = dict
    # The record that the list belongs to: its model, and why it is closed to somebody.
    about: type[Model] | None = None
    refusal: Callable[..., Words | None] = lambda record, user: None
    # The rights to have such a list, beside that to import.
    permissions: Sequence[str] = ()
    # Whether units alone have such a list.
    is_of_unit: bool = False
    letting: Letting | None = None
    ways: Sequence[Way] = (Way("", _("Seperti tertulis")),)
    # What a row is compared with, if not with what it makes.
    found: type[Model] | None = None

    @property
    def needed(self) -> str:
        return next(each.name for each in self.columns if each.is_needed)

    @property
    def names(self) -> dict[str, list[str]]:
        """The headings that are known without asking, by the column they stand for."""
        ours = {each.name: [str(each.label), *each.headings] for each in self.columns}
        return {**ours, COUNTER: [*COUNTERS], ROW: [*ROWS], REASON: [*REASONS]}

    @property
    def labels(self) -> dict[str, Words]:
        """What each column that may stand in a sheet is called."""
        return {each.name: each.label for each in self.columns} | BESIDE

    @property
    def idle(self) -> dict[str, str]:
        """The headings of columns that are left out without asking."""
        return {tidy(heading): "" for heading in self.unused}

    def column(self, name: str) -> Column:
        return next(each for each in self.columns if each.name == name)

    def way(self, name: str) -> Way:
        return next(each for each in self.ways if each.name == name)


def register(kind: Kind) -> None:
    KINDS[kind.name] = kind
