"""The page of a list: its rows as ready markup, its orders, and what is exported."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from django.conf import settings
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe

from pokmas.accounts.permissions import require
from pokmas.lists import exports
from pokmas.lists.chips import chips
from pokmas.lists.columns import Column, Table
from pokmas.lists.paging import (
    COUNTED_TO,
    SIZES,
    KeysetPage,
    changed_query,
    count_some,
)
from pokmas.server.replica import from_replica

# How many rows a page holds, as this browser was last told.
SIZE_COOKIE = "rows"
A_YEAR = 365 * 24 * 3600
PLACE = {"after": None, "before": None}


class Sorting:
    """The orders a table offers, chosen by `?sort=`: a column, or `-` and a column.

    A list that is longer than COUNTED_TO offers those that an index keeps: any other
    would have the database read and sort it all for one page.
    """

    def __init__(self, table: Table, params: Mapping):
        self.table, self.params = table, params
        # How many rows, up to one more than COUNTED_TO, where that had to be known.
        self.count: int | None = None
        self.orders = {each.name: each for each in table.orders}
        self.columns = {
            each.name: each
            for pair in table.shown
            for each in pair
            if each and each.sortable
        }
        asked = params.get("sort", "")
        self.chosen = asked if self._is_known(asked) else self._default()

    def _is_known(self, name: str) -> bool:
        return name in self.orders or name.removeprefix("-") in self.columns

    def _default(self) -> str:
        order = self.table.order
        return order(self.params) if callable(order) else order

    @cached_property
    def kept(self) -> Sequence[str]:
        """The orders that an index keeps, as the list is narrowed; at least its own."""
        kept = self.table.kept
        kept = kept(self.params) if callable(kept) else kept
        return kept or (self._default(),)

    @property
    def is_short(self) -> bool:
        return self.count is not None and self.count <= COUNTED_TO

    def ordered(self, rows: QuerySet) -> tuple[QuerySet, tuple[str, ...]]:
        """The rows with what they are ordered by, and the order for a KeysetPage."""
        if self.chosen not in self.kept:
            self.count = count_some(rows)
            if not self.is_short:
                self.chosen = self.kept[0]
        if self.chosen in self.orders:
            return rows, tuple(self.orders[self.chosen].by)
        column = self.columns[self.chosen.removeprefix("-")]
        sign = "-" if self.chosen.startswith("-") else ""
        key = column.sort_key(descending=bool(sign))
        if not isinstance(key, str):
            alias = f"by_{column.name}"
            rows, key = rows.annotate(**{alias: key}), alias
        return rows, (f"{sign}{key}", f"{sign}pk")

    @property
    def parts(self) -> Sequence:
        """What the list is told in, one after the other."""
        return self.orders[self.chosen].parts() if self.chosen in self.orders else ()

    def direction_of(self, column: Column) -> str:
        if self.chosen.removeprefix("-") != column.name:
            return ""
        return "descending" if self.chosen.startswith("-") else "ascending"

    def url(self, name: str) -> str:
        return changed_query(self.params, sort=name, **PLACE)

    @property
    def label(self) -> str:
        return next((text for name, text in self._all if name == self.chosen), "")

    @property
    def options(self) -> list[tuple[str, str | None]]:
        """Label and address of each order on offer; the current one has no address."""
        return [
            (text, None if name == self.chosen else self.url(name))
            for name, text in self._all
            if self.offers(name)
        ]

    def offers(self, name: str) -> bool:
        return self.is_short or name in self.kept

    @property
    def held_back(self) -> int:
        """Up to how many rows all orders are on offer, if now some are not."""
        return 0 if all(self.offers(name) for name, _l in self._all) else COUNTED_TO

    @cached_property
    def _all(self) -> list[tuple[str, str]]:
        """Name and label of each order."""
        named = [(each.name, str(each.label)) for each in self.orders.values()]
        for column in self.columns.values():
            label = str(column.label)
            for sign, way in zip(("", "-"), column.ways, strict=True):
                named.append((f"{sign}{column.name}", f"{label}, {way}"))
        return named


class Listing:
    """One page of a list, as `components/_results.html` shows it."""

    def __init__(self, request, table: Table, filters):
        self.filters = filters
        self.params = request.GET
        # The form of the filters stands beside it and is not shown anew.
        self.is_piece = bool(request.htmx) and request.htmx.target == "list"
        self.table = table.seen_by(request.user)
        # Sheets are for desks: partners and volunteers only read such lists.
        acting = getattr(request.user, "acting", None)
        is_officer = acting is None or acting.is_staff
        self.may_export = is_officer and table.may_export(request.user)
        self.sorting = Sorting(self.table, self.params)
        rows, order = self.sorting.ordered(filters.qs)
        self.page = KeysetPage(
            rows,
            self.params,
            order=order,
            size=_remembered_size(request),
            read=lambda some: self.table.read(some, order),
            counted=self.sorting.count,
            counting=filters.qs,
            keys_first=self.table.has_keys_first(self.params),
            parts=self.sorting.parts,
        )
        self.sorting.count = self.page.count

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters.form.changed_data)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all, however one looks."""
        return not self.page.rows and not self.is_filtered

    @cached_property
    def head(self) -> SafeString:
        return mark_safe("".join(self._head_of(each) for each, _b in self.table.shown))

    def _head_of(self, column: Column) -> str:
        label = escape(str(column.label))
        css = f' class="{column.css}"' if column.css else ""
        sorting = self.sorting
        now = sorting.direction_of(column)
        name = ("-" if now == "ascending" else "") + column.name
        if column.name in sorting.columns and sorting.offers(name):
            label = f'<a href="{escape(sorting.url(name))}">{label}</a>'
        sort = f' aria-sort="{now}"' if now else ""
        return f'<th scope="col"{css}{sort}>{label}</th>'

    @cached_property
    def rows(self) -> SafeString:
        """The rows of the page; each is one link, by the words of its first column."""
        link = self.table.link()
        cells = [
            (_start(column), column, column.writer(), below, below and below.writer())
            for column, below in self.table.shown
        ]
        return mark_safe("".join(_row(row, cells, link) for row in self.page))

    @property
    def exports(self) -> list[tuple[str, str]]:
        """Label and address of each kind of sheet this person may take."""
        if not self.may_export:
            return []
        clean = PLACE | {"count": None, "size": None}
        return [
            (sheet.label, changed_query(self.params, export=name, **clean))
            for name, sheet in exports.SHEETS.items()
        ]


def _start(column: Column) -> str:
    css = f' class="{column.css}"' if column.css else ""
    return f'<td{css} data-label="{escape(str(column.label))}">'


def _row(row, cells, link) -> str:
    made = []
    for start, column, write, below, write_small in cells:
        words = write(column.of(row)) or escape(str(column.empty))
        url = None if made else link(row)
        if url:
            words = f'<a class="row-link" href="{escape(url)}">{words}</a>'
        else:
            words = f"<span>{words}</span>"
        small = write_small(below.of(row)) if below else ""
        if small:
            words = f'<div>{words}<small class="{below.css}">{small}</small></div>'
        made.append(f"{start}{words}</td>")
    return f"<tr>{''.join(made)}</tr>\n"


def show(
    request,
    table: Table,
    filters,
    template: str,
    *,
    more: Callable[[Listing], dict] | None = None,
    whole: Callable[[], dict] | None = None,
    piece: str = "",
    about: Model | None = None,
):
    """Answer with a page of the list, with the piece htmx asks for, or with a sheet.

    `filters` begin with `visible_to`, and the view has asked for the right to read.
    `template` is that of the page; `_list.html` beside it is the piece, unless the
    table says what to say of nothing, or `piece` is given. `more` is what both say
    beside the rows, `whole` what the page alone does. `about` is the record whose rows
    these are, for the trail.
    """
    if request.GET.get("export") in exports.SHEETS:
        return _export(request, table, filters, about)
    piece = piece or _piece(table, template)
    return _page(request, table, filters, template, piece, more=more, whole=whole)


@from_replica
def _page(request, table, filters, template, piece, *, more, whole):
    listing = Listing(request, table, filters)
    context = {"listing": listing, "page": listing.page, "filters": filters}
    if more:
        context |= more(listing)
    if whole and not listing.is_piece:
        context |= whole()
    response = render(request, piece if listing.is_piece else template, context)
    if listing.is_piece:
        response["HX-Push-Url"] = f"{request.path}{_tidy(request.GET)}"
    if request.GET.get("size") in map(str, SIZES):
        response.set_cookie(
            SIZE_COOKIE,
            request.GET["size"],
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _piece(table: Table, template: str) -> str:
    if table.nothing:
        return "components/_results.html"
    return f"{template.rpartition('/')[0]}/_list.html"


def _export(request, table, filters, about):
    if table.export_right:
        require(request.user, table.export_right)
    table = table.seen_by(request.user)
    rows, order = Sorting(table, request.GET).ordered(filters.qs)
    try:
        return exports.answer(
            table,
            rows.order_by(*order),
            sheet=request.GET["export"],
            chosen=said(filters),
            by=request.user,
            about=about,
        )
    except exports.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{request.path}{changed_query(request.GET, export=None)}")


def where_it_was(request, url: str) -> str:
    """The list at `url` as it stood when a button of one of its rows was pressed."""
    query = request.POST.get("query", "")
    return f"{url}?{query}" if query else url


def said(filters) -> dict[str, str]:
    """What the list is narrowed to, in words, for the trail."""
    return {str(chip.label): chip.text for chip in chips(filters)}


def _remembered_size(request) -> int:
    kept = request.COOKIES.get(SIZE_COOKIE, "")
    return next((size for size in SIZES if str(size) == kept), SIZES[0])


def _tidy(params) -> str:
    """The address without what was left empty."""
    empty = [name for name in params if not params[name]]
    return changed_query(params, **dict.fromkeys(empty)).removesuffix("?")
