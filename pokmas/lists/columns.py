"""What a list of records shows, said once: for its page, for cards, and for sheets.

A room declares a `Table` of columns beside its models. The head and rows of the page,
the orders on offer and what is exported are all read from it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, cached_property
from html import escape
from typing import Any, ClassVar, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, ngettext

from pokmas.words import dates
from pokmas.words.addresses import breakable
from pokmas.words.language import in_readers_words
from pokmas.words.naming import first_of

# Stands in for the key of a row where an address is made once for all rows.
ANY_KEY = 2**62
TO_DO = gettext_lazy("Tindakan")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One thing a list says of each row: words, unless a subclass says what else.

    `value` is a path from the model, which the rows of the list have joined, or an
    expression.
    """

    name: str
    label: str | Promise
    value: Any
    # Stands small below the words of the column of this name.
    under: str = ""
    # Only for those who look over several units.
    wide: bool = False
    on_page: bool = True
    # What a page shows in place of nothing.
    empty: str | Promise = "–"
    on_sheet: bool = True
    sortable: bool = True
    # Then days and numbers stand at the end, whichever way they are ordered.
    may_be_empty: bool = False
    # Words are ordered as people do, Lapas before LPKA; not where an index should help.
    folds_case: bool = True

    css: ClassVar[str] = ""
    # Whether several rows of a page are likely to have the same value.
    recurs: ClassVar[bool] = False
    # Of a sheet: the number of its style, and how wide it is in characters.
    style: ClassVar[int] = 0
    width: ClassVar[int] = 24
    # What stands for nothing at the beginning and at the end of an order.
    first: ClassVar[Any] = ""
    last: ClassVar[Any] = ""
    # Up and down, in the words of the menu of orders.
    ways: tuple[str | Promise, str | Promise] = (
        gettext_lazy("A–Z"),
        gettext_lazy("Z–A"),
    )

    @property
    def is_field(self) -> bool:
        """Whether the row itself holds the value, as one of its model."""
        return isinstance(self.value, str) and "__" not in self.value

    @property
    def _is_text(self) -> bool:
        return self.first == "" and self.folds_case

    @cached_property
    def alias(self) -> str:
        """Under which name a row that was read holds the value."""
        return self.value if self.is_field else f"shown_{self.name}"

    @property
    def expression(self):
        return F(self.value) if isinstance(self.value, str) else self.value

    # On a page

    def of(self, row) -> Any:
        """The value a row holds; None where the way to it ends."""
        return getattr(row, self.alias)

    def markup(self, value) -> str:
        return escape(str(value)) if value not in (None, "") else ""

    def writer(self) -> Callable[[Any], str]:
        """`markup` for the rows of a page: of words that recur it is made once."""
        return cache(self.markup) if self.recurs else self.markup

    # In order

    def sort_key(self, *, descending: bool):
        """What rows are ordered by: a path that is never null, or an expression."""
        key = Lower(self.expression) if self._is_text else self.value
        if not self.may_be_empty:
            return key
        key = F(key) if isinstance(key, str) else key
        empty = self.first if descending else self.last
        return Coalesce(key, Value(empty))

    # On a sheet: PostgreSQL writes the cells. `c` is the name of the value there.

    def csv(self, c: str) -> str:
        return harmless(c)

    def xml(self, c: str) -> str:
        return text_cell(c)


@dataclass(frozen=True, kw_only=True)
class Office(Column):
    """The name of an office; its words stay whole."""

    css: ClassVar[str] = "office"
    recurs: ClassVar[bool] = True
    width: ClassVar[int] = 36


@dataclass(frozen=True, kw_only=True)
class Address(Column):
    def markup(self, value) -> str:
        return breakable(value) if value else ""


@dataclass(frozen=True, kw_only=True)
class Listed(Column):
    """A word of a list of headquarters: a page says it in its reader's language."""

    css: ClassVar[str] = "listed"
    recurs: ClassVar[bool] = True

    def markup(self, value) -> str:
        return escape(in_readers_words(value)) if value else ""


@dataclass(frozen=True, kw_only=True)
class Number(Column):
    css: ClassVar[str] = "num"
    width: ClassVar[int] = 12
    first: ClassVar[Any] = -(2**31)
    last: ClassVar[Any] = 2**31 - 1
    ways: tuple[str | Promise, str | Promise] = (
        gettext_lazy("terkecil dulu"),
        gettext_lazy("terbesar dulu"),
    )

    def markup(self, value) -> str:
        return dates.number(value) if value is not None else ""

    def csv(self, c: str) -> str:
        return c

    def xml(self, c: str) -> str:
        return number_cell(c, self.style)


@dataclass(frozen=True, kw_only=True)
class Waited(Number):
    """For how many days it has waited."""

    css = "left"

    def markup(self, value) -> str:
        words = ngettext("%(count)s hari", "%(count)s hari", value)
        return words % {"count": dates.number(value)}


@dataclass(frozen=True, kw_only=True)
class Amount(Number):
    """A number with decimals."""

    first: ClassVar[Any] = Decimal(Number.first)
    last: ClassVar[Any] = Decimal(Number.last)


@dataclass(frozen=True, kw_only=True)
class Count(Number):
    """How many there are of something, which leads to the list of them."""

    leads: Callable[[Any], str]

    def of(self, row) -> Any:
        return row

    def markup(self, row) -> str:
        value = getattr(row, self.alias)
        if not value:
            return dates.number(0)
        return f'<a href="{escape(self.leads(row))}">{dates.number(value)}</a>'


@dataclass(frozen=True, kw_only=True)
class DaysLeft(Number):
    """How many days are left, where that matters; elsewhere nothing."""

    css: ClassVar[str] = "left"

    def markup(self, value) -> str:
        if value is None:
            return ""
        words = ngettext("sisa %(count)s hari", "sisa %(count)s hari", value)
        return words % {"count": dates.number(value)}


@dataclass(frozen=True, kw_only=True)
class Day(Column):
    css: ClassVar[str] = "date"
    recurs: ClassVar[bool] = True
    style: ClassVar[int] = 1
    width: ClassVar[int] = 12
    first: ClassVar[Any] = date.min
    last: ClassVar[Any] = date.max
    ways: tuple[str | Promise, str | Promise] = (
        gettext_lazy("terlama dulu"),
        gettext_lazy("terbaru dulu"),
    )

    def markup(self, value) -> str:
        return dates.date_brief(value) if value else ""

    def csv(self, c: str) -> str:
        return c

    def xml(self, c: str) -> str:
        return number_cell(f"({c} - date '1899-12-30')", self.style)


@dataclass(frozen=True, kw_only=True)
class Month(Day):
    style: ClassVar[int] = 3
    width: ClassVar[int] = 16

    def markup(self, value) -> str:
        return dates.month_year(value) if value else ""

    def csv(self, c: str) -> str:
        return f"to_char({c}, 'MM-YYYY')"


@dataclass(frozen=True, kw_only=True)
class Moment(Column):
    """A day and an hour, in the zone of the person who looks."""

    css: ClassVar[str] = "date"
    style: ClassVar[int] = 2
    width: ClassVar[int] = 18
    first: ClassVar[Any] = datetime.min.replace(tzinfo=UTC)
    last: ClassVar[Any] = datetime.max.replace(tzinfo=UTC)
    ways: tuple[str | Promise, str | Promise] = Day.ways

    def markup(self, value) -> str:
        return dates.moment_brief(value) if value else ""

    def csv(self, c: str) -> str:
        return f"to_char({_local(c)}, 'DD-MM-YYYY HH24:MI')"

    def xml(self, c: str) -> str:
        since = f"extract(epoch from {_local(c)} - timestamp '1899-12-30') / 86400"
        return number_cell(f"round({since}, 6)", self.style)


@dataclass(frozen=True, kw_only=True)
class Choice(Column):
    """One of a few words: `value` is the code, `words` are what people call it."""

    recurs: ClassVar[bool] = True

    # Or what gives them, where they are not known yet when the table is declared.
    words: Mapping[str | bool, str | Promise] | Callable[[], Mapping]
    ways: tuple[str | Promise, str | Promise] = (
        gettext_lazy("urutan awal dulu"),
        gettext_lazy("urutan akhir dulu"),
    )

    @property
    def labels(self) -> Mapping[str, str | Promise]:
        return self.words() if callable(self.words) else self.words

    def markup(self, value) -> str:
        return escape(str(self.labels.get(value) or value or ""))

    def sort_key(self, *, descending: bool):
        """In the order in which the words are declared."""
        codes = Value(list(map(_as_text, self.labels)), ArrayField(models.TextField()))
        place = Func(
            codes,
            Cast(self.expression, models.TextField()),
            function="array_position",
            output_field=models.IntegerField(),
        )
        return Coalesce(place, Value(len(self.labels) + 1))

    def csv(self, c: str) -> str:
        return self._in_words(f"{c}::text", str, harmless)

    def xml(self, c: str) -> str:
        cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
        return self._in_words(
            f"{c}::text", lambda word: cell.format(escape(word)), text_cell
        )

    def _in_words(self, code: str, made: Callable[[str], str], other: Callable) -> str:
        known = {_as_text(each): made(str(word)) for each, word in self.labels.items()}
        words = quoted(json.dumps(known, ensure_ascii=False))
        return f"coalesce({words}::jsonb ->> {code}, {other(code)})"


@dataclass(frozen=True, kw_only=True)
class Badge(Choice):
    """A state as a coloured word; the colour never says more than the word."""

    tones: Mapping[str, str] = field(default_factory=dict)

    css: ClassVar[str] = "state"

    def markup(self, value) -> str:
        words = super().markup(value)
        tone = self.tones.get(value, "neutral")
        return f'<span class="status tone-{tone}">{words}</span>' if words else ""


@dataclass(frozen=True, kw_only=True)
class Names(Column):
    """Several names, of which a page shows the first two."""

    sortable: bool = False

    def markup(self, value) -> str:
        return escape(first_of([name for name in value or () if name], 2))

    def csv(self, c: str) -> str:
        return harmless(f"array_to_string({c}, ', ')")

    def xml(self, c: str) -> str:
        return text_cell(f"array_to_string({c}, ', ')")


@dataclass(frozen=True, kw_only=True)
class Button(Column):
    """What can be done to a row without opening it."""

    # Its words, and the address they are posted to; None where nothing can be done.
    does: Callable[[Any], tuple[str | Promise, str] | None]
    label: str | Promise = TO_DO
    value: Any = "pk"
    empty: str | Promise = ""
    on_sheet: bool = False
    sortable: bool = False

    css: ClassVar[str] = "act"

    def of(self, row) -> Any:
        return row

    def markup(self, row) -> str:
        done = self.does(row)
        if not done:
            return ""
        return format_html(
            '<button class="btn btn-link btn-sm" formaction="{1}">{0}'
            '<span class="visually-hidden"> {2}</span></button>',
            *done,
            row,
        )


class Nothing(NamedTuple):
    """What a list says as long as it has no rows at all."""

    title: str | Promise
    text: str | Promise
    icon: str = "file"


@dataclass(frozen=True)
class Order:
    """An order that no column gives, or not so plainly: the newest first."""

    name: str
    label: str | Promise
    by: Sequence[str]
    # Conditions one after the other, each with an order of the columns of `by`; a sheet
    # is ordered by `by` alone.
    parts: Callable[[], Sequence[tuple[models.Q, Sequence[str]]]] = tuple


@dataclass(frozen=True, kw_only=True)
class Table:
    """A list of one kind of record: its page, and the page of one of them, by name."""

    model: type[models.Model]
    list_page: str
    # Or what gives the address that a row leads to, if it leads anywhere.
    page: str | Callable[[Any], str | None] = ""
    columns: Sequence[Column]
    # Fields that addresses and buttons are made of, beside those that are shown.
    needs: Sequence[str] = ()
    orders: Sequence[Order] = ()
    # The order as long as nobody chose one; may depend on what is asked for.
    order: str | Callable[[Mapping], str] = ""
    # The orders that an index keeps, however long the list is; what it is narrowed to
    # may lie so that one would be read from end to end. The first stands in for others.
    kept: Sequence[str] | Callable[[Mapping], Sequence[str]] = ()
    # Filters under which no index keeps an order, or which leave more than statistics
    # tell: all of that is sorted, so a page finds its keys first, then reads its rows.
    keys_first: Sequence[str] = ()
    # Of the sheet.
    title: str | Promise
    # The right that a sheet asks for, beside that to read the list.
    export_right: str = ""
    # What the trail calls an export, if not by the kind of record.
    exported: str = ""
    # Left out where the room says it in a piece of its own.
    nothing: Nothing | None = None

    def seen_by(self, user) -> "Table":
        """Without the columns that nobody needs whose rows are all of one unit."""
        acting = getattr(user, "acting", None)
        if acting and (acting.is_community or acting.office.is_wide):
            return self
        return replace(self, columns=[each for each in self.columns if not each.wide])

    @cached_property
    def shown(self) -> list[tuple[Column, Column | None]]:
        """The columns of a page, each with what stands below its words."""
        below = {each.under: each for each in self.columns if each.under}
        return [
            (each, below.get(each.name))
            for each in self.columns
            if each.on_page and not each.under
        ]

    @cached_property
    def sheet(self) -> list[Column]:
        return [each for each in self.columns if each.on_sheet]

    def expressions(self) -> dict[str, Any]:
        """What a page reads beside the fields of its rows."""
        return {
            each.alias: each.expression
            for pair in self.shown
            for each in pair
            if each and not each.is_field
        }

    def read(self, rows: QuerySet, order: Sequence[str]) -> QuerySet:
        """The rows with what a page shows of them, and nothing else."""
        paths = {
            each.value for pair in self.shown for each in pair if each and each.is_field
        }
        paths |= {name.removeprefix("-") for name in order} | {*self.needs}
        fields = paths - rows.query.annotations.keys()
        related = {path.rpartition("__")[0] for path in fields if "__" in path}
        rows = rows.annotate(**self.expressions()).select_related(None)
        rows = rows.select_related(*related) if related else rows
        return rows.only(*fields)

    def has_keys_first(self, asked: Mapping) -> bool:
        return any(asked.get(name) for name in self.keys_first)

    @property
    def has_buttons(self) -> bool:
        return any(isinstance(each, Button) for each in self.columns)

    def link(self) -> Callable[[Any], str | None]:
        """What gives the address of a row; a pattern is looked up once."""
        if callable(self.page):
            return self.page
        if not self.page:
            return lambda row: None
        before, _key, after = reverse(self.page, args=[ANY_KEY]).partition(str(ANY_KEY))
        return lambda row: f"{before}{row.pk}{after}"

    def may_export(self, user) -> bool:
        return not self.export_right or user.has_perm(self.export_right)


# Cells in SQL


def _as_text(code: str | bool) -> str:
    """A code as PostgreSQL writes it."""
    return str(code).lower() if isinstance(code, bool) else code


def quoted(text: str) -> str:
    """A literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


# With what a formula begins: = + - @ and their wide sisters, tab and line breaks.
STARTS = ", ".join(str(ord(sign)) for sign in "=+-@＝＋－＠\t\n\r")
# What XML cannot hold; a line break is written as a sign, so that a row is one line.
UNSPEAKABLE = "".join(chr(code) for code in range(1, 32) if code not in (9, 10, 13))
UNSPEAKABLE += "\ufffe\uffff"


def harmless(c: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"case when ascii({c}) in ({STARTS}) then '''' || {c} else {c} end"


def text_cell(c: str) -> str:
    """A text is a text in a workbook, whatever it begins with."""
    plain = f"replace(replace(replace({c}, '&', '&amp;'), '<', '&lt;'), chr(13), '')"
    safe = (
        f"case when {c} ~ '[&<\\x01-\\x1f\\ufffe\\uffff]'"
        f" then replace(translate({plain}, '{UNSPEAKABLE}', ''), chr(10), '&#10;')"
        f" else {c} end"
    )
    start, end = '<c t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
    return f"coalesce('{start}' || nullif({safe}, '') || '{end}', '<c/>')"


def number_cell(c: str, style: int) -> str:
    return f"coalesce('<c s=\"{style}\"><v>' || {c} || '</v></c>', '<c/>')"


def _local(c: str) -> str:
    return f"timezone({quoted(timezone.get_current_timezone_name())}, {c})"
